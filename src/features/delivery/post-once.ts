/** Posts a message that may have been posted before: looks for it first, and after a doubt for late copies. */

import type { Claimed, DeliveryParts } from "./delivery-parts.ts";
import type { Post, PostOutcome } from "./messenger.ts";

/** What came of it; `later` when it is not known yet whether an earlier attempt arrived. */
export type Delivered =
  | PostOutcome
  | { readonly kind: "later"; readonly afterMs: number }
  /** Another worker has the row by now. */
  | { readonly kind: "lost-lease" };

/**
 * Posts under the post's key, unless a message stands there under it already; its timestamp is the
 * outcome then. `alreadyThere` gets a chance to edit what was found.
 */
export async function postOnce(
  parts: DeliveryParts,
  claimed: Claimed,
  post: Post & { readonly key: string },
): Promise<Delivered> {
  const { row } = claimed;
  const sought = {
    key: post.key,
    place: {
      channel: post.channel,
      ...(post.threadTs === undefined ? {} : { threadTs: post.threadTs }),
    },
    sinceMs: row.createdAt,
  };
  const isRepeated = row.isAmbiguous;
  if (isRepeated) {
    const earlier = await parts.attempts.lookFor(sought);
    if (earlier.kind === "not-yet") return { kind: "later", afterMs: earlier.afterMs };
    if (earlier.kind === "unknown") return earlier;
    if (earlier.kind === "found") {
      await parts.copies.remove({ channel: post.channel, ts: earlier.ts }, earlier.copies);
      return { kind: "posted", ts: earlier.ts };
    }
  }
  if (!(await claimed.mayWrite("post"))) return { kind: "lost-lease" };
  const outcome = await parts.messenger.post(post);
  if (isRepeated && outcome.kind === "posted") {
    await parts.copies.watch({ ...sought, ts: outcome.ts });
  }
  return outcome;
}
