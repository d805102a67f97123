/**
 * Whether Slack takes the bot's token, and who the bot is there: asked at start and again while it
 * runs, in the background, so that nothing a person does has to wait for the answer.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { WebAPIPlatformError, type WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { createRefusalRecord, type RefusalRecord, UNNOTICED_MS } from "./refusal-record.ts";
import { missingScopes } from "./scopes.ts";
import type { SlackSocket } from "./slack-socket.ts";

/** Between two attempts to reach Slack, in milliseconds; it doubles up to the longest. */
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 10_000;
/** A token that is good is asked about this often: somebody may revoke it. */
const CHECK_MS = UNNOTICED_MS;

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
  /** The last time when Slack refused a token while the bot ran, and what waited meanwhile. */
  readonly refusals: Pick<RefusalRecord, "last" | "delivered">;
  /** Slack refused the token for a call, or there is a new one: it is asked about now. */
  readonly doubtToken: () => void;
  /** Throws, with what to do, when Slack refuses the token; goes on trying when it is not there. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface ConnectionPorts {
  readonly web: WebClient;
  /** In Socket Mode: connected again as long as the bot runs. */
  readonly socket?: SlackSocket;
  /** Slack does not answer any more, or does not take the token. */
  readonly lost: () => void;
  /** The token is taken again after it was not. */
  readonly recovered: () => void;
  readonly now: () => number;
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

interface LinkTrouble {
  readonly words: string;
  readonly isRefusal: boolean;
  readonly error: unknown;
}

/** Begins to ask; `stop` ends it. */
export function linkSlack(ports: ConnectionPorts): SlackLink {
  const { web, socket, log } = ports;
  const stopped = new AbortController();
  const refusals = createRefusalRecord(ports.now);
  let known: Known = { missing: [] };
  let problem: string | undefined = "not connected yet";
  let isRefused = false;
  let woken = new AbortController();

  const askToken = async (): Promise<LinkTrouble | undefined> => {
    try {
      known = { ...known, ...knownFrom(await web.auth.test()) };
      return undefined;
    } catch (error) {
      return troubleOf(error, BOT_TOKEN);
    }
  };
  const connect = async (): Promise<LinkTrouble | undefined> => {
    try {
      await socket?.connect();
      return undefined;
    } catch (error) {
      return troubleOf(error, APP_TOKEN);
    }
  };
  /** Each by itself: without the one token the bot can still do what the other is for. */
  const check = async (): Promise<LinkTrouble | undefined> => {
    const [token, connection] = [await askToken(), await connect()];
    const trouble = token ?? connection;
    if (stopped.signal.aborted) return undefined;
    const wasWell = problem === undefined;
    problem = trouble?.words;
    isRefused = trouble?.isRefusal === true;
    if (trouble === undefined) {
      refusals.ended();
      if (!wasWell) ports.recovered();
      return undefined;
    }
    if (isRefused) refusals.began(trouble.words, token !== undefined);
    if (wasWell) ports.lost();
    log.error({ err: trouble.error }, trouble.words);
    return trouble;
  };
  const watch = async (): Promise<void> => {
    let retryMs = FIRST_RETRY_MS;
    while (!stopped.signal.aborted) {
      const waitMs = problem === undefined ? CHECK_MS : retryMs;
      const signal = AbortSignal.any([stopped.signal, woken.signal]);
      await sleep(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (stopped.signal.aborted) return;
      // Before the check: whoever doubts the token meanwhile is heard.
      woken = new AbortController();
      const isWell = (await check()) === undefined;
      retryMs = isWell ? FIRST_RETRY_MS : Math.min(LONGEST_RETRY_MS, retryMs * 2);
    }
  };
  const doubtToken = (): void => woken.abort();
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
    refusals,
    doubtToken,
    async start() {
      socket?.onClose(doubtToken);
      const trouble = await check();
      if (trouble?.isRefusal === true) throw new Error(trouble.words, { cause: trouble.error });
      void watch();
    },
    async stop() {
      stopped.abort();
      problem = "stopped";
      await socket?.stop();
    },
  };
}

interface TokenHelp {
  readonly variable: string;
  /** What does not work without it. */
  readonly without: string;
  readonly remedy: string;
}

const BOT_TOKEN: TokenHelp = {
  variable: "SLACK_BOT_TOKEN",
  without: "what must be posted waits",
  remedy: "reinstall the app, and set the new token (OAuth & Permissions)",
};
const APP_TOKEN: TokenHelp = {
  variable: "SLACK_APP_TOKEN",
  without: "alerts are posted, but nobody who asks or clicks is answered",
  remedy:
    "make a token with connections:write (Basic Information), turn Socket Mode on, and set it",
};

function troubleOf(error: unknown, { variable, without, remedy }: TokenHelp): LinkTrouble {
  const isRefusal = error instanceof WebAPIPlatformError;
  const words = isRefusal
    ? `Slack refuses ${variable} (${error.data.error}), so ${without}: ${remedy}`
    : `Slack cannot be reached; ${without}`;
  return { words, isRefusal, error };
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
