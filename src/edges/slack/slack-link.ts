/**
 * Whether Slack takes the bot's token, and who the bot is there: asked at start and again while it
 * runs, in the background, so that nothing a person does has to wait for the answer.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { WebAPIPlatformError, type WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { missingScopes } from "./scopes.ts";

/** Between two attempts to reach Slack, in milliseconds. */
const RETRY_MS = 10_000;
/** A token that is good is asked about this often: somebody may revoke it. */
const CHECK_MS = 60_000;
const FIRST_CHECK_MS = 5_000;

export interface SlackLink {
  /** The bot's ids in Slack; empty until Slack has told them. */
  readonly identity: () => { readonly botId?: string; readonly botUserId?: string };
  /** The workspace it is in, and the organization; empty until Slack has told them. */
  readonly workspace: () => { readonly team?: string; readonly enterprise?: string };
  /** The workspace's address, without a slash at the end; undefined until Slack has told it. */
  readonly workspaceUrl: () => string | undefined;
  /** Permissions of the manifest that the installed app lacks, as far as Slack says. */
  readonly missingScopes: () => readonly string[];
  /** What is wrong and what to do, or undefined when all is well. */
  readonly problem: () => string | undefined;
  /** The same in a word; before Slack has answered it is away. */
  readonly state: () => "well" | "away" | "refused";
  /** Slack refused the token for a call: it is asked about now instead of at the next turn. */
  readonly doubtToken: () => void;
  /** Throws, with what to do, when Slack refuses the token; goes on trying when it is not there. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface ConnectionPorts {
  readonly web: WebClient;
  /** In Socket Mode: connects; called again until it succeeds once. */
  readonly connect?: () => Promise<void>;
  readonly disconnect?: () => Promise<unknown>;
  /** Slack does not answer any more, or does not take the token. */
  readonly lost: () => void;
  /** The token is taken again after it was not. */
  readonly recovered: () => void;
  readonly log: Logger;
}

interface Known {
  botId?: string;
  botUserId?: string;
  workspaceUrl?: string;
  team?: string;
  enterprise?: string;
  missing: readonly string[];
}

export function linkSlack(ports: ConnectionPorts): SlackLink {
  const { web, log } = ports;
  const stopped = new AbortController();
  let known: Known = { missing: [] };
  let problem: string | undefined = "not connected yet";
  let isRefused = false;
  let isConnected = false;
  let woken = new AbortController();

  const check = async (): Promise<void> => {
    try {
      known = { ...known, ...knownFrom(await web.auth.test()) };
      if (!isConnected) await ports.connect?.();
      isConnected = true;
      if (problem !== undefined) ports.recovered();
      problem = undefined;
      isRefused = false;
    } catch (error) {
      const isRefusal = error instanceof WebAPIPlatformError;
      if (problem === undefined) ports.lost();
      isRefused = isRefusal;
      problem = isRefusal ? refusalOf(error) : "Slack cannot be reached; what must be posted waits";
      log.error({ err: error, retryInMs: RETRY_MS }, problem);
      if (isRefusal) throw new Error(problem, { cause: error });
    }
  };
  const watch = async (): Promise<void> => {
    // An answer that was slow at the start is no reason to wait for a minute.
    let waitMs = problem === undefined ? CHECK_MS : FIRST_CHECK_MS;
    while (!stopped.signal.aborted) {
      woken = new AbortController();
      const signal = AbortSignal.any([stopped.signal, woken.signal]);
      await sleep(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (stopped.signal.aborted) return;
      await check().catch(() => undefined);
      waitMs = problem === undefined ? CHECK_MS : RETRY_MS;
    }
  };
  return {
    identity: () => {
      const { botId, botUserId } = known;
      return {
        ...(botId === undefined ? {} : { botId }),
        ...(botUserId === undefined ? {} : { botUserId }),
      };
    },
    workspace: () => {
      const { team, enterprise } = known;
      return {
        ...(team === undefined ? {} : { team }),
        ...(enterprise === undefined ? {} : { enterprise }),
      };
    },
    workspaceUrl: () => known.workspaceUrl,
    missingScopes: () => known.missing,
    problem: () => problem,
    state: () => {
      if (problem === undefined) return "well";
      return isRefused ? "refused" : "away";
    },
    doubtToken: () => woken.abort(),
    async start() {
      await check();
      void watch();
    },
    async stop() {
      stopped.abort();
      problem = "stopped";
      await ports.disconnect?.();
    },
  };
}

type Identity = Awaited<ReturnType<WebClient["auth"]["test"]>>;

function knownFrom({ bot_id: botId, user_id: botUserId, url, ...rest }: Identity): Known {
  const { team_id: team, enterprise_id: enterprise } = rest;
  return {
    ...(team === undefined ? {} : { team }),
    ...(enterprise === undefined ? {} : { enterprise }),
    ...(botId === undefined ? {} : { botId }),
    ...(botUserId === undefined ? {} : { botUserId }),
    ...(url === undefined ? {} : { workspaceUrl: url.replace(/\/+$/, "") }),
    missing: missingScopes(rest.response_metadata?.scopes).flatMap((each) =>
      each.isOptional === true ? [] : each.scope,
    ),
  };
}

function refusalOf(error: WebAPIPlatformError): string {
  const what = `Slack refuses the token (${error.data.error})`;
  const todo =
    "check SLACK_BOT_TOKEN (OAuth & Permissions) and, in Socket Mode, SLACK_APP_TOKEN (Basic Information) of your Slack app";
  return `${what}: ${todo}`;
}
