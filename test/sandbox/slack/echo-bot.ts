/** A real Bolt app, over signed HTTP or Socket Mode, that answers everything the sandbox can send. */

import type { AddressInfo } from "node:net";
import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import {
  type LocalSlack,
  type LocalSlackOptions,
  startLocalSlack,
} from "../../../src/sandbox/slack/local-slack.ts";

export interface EchoBot {
  readonly app: App;
  /** A client of its own that does not repeat failed calls. */
  readonly client: WebClient;
  /** Bodies of all events, commands and interactions, in the order in which they came. */
  readonly external: Record<string, unknown>[];
  stop(): Promise<void>;
}

/** What a test provokes is no news. */
export const SILENT: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

export const SECRET = "a signing secret of the sandbox";

export async function startSlack(options: Partial<LocalSlackOptions> = {}): Promise<LocalSlack> {
  return startLocalSlack({
    signingSecret: SECRET,
    botToken: "xoxb-streamline",
    appToken: "xapp-streamline",
    clock: () => new Date(),
    retryDelaysMs: [0, 10, 20],
    ...options,
  });
}

export async function startEchoBot(
  slack: LocalSlack,
  mode: "http" | "socket" = "http",
): Promise<EchoBot> {
  const clientOptions = { slackApiUrl: slack.apiUrl };
  const receiver =
    mode === "http"
      ? new HTTPReceiver({ signingSecret: SECRET, logLevel: LogLevel.ERROR })
      : new SocketModeReceiver({
          appToken: slack.appToken ?? "",
          logLevel: LogLevel.ERROR,
          installerOptions: { clientOptions },
        });
  const app = new App({
    token: slack.botToken,
    receiver,
    clientOptions,
    logLevel: LogLevel.ERROR,
  });
  const external: Record<string, unknown>[] = [];
  app.use(async ({ body, next }) => {
    external.push({ ...body });
    await next();
  });
  const server = await app.start(0);
  if (mode === "http") {
    const { port } = (server as { address(): AddressInfo }).address();
    slack.connectBot(`http://127.0.0.1:${port}/slack/events`);
  }
  return {
    app,
    external,
    client: new WebClient(slack.botToken, {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    }),
    stop: async () => {
      await app.stop();
    },
  };
}
