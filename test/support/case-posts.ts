/** What another app writes in the channel that a case's bot watches: posts, edits of the last one, replies to it. */

import { foreignPostOf } from "../../src/edges/slack/external-post.ts";
import type { ExternalPost } from "../../src/features/shared/interactions.ts";
import type { FakeSlack, VirtualClock } from "../features/fakes.ts";
import type { Json } from "./case-bodies.ts";

interface CasePostsOptions {
  readonly clock: Pick<VirtualClock, "now">;
  readonly slack: Pick<FakeSlack, "postOfOther">;
  readonly channel: string;
  readonly take: (post: ExternalPost) => Promise<unknown>;
}

const FROM_OTHER = { type: "message", subtype: "bot_message", bot_id: "BOTHER" };
const OWN = { botId: "BOWN", appId: "AOWN" };

/** Each resolves once `take` has had the post; rejects for a message that no other app could have written. */
export function createCasePosts({ clock, slack, channel, take }: CasePostsOptions) {
  let posts = 0;
  let lastTs = "";
  const nextTs = (): string => {
    posts += 1;
    return `${Math.floor(clock.now() / 1_000)}.${String(posts).padStart(6, "0")}`;
  };
  const takeEvent = async (event: Json): Promise<void> => {
    const post = foreignPostOf(event, OWN);
    if (post === undefined) throw new Error("another app cannot have written this");
    await take(post);
  };
  const write = async (message: Json, threadTs?: string): Promise<void> => {
    const ts = nextTs();
    if (threadTs === undefined) lastTs = ts;
    slack.postOfOther({ channel, ts, threadTs });
    const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
    await takeEvent({ text: "", ...FROM_OTHER, channel, ...message, ts, ...thread });
  };
  return {
    post: (message: Json) => write(message),
    reply: (message: Json) => write(message, lastTs),
    edit(message: Json) {
      const ts = nextTs();
      return takeEvent({
        type: "message",
        subtype: "message_changed",
        channel,
        ts,
        event_ts: ts,
        message: { text: "", ...FROM_OTHER, ts: lastTs, ...message },
      });
    },
  };
}
