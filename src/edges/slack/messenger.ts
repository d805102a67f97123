/** Posts, edits, deletes and finds the bot's messages through Slack's Web API. */

import type { WebClient } from "@slack/web-api";
import { fit } from "../../block-kit/fit.ts";
import type { KnownBlock } from "../../block-kit/message.ts";
import type { Messenger, Post, PostOutcome } from "../../features/delivery/messenger.ts";
import { postFailure } from "./call-failure.ts";
import { METADATA_TYPE, ownMessages } from "./own-messages.ts";
import type { SlackClock } from "./slack-client.ts";

/**
 * The client must not retry by itself: a retry after a timeout could post twice. A message whose
 * blocks Slack refuses goes out once more in plain form.
 */
export function createMessenger(client: WebClient, slackClock: SlackClock): Messenger {
  return {
    post: (post) => orPlain(post, (form) => outcomeOf(() => sendPost(client, form))),
    // The metadata of a message survives an edit, so it is not sent again.
    update: (post) =>
      orPlain(post, (form) =>
        outcomeOf(async () => {
          // Unlike a post, an edit makes names of channels and people links unless it is asked not to.
          const { ts } = await client.chat.update({
            ...contentOf(form),
            ts: post.ts,
            parse: "none",
            link_names: false,
          });
          return ts;
        }),
      ),
    ours: (place, sinceMs) => ownMessages({ client, slackClock }, place, sinceMs),
    async remove({ channel, ts }) {
      const outcome = await outcomeOf(async () => {
        await client.chat.delete({ channel, ts });
        return ts;
      });
      return outcome.kind === "gone" ? { kind: "posted", ts } : outcome;
    },
    reach: () =>
      outcomeOf(async () => {
        await client.auth.test();
        return "reached";
      }),
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
      : { metadata: { event_type: METADATA_TYPE, event_payload: payloadOf(post) } }),
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
    return postFailure(error);
  }
}
