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

/** `logger` gets what the client itself has to say; by default that goes to standard error. */
export function createSlackClient(
  { botToken, apiUrl }: Config["slack"],
  logger?: Logger,
): SlackClient {
  let aheadMs = 0;
  const send = redactingFetch(redaction);
  const timed: typeof fetch = async (input, init) => {
    const response = await send(input, init);
    const slackMs = Date.parse(response.headers.get("date") ?? "");
    if (Number.isFinite(slackMs)) aheadMs = slackMs - Date.now();
    return response;
  };
  const options: WebClientOptions = {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    // A retry after a timeout could post twice: the outbox decides, after looking.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: REQUEST_TIMEOUT_MS,
    fetch: timed,
  };
  const of = (ms: number): number => ms + aheadMs;
  return {
    web: new WebClient(botToken, logger === undefined ? options : { ...options, logger }),
    options,
    clock: { of, now: () => of(Date.now()) },
  };
}
