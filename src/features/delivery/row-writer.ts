/**
 * Writes to Slack in a claimed row's name. A message that may have been posted before is searched for
 * first, and after a doubt late copies of it are watched for.
 */

import type { Claimed } from "./claimed.ts";
import type { EarlierAttempts } from "./earlier-attempts.ts";
import type { LateCopies } from "./late-copies.ts";
import type { Messenger, Post, PostOutcome } from "./messenger.ts";

/** What came of it; `later` when it is not known yet whether an earlier attempt arrived. */
export type Delivered =
  | PostOutcome
  | { readonly kind: "later"; readonly afterMs: number }
  /** Another worker has the row by now. */
  | { readonly kind: "lost-lease" };

export interface RowWriter {
  /**
   * Posts under the post's key, unless a message stands there under it already; its timestamp is the
   * outcome then.
   */
  post(claimed: Claimed, post: Post & { readonly key: string }): Promise<Delivered>;
  edit(claimed: Claimed, shown: Post & { readonly ts: string }): Promise<Delivered>;
}

interface WriterPorts {
  readonly messenger: Pick<Messenger, "post" | "update">;
  readonly attempts: Pick<EarlierAttempts, "searchFor">;
  readonly copies: Pick<LateCopies, "remove" | "watch">;
}

/** What came of a write is returned: settling the row is the caller's. */
export function createRowWriter(ports: WriterPorts): RowWriter {
  const { messenger } = ports;
  return {
    post: (claimed, post) => postOnce(ports, claimed, post),
    edit: async (claimed, shown) =>
      (await claimed.mayWrite("edit")) ? messenger.update(shown) : { kind: "lost-lease" },
  };
}

async function postOnce(
  { messenger, attempts, copies }: WriterPorts,
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
    const earlier = await attempts.searchFor(sought);
    if (earlier.kind === "not-yet") return { kind: "later", afterMs: earlier.afterMs };
    if (earlier.kind === "unknown") return earlier;
    if (earlier.kind === "found") {
      await copies.remove({ channel: post.channel, ts: earlier.ts }, earlier.copies);
      return { kind: "posted", ts: earlier.ts };
    }
  }
  if (!(await claimed.mayWrite("post"))) return { kind: "lost-lease" };
  const outcome = await messenger.post(post);
  if (isRepeated && outcome.kind === "posted") await copies.watch({ ...sought, ts: outcome.ts });
  return outcome;
}
