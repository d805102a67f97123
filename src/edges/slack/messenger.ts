/** Posts, edits and finds the bot's messages through Slack's Web API. */

import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  type WebClient,
} from "@slack/web-api";
import { fit } from "../../block-kit/fit.ts";
import type { KnownBlock } from "../../block-kit/message.ts";
import { cut } from "../../block-kit/text.ts";
import type { Messenger, Post, PostOutcome } from "../../features/delivery/messenger.ts";

/** Message metadata in which a post carries its key, so that it can be found again. */
const EVENT_TYPE = "streamline_incident_bot";

/** Slack's clock and ours may differ by this much, in milliseconds. */
const CLOCK_SKEW_MS = 60_000;
/** Pages of history that are searched for a doubtful post, of 100 messages each. */
const SEARCHED_PAGES = 5;

/**
 * The client must not retry by itself: a retry after a timeout could post twice. A message whose
 * blocks Slack refuses goes out once more in plain form.
 */
export function createMessenger(client: WebClient): Messenger {
  return {
    post: (post) => orPlain(post, (form) => outcomeOf(() => sendPost(client, form))),
    // The metadata of a message survives an edit, so it is not sent again.
    update: (post) =>
      orPlain(post, (form) =>
        outcomeOf(async () => {
          const { ts } = await client.chat.update({ ...contentOf(form), ts: post.ts });
          return ts;
        }),
      ),
    find: (search) => find(client, search),
  };
}

async function orPlain(
  post: Post,
  send: (form: Post) => Promise<PostOutcome>,
): Promise<PostOutcome> {
  const outcome = await send(post);
  if (outcome.kind !== "rejected" || post.message.blocks.length === 0) return outcome;
  return send({ ...post, message: { text: post.message.text, blocks: [] } });
}

async function sendPost(client: WebClient, post: Post): Promise<string | undefined> {
  const message = {
    ...contentOf(post),
    ...(post.key === undefined
      ? {}
      : { metadata: { event_type: EVENT_TYPE, event_payload: payloadOf(post) } }),
    unfurl_links: false,
    unfurl_media: false,
  };
  const thread = threadOf(post);
  const { ts } = await client.chat.postMessage(
    thread === undefined ? message : { ...message, ...thread },
  );
  return ts;
}

function payloadOf({ key = "", notice }: Post): { key: string; notice?: string } {
  return notice === undefined ? { key } : { key, notice };
}

function contentOf(post: Post): { channel: string; text: string; blocks: KnownBlock[] } {
  const { text, blocks } = fit(post.message);
  return { channel: post.channel, text, blocks: [...blocks] };
}

function threadOf(post: Post): { thread_ts: string; reply_broadcast: boolean } | undefined {
  if (post.threadTs === undefined) return undefined;
  return { thread_ts: post.threadTs, reply_broadcast: post.broadcast === true };
}

async function outcomeOf(send: () => Promise<string | undefined>): Promise<PostOutcome> {
  try {
    const ts = await send();
    return ts === undefined
      ? { kind: "unknown", error: "Slack answered without a timestamp" }
      : { kind: "posted", ts };
  } catch (error) {
    return failureOf(error);
  }
}

/** Errors about the message's content: the plain form may pass. */
const CONTENT_ERRORS = new Set([
  "invalid_blocks",
  "invalid_blocks_format",
  "invalid_attachments",
  "msg_too_long",
  "msg_blocks_too_long",
  "too_many_attachments",
]);

/** There is nothing to edit, or it may not be edited any more: it is posted anew. */
const GONE_ERRORS = new Set([
  "message_not_found",
  "thread_not_found",
  "cant_update_message",
  "edit_window_closed",
]);

/** Errors of Slack's own that say nothing about whether the message was posted. */
const DOUBTFUL_ERRORS = new Set(["internal_error", "fatal_error", "request_timeout"]);

/** What else stands there is the page of a proxy, which the client takes for an error. */
const ERROR_CODE = /^[a-z0-9_]+$/;

function failureOf(error: unknown): PostOutcome {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: "rate-limited", retryAfterMs: error.retryAfter * 1000 };
  }
  if (error instanceof WebAPIPlatformError) {
    const code = error.data.error;
    if (CONTENT_ERRORS.has(code)) return { kind: "rejected", error: code };
    if (GONE_ERRORS.has(code)) return { kind: "gone", error: code };
    if (DOUBTFUL_ERRORS.has(code) || !ERROR_CODE.test(code)) {
      return { kind: "unknown", error: cut(code, 100) };
    }
    return { kind: "refused", error: code };
  }
  if (error instanceof WebAPIHTTPError) {
    return { kind: "unknown", error: `HTTP ${error.statusCode}` };
  }
  return { kind: "unknown", error: error instanceof Error ? error.message : String(error) };
}

type Search = Parameters<Messenger["find"]>[0];

async function find(client: WebClient, search: Search): Promise<string | undefined> {
  const window = {
    channel: await conversationOf(client, search.channel),
    oldest: String((search.sinceMs - CLOCK_SKEW_MS) / 1000),
    include_all_metadata: true,
    limit: 100,
  };
  let cursor: string | undefined;
  for (let page = 0; page < SEARCHED_PAGES; page += 1) {
    const request = cursor === undefined ? window : { ...window, cursor };
    const reply =
      search.threadTs === undefined
        ? await client.conversations.history(request)
        : await client.conversations.replies({ ...request, ts: search.threadTs });
    const found = reply.messages?.find((message) => keyOf(message) === search.key);
    if (found?.ts !== undefined) return found.ts;
    cursor = reply.response_metadata?.next_cursor;
    if (!cursor) return undefined;
  }
  return undefined;
}

/** A message can be posted to a person, but is found only in the conversation with them. */
async function conversationOf(client: WebClient, channel: string): Promise<string> {
  if (!/^[UW]/.test(channel)) return channel;
  const { channel: opened } = await client.conversations.open({ users: channel });
  return opened?.id ?? channel;
}

/** The key of a message of ours; other apps have metadata of their own. */
function keyOf(message: object): unknown {
  const { metadata } = message as {
    metadata?: { event_type?: unknown; event_payload?: { key?: unknown } };
  };
  return metadata?.event_type === EVENT_TYPE ? metadata.event_payload?.key : undefined;
}
