/**
 * The sandbox: a local Slack with a page, a simulated Streamline, and the configuration that makes
 * the real bot speak to both. Everything listens on the loopback address only.
 */

import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "../../config.ts";
import { clock } from "../clock.ts";
import { createSandboxAlerts } from "./alerts.ts";
import { type LocalSlack, startLocalSlack } from "./slack/local-slack.ts";
import { type SimulatedStreamline, startSimulatedStreamline } from "./streamline/server.ts";

export interface Sandbox {
  /** The page's address. */
  readonly url: string;
  readonly config: Config;
  readonly slack: LocalSlack;
  readonly streamline: SimulatedStreamline;
  /** Tells the local Slack, and the panel's alerts, where the bot listens. */
  connect(botUrl: string): void;
  stop(): Promise<void>;
}

/** The page's port, unless SANDBOX_PORT names another or it is taken. */
const PAGE_PORT = 8094;
const HOST = "127.0.0.1";

export async function startSandbox(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Sandbox> {
  const secret = (): string => randomBytes(24).toString("hex");
  const signingSecret = secret();
  const webhookToken = secret();
  const botToken = `xoxb-sandbox-${secret()}`;
  const streamline = await startSimulatedStreamline({ host: HOST });
  const alerts = createSandboxAlerts({ token: webhookToken, target: streamline.http });
  const slack = await startOnFreePort(pagePort(env), (port) =>
    startLocalSlack({
      host: HOST,
      port,
      signingSecret,
      botToken,
      clock: () => new Date(clock.now()),
      controls: { ...streamline.faults, ...alerts.controls },
    }),
  );
  const folder = mkdtempSync(join(tmpdir(), "streamline-bot-"));
  return {
    url: slack.url,
    slack,
    streamline,
    config: sandboxConfig({ slack, streamline, webhookToken, store: join(folder, "bot.db") }),
    connect(botUrl) {
      slack.connectBot(`${botUrl}/slack/events`);
      alerts.connect(`${botUrl}/webhook/alertmanager`);
    },
    async stop() {
      await slack.close();
      await streamline.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
