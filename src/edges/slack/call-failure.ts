/** What a call of Slack's Web API that failed says about whether Slack did it, and why not. */

import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import { cut } from "../../block-kit/text.ts";
import type { PostOutcome } from "../../features/delivery/messenger.ts";

/** Errors about the message's content: the plain form may pass. */
const CONTENT_ERRORS = new Set([
  "invalid_blocks",
  "invalid_blocks_format",
  "invalid_attachments",
  "msg_too_long",
  "msg_blocks_too_long",
  "too_many_attachments",
]);

/** There is nothing to edit, or it may not be edited any more: it is posted again. */
const GONE_ERRORS = new Set([
  "message_not_found",
  "thread_not_found",
  "cant_update_message",
  "edit_window_closed",
]);

/** Errors of Slack's own that say nothing about whether the message was posted. */
const DOUBTFUL_ERRORS = new Set([
  "internal_error",
  "fatal_error",
  "request_timeout",
  "service_unavailable",
]);

/** About the token or the app as a whole, not about one channel (docs.slack.dev, chat.postMessage). */
const TOKEN_ERRORS = new Set([
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_revoked",
  "token_expired",
  "missing_scope",
  "not_allowed_token_type",
  "org_login_required",
  "ekm_access_denied",
  "access_denied",
  "team_access_not_granted",
  "two_factor_setup_required",
]);

/** Some methods say in words what others say by HTTP 429; a second is their usual pause. */
const TOO_FAST_ERRORS = new Set(["ratelimited", "rate_limited"]);
const USUAL_PAUSE_MS = 1_000;

/** What else stands there is the page of a proxy, which the client takes for an error. */
const ERROR_CODE = /^[a-z0-9_]+$/;

/** The connection was never there, so no request left (nodejs.org, "Common system errors"; undici). */
const UNREACHED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** Of any error that the client throws for a post or an edit. */
export function postFailure(error: unknown): Exclude<PostOutcome, { kind: "posted" }> {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: "rate-limited", retryAfterMs: error.retryAfter * 1_000 };
  }
  if (error instanceof WebAPIPlatformError) return ofPlatform(error.data.error);
  if (error instanceof WebAPIHTTPError) {
    return { kind: "unknown", error: `HTTP ${error.statusCode}` };
  }
  const cause = error instanceof WebAPIRequestError ? error.original : error;
  const words = cause instanceof Error ? cause.message : String(cause);
  if (codesOf(cause).some((code) => UNREACHED.has(code)))
    return { kind: "unreached", error: words };
  const isTimeout = cause instanceof Error && cause.name === "TimeoutError";
  return { kind: "unknown", error: words, isTimeout };
}

function ofPlatform(code: string): Exclude<PostOutcome, { kind: "posted" }> {
  if (CONTENT_ERRORS.has(code)) return { kind: "rejected", error: code };
  if (GONE_ERRORS.has(code)) return { kind: "gone", error: code };
  if (TOO_FAST_ERRORS.has(code)) return { kind: "rate-limited", retryAfterMs: USUAL_PAUSE_MS };
  if (DOUBTFUL_ERRORS.has(code) || !ERROR_CODE.test(code)) {
    return { kind: "unknown", error: cut(code, 100) };
  }
  return { kind: "refused", error: code, of: TOKEN_ERRORS.has(code) ? "token" : "channel" };
}

/** The codes of an error and of what caused it; a host with several addresses fails for each. */
function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 4) return [];
  const { code } = error as NodeJS.ErrnoException;
  const inner = error instanceof AggregateError ? error.errors : [error.cause];
  return [
    ...(code === undefined ? [] : [code]),
    ...inner.flatMap((each) => codesOf(each, depth + 1)),
  ];
}
