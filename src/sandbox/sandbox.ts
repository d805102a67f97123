/**
 * The sandbox: a local Slack with a page, a simulated Streamline with an Alertmanager, and the
 * configuration that makes the real bot speak to them. Everything listens on the loopback address only.
 */

import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "../config/config.ts";
import type { Target } from "../diagnosis/target.ts";
import { clock } from "../edges/clock.ts";
import { commandUsages } from "../features/commands/registry.ts";
import { type SimulatedAlertmanager, startSimulatedAlertmanager } from "./alertmanager/server.ts";
import { createSandboxAlerts } from "./alerts.ts";
import { createFaultSwitches } from "./fault-switches.ts";
import { linkAlerts } from "./linked-alerts.ts";
import { sandboxConfig } from "./sandbox-config.ts";
import { type PastSnapshot, type StoryStep, startWithPast } from "./sandbox-past.ts";
import { type RealServer, sandboxTarget } from "./sandbox-target.ts";
import { type AppManifest, STREAMLINE_APP } from "./slack/app-manifest.ts";
import type { SandboxControls } from "./slack/controls.ts";
import { type LocalSlack, startLocalSlack } from "./slack/local-slack.ts";
import { loadPage } from "./slack/page-bundle.ts";
import type { SimulatedStreamline } from "./streamline/server.ts";

export interface Sandbox extends SandboxSlack {
  readonly streamline: SimulatedStreamline;
  /** What the bot would have seen before it started, oldest first. */
  readonly past: readonly PastSnapshot[];
  /** Who takes the past that comes with a fault which has lasted for a while when it is switched on. */
  onPast(take: TakePast): void;
}

type TakePast = (past: readonly PastSnapshot[]) => void;

/** A local Slack and an Alertmanager around a server, whichever it is. */
export interface SandboxSlack {
  /** The page's address. */
  readonly url: string;
  readonly config: Config;
  readonly slack: LocalSlack;
  readonly alertmanager: SimulatedAlertmanager;
  readonly webhookToken: string;
  /** What the panel switches. */
  readonly controls: SandboxControls;
  /** Says to the local Slack, and to the panel's alerts, where the bot listens. */
  connect(botUrl: string): void;
  stop(): Promise<void>;
}

export interface SandboxOptions {
  /** The page's port; without it 8094, or any free one when that is taken. */
  readonly port?: number;
  /** Minutes that the simulated server has already run under our eyes, so that checks can judge. */
  readonly pastMinutes?: number;
  /** What happened to it in these minutes. */
  readonly story?: readonly StoryStep[];
  /** The target's name; "sandbox" when left out. */
  readonly targetName?: string;
  /** With it a fault that is switched fires its alert after so long, and a first visitor is shown around. */
  readonly alertsAfterMs?: number;
}

const PAGE_PORT = 8094;
const HOST = "127.0.0.1";

/** With a simulated Streamline, whose faults the page's panel switches. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { pastMinutes = 0, story = [], targetName = "sandbox" } = options;
  const { streamline, past } = await startWithPast(pastMinutes, story);
  let takePast: TakePast = () => undefined;
  const faults = createFaultSwitches(streamline, {
    pastMinutes,
    onPast: (written) => takePast(written),
  });
  const target = { ...sandboxTarget(streamline), name: targetName };
  const { alertsAfterMs } = options;
  const around = await startAround(
    {
      target,
      faults,
      ...(alertsAfterMs === undefined ? {} : { alertsAfterMs }),
    },
    options.port,
  );
  return {
    ...around,
    streamline,
    past,
    onPast(take) {
      takePast = take;
    },
    async stop() {
      await around.stop();
      await streamline.close();
    },
  };
}

/** Around a server that is already there; the panel fires alerts, and switches nothing of it. */
export async function startSandboxAround(
  server: RealServer,
  { port }: Pick<SandboxOptions, "port"> = {},
): Promise<SandboxSlack> {
  const faults: Faults = {
    realServer: server.http,
    faults: () => [],
    setFault: () => {
      throw new Error(`${server.http} is a real server: the sandbox changes nothing in it.`);
    },
  };
  return startAround({ target: { ...sandboxTarget(server), name: REAL_NAME }, faults }, port);
}

/** A name for commands: the address is known to whoever started it. */
const REAL_NAME = "streamline";

type Faults = Pick<SandboxControls, "faults" | "setFault" | "realServer">;

interface Around {
  readonly target: Target;
  readonly faults: Faults;
  readonly alertsAfterMs?: number;
}

async function startAround(around: Around, port: number | undefined): Promise<SandboxSlack> {
  const { target } = around;
  const webhookToken = newSecret();
  const alertmanager = await startSimulatedAlertmanager({ host: HOST, now: () => clock.now() });
  const alerts = createSandboxAlerts({
    alertmanager,
    token: webhookToken,
    instance: new URL(target.http).host,
    kafka: target.kafka,
    now: () => clock.now(),
  });
  const { controls, unlink } = panelControls(around, alerts.controls);
  const slack = await startSlack(controls, port);
  // A silence ends by a click or at its time; the real one flushes each group at an interval, too.
  const flushing = setInterval(
    () => void alerts.notifyUnmuted().catch(() => undefined),
    FLUSH_EVERY_MS,
  );
  flushing.unref();
  const store = temporaryStore();
  return {
    url: slack.url,
    slack,
    alertmanager,
    webhookToken,
    controls,
    config: sandboxConfig({ slack, target, alertmanager, webhookToken, store: store.file }),
    connect(botUrl) {
      slack.connectBot(`${botUrl}/slack/events`);
      alerts.connect(`${botUrl}/webhook/alertmanager`);
    },
    async stop() {
      clearInterval(flushing);
      unlink();
      await slack.close();
      await alertmanager.close();
      store.remove();
    },
  };
}

/** What the panel switches: faults alone, or faults that bring their alerts along. */
function panelControls(
  { faults, alertsAfterMs }: Around,
  alerts: ReturnType<typeof createSandboxAlerts>["controls"],
): { readonly controls: SandboxControls; readonly unlink: () => void } {
  const linked =
    alertsAfterMs === undefined
      ? undefined
      : linkAlerts({ faults, alerts, afterMs: alertsAfterMs });
  const controls: SandboxControls = {
    ...alerts,
    faults: (linked ?? faults).faults,
    setFault: (linked ?? faults).setFault,
    hasTour: linked !== undefined,
    ...(faults.realServer === undefined ? {} : { realServer: faults.realServer }),
  };
  return { controls, unlink: () => linked?.stop() };
}

function startSlack(controls: SandboxControls, port: number | undefined): Promise<LocalSlack> {
  const secrets = {
    signingSecret: newSecret(),
    botToken: `xoxb-sandbox-${newSecret()}`,
    appToken: `xapp-sandbox-${newSecret()}`,
  };
  return onFreePort(port, (free) =>
    startLocalSlack({
      ...secrets,
      host: HOST,
      port: free,
      clock: () => new Date(clock.now()),
      controls,
      manifest: { ...STREAMLINE_APP, commands: [offered()] },
    }),
  );
}

/** A database that goes with the sandbox. */
function temporaryStore(): { readonly file: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "streamline-bot-"));
  return {
    file: join(folder, "bot.db"),
    // A bot that is not stopped yet may write into it meanwhile.
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 }),
  };
}

/** Builds the page, so that a sandbox need not wait for it. */
export async function preparePage(): Promise<void> {
  await loadPage();
}

const FLUSH_EVERY_MS = 5_000;

function newSecret(): string {
  return randomBytes(24).toString("hex");
}

async function onFreePort<T>(
  port: number | undefined,
  start: (port: number) => Promise<T>,
): Promise<T> {
  try {
    return await start(port ?? PAGE_PORT);
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
    if (!isTaken || port !== undefined) throw error;
    return start(0);
  }
}

/** The subcommands that the page's composer offers. */
function offered(): AppManifest["commands"][number] {
  const uses = commandUsages().map(({ name, usage, about }) => ({
    word: name,
    hint: usage.slice(name.length).trim(),
    about,
  }));
  return { command: "/streamline", about: "Ask the Streamline incident bot", uses };
}
