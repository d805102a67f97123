/**
 * The way from Slack to the bot: one request, one acknowledgement.
 *
 * Two links fulfil it, as Slack has two: signed HTTP (http-link.ts) and Socket Mode (socket-link.ts).
 */

import type { Json } from "./json.ts";

/** `slash_commands` and `interactive` are Slack's own words for them in Socket Mode. */
export interface BotRequest {
  readonly kind: "events_api" | "slash_commands" | "interactive";
  readonly payload: Json;
}

/** Which repetition of an event this is, and why the one before failed. */
export interface Retry {
  readonly number: number;
  readonly reason: "http_timeout" | "http_error" | "connection_failed";
}

export type BotReply =
  /** Answered in time; the body is what the bot gave to `ack()`: nothing, a text or an object. */
  | { readonly kind: "acknowledged"; readonly body: Json | string | undefined }
  | { readonly kind: "refused"; readonly status: number }
  | { readonly kind: "timed_out" }
  | { readonly kind: "unreachable" };

export interface BotLink {
  send(request: BotRequest, retry?: Retry): Promise<BotReply>;
}

/** Slack waits this long for an acknowledgement (slack-platform: Acks). */
export const ACK_WITHIN_MS = 3_000;
