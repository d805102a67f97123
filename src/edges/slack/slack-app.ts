/** Bolt, over Socket Mode or signed HTTP, with the bot's listeners. */

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { App, LogLevel, type Receiver, SocketModeReceiver } from "@slack/bolt";
import { WebAPIPlatformError } from "@slack/web-api";
import type { Logger } from "pino";
import type { Config } from "../../config/config.ts";
import type { Messenger } from "../../features/delivery/messenger.ts";
import type { FileUploads, TalkSource } from "../../features/history/timeline.ts";
import type { JumpTo } from "../../features/incidents/incident-lines.ts";
import type { SlackFlows } from "../../features/shared/interactions.ts";
import type { UserGroups } from "../../features/shared/permission.ts";
import { clock } from "../clock.ts";
import type { SlackListener } from "../http/slack-requests.ts";
import { redaction } from "../redaction.ts";
import { createFileUploads } from "./file-uploads.ts";
import { createHomeTabs, type HomeTabs } from "./home-tabs.ts";
import { createHttpReceiver, type HttpReceiver } from "./http-receiver.ts";
import { registerListeners } from "./listeners/register-listeners.ts";
import { createMessenger } from "./messenger.ts";
import { redactingFetch } from "./redacting-fetch.ts";
import { slackLogger } from "./slack-logger.ts";
import { createThreadTalk } from "./thread-talk.ts";
import { createUserGroups } from "./user-groups.ts";

export interface SlackApp {
  readonly messenger: Messenger;
  readonly groups: UserGroups;
  readonly talk: TalkSource;
  readonly files: FileUploads;
  /** Addresses of messages, once Slack has said what the workspace's is. */
  readonly jumpTo: JumpTo;
  readonly homeTabs: HomeTabs;
  /** Permissions of the manifest that the installed app lacks, as far as Slack says. */
  missingScopes(): readonly string[];
  /** Says who answers; call it once, before the start. */
  listen(flows: SlackFlows): void;
  /** In HTTP mode: what takes Slack's requests from the bot's own server. */
  readonly listener: SlackListener | undefined;
  /** Proves the token, and in Socket Mode connects; throws with what to do when Slack says no. */
  start(): Promise<void>;
  /** Why Slack cannot be reached, or undefined when all is well. */
  problem(): string | undefined;
  stop(): Promise<void>;
}

/** Slack answers within a second or two; a request without an answer is doubtful after this. */
const REQUEST_TIMEOUT_MS = 10_000;

export function createSlackApp(config: Config["slack"], log: Logger): SlackApp {
  const receiver = receiverFor(config, log);
  const app = new App({
    receiver,
    token: config.botToken,
    logger: slackLogger(log),
    // The token is proven at start, with an error that says what to do.
    tokenVerificationEnabled: false,
    clientOptions: {
      ...(config.apiUrl === undefined ? {} : { slackApiUrl: config.apiUrl }),
      fetch: redactingFetch(redaction),
      // A retry after a timeout could post twice: the outbox decides, after looking.
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: REQUEST_TIMEOUT_MS,
    },
  });
  const messenger = createMessenger(app.client);
  const homeTabs = createHomeTabs(app.client);
  const connection = createConnection(app, receiver, log);
  return {
    messenger,
    groups: createUserGroups(app.client, () => clock.now()),
    talk: createThreadTalk(app.client),
    files: createFileUploads(app.client),
    homeTabs,
    listen(flows) {
      const newId = (): string => randomUUID().slice(0, 8);
      registerListeners(app, { flows, messenger, homeTabs, log, newId });
    },
    listener: "handle" in receiver ? receiver : undefined,
    ...connection,
  };
}

function receiverFor(config: Config["slack"], log: Logger): SocketModeReceiver | HttpReceiver {
  const logger = slackLogger(log);
  if (config.mode === "socket") {
    return new SocketModeReceiver({
      appToken: config.appToken,
      logger,
      logLevel: LogLevel.INFO,
      ...(config.apiUrl === undefined
        ? {}
        : { installerOptions: { clientOptions: { slackApiUrl: config.apiUrl } } }),
    });
  }
  const { signingSecret } = config;
  return createHttpReceiver({ signingSecret: () => signingSecret, now: () => clock.now(), log });
}

/** Between two attempts to reach Slack, in milliseconds. */
const RETRY_MS = 10_000;

/**
 * Connects, and goes on trying in the background while Slack cannot be reached: webhooks are
 * stored meanwhile. The first attempt throws when Slack says no, since no retry mends a wrong token.
 */
function createConnection(
  app: App,
  receiver: Receiver,
  log: Logger,
): Pick<SlackApp, "start" | "problem" | "missingScopes" | "jumpTo" | "stop"> {
  const stopped = new AbortController();
  let missing: readonly string[] = [];
  let problem: string | undefined = "not connected yet";
  let workspaceUrl: string | undefined;
  const attempt = async (): Promise<void> => {
    try {
      const { url, response_metadata: metadata } = await app.client.auth.test();
      workspaceUrl = url;
      missing = missingOf(metadata?.scopes);
      if (receiver instanceof SocketModeReceiver) await app.start();
      problem = undefined;
    } catch (error) {
      if (error instanceof WebAPIPlatformError) throw refused(error);
      problem = "Slack cannot be reached";
      log.error({ err: error, retryInMs: RETRY_MS }, problem);
    }
  };
  const keepTrying = async (): Promise<void> => {
    while (problem !== undefined && !stopped.signal.aborted) {
      await sleep(RETRY_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (stopped.signal.aborted) return;
      await attempt().catch((error: unknown) => {
        problem = error instanceof Error ? error.message : String(error);
        log.error({ err: error, retryInMs: RETRY_MS }, "Slack refuses the connection");
      });
    }
  };
  return {
    jumpTo: (channel, ts) =>
      workspaceUrl === undefined
        ? undefined
        : `${workspaceUrl.replace(/\/+$/, "")}/archives/${channel}/p${ts.replace(".", "")}`,
    problem: () => problem,
    missingScopes: () => missing,
    async start() {
      await attempt();
      void keepTrying();
    },
    async stop() {
      stopped.abort();
      problem = "stopped";
      if (receiver instanceof SocketModeReceiver) await app.stop();
    },
  };
}

/** The scopes of docs/slack-manifest.yaml. */
const SCOPES = [
  "app_mentions:read",
  "channels:history",
  "groups:history",
  "chat:write",
  "commands",
  "im:history",
  "im:write",
  "usergroups:read",
];

/** Slack names a token's scopes in a header of its answers; without it nothing is known to lack. */
function missingOf(scopes: readonly string[] | undefined): string[] {
  if (scopes === undefined || scopes.length === 0) return [];
  return SCOPES.filter((scope) => !scopes.includes(scope));
}

function refused(error: WebAPIPlatformError): Error {
  const what = `Slack refuses the token (${error.data.error})`;
  const todo =
    "check SLACK_BOT_TOKEN (OAuth & Permissions) and, in Socket Mode, SLACK_APP_TOKEN (Basic Information) of your Slack app";
  return new Error(`${what}: ${todo}`, { cause: error });
}
