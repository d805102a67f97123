/** The client of Slack's Web API, as everything here uses it: no retries, a time limit, and Slack's clock. */

import { type Logger, WebClient, type WebClientOptions } from "@slack/web-api";
import type { Config } from "../../config/config.ts";
import { redaction } from "../redaction.ts";
import { redactingFetch } from "./redacting-fetch.ts";

/** Slack answers within a second or two; a request without an answer is doubtful after this. */
const REQUEST_TIMEOUT_MS = 10_000;

/** How Slack's clock and ours differ, as its answers tell. */
export interface SlackClock {
  /** Milliseconds since 1970 by Slack's clock, to the second; ours until Slack has answered. */
  now(): number;
  /** A moment of our clock by Slack's, as the two differ now. */
  of(ms: number): number;
}

export interface SlackClient {
  readonly web: WebClient;
  readonly options: WebClientOptions;
  readonly clock: SlackClock;
}

/** What all calls of Slack have in common. */
export function clientOptionsOf({ apiUrl }: Pick<Config["slack"], "apiUrl">): WebClientOptions {
  return {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    // A retry after a timeout could post twice: the outbox decides, after a search.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: REQUEST_TIMEOUT_MS,
  };
}

/** A client of Slack keeps its first token for ever; this carries the one of now, where there is one. */
export function withToken(send: typeof fetch, token: () => string | undefined): typeof fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers);
    const now = token();
    if (now !== undefined && headers.has("authorization")) {
      headers.set("authorization", `Bearer ${now}`);
    }
    return send(input, { ...init, headers });
  };
}

/**
 * `logger` gets what the client itself has to say; by default that goes to standard error. `token` is
 * the bot's token of now.
 */
export function createSlackClient(
  config: Config["slack"],
  logger?: Logger,
  token: () => string = () => config.botToken,
): SlackClient {
  let aheadMs = 0;
  const send = withToken(redactingFetch(redaction), token);
  const timed: typeof fetch = async (input, init) => {
    const response = await send(input, init);
    const slackMs = Date.parse(response.headers.get("date") ?? "");
    if (Number.isFinite(slackMs)) aheadMs = slackMs - Date.now();
    return response;
  };
  const options: WebClientOptions = { ...clientOptionsOf(config), fetch: timed };
  const of = (ms: number): number => ms + aheadMs;
  return {
    web: new WebClient(config.botToken, logger === undefined ? options : { ...options, logger }),
    options,
    clock: { of, now: () => of(Date.now()) },
  };
}
