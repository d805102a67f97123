/**
 * How fast the bot may write into each channel.
 *
 * Slack allows about one post per second and channel and tolerates short bursts, and about 50 edits
 * a minute in all (docs.slack.dev, "Rate limits": chat.postMessage; Tier 3 for chat.update). Each is
 * a bucket of tokens. A channel is one replica's at a time; edits are shared out among the replicas. What is less urgent leaves some tokens for what is more: a new incident never
 * waits for the explanation of another one. Nobody sleeps here: a channel that must wait is passed
 * over, so that it holds up no other. Time is monotonic: a clock that is set silences nobody.
 */

import { PRIORITY } from "../../incidents/notice-priority.ts";
import { ALL_CHANNELS, type HeldBack } from "./delivery-ports.ts";

/** Enough for an incident's message and its first thread replies at once. */
const POST_BURST = 4;
const POST_REFILL_MS = 1_000;
/** Edits of all channels together. */
const EDIT_BURST = 10;
const EDIT_REFILL_MS = 1_200;

export type Way = "post" | "edit";

export interface Pace {
  /** Takes a token for a write that begins now. */
  take(channel: string, way: Way): void;
  /** Gives it back: nothing was written. */
  giveBack(channel: string, way: Way): void;
  /** So many replicas deliver now, each of which has its part of the edits. */
  share(replicas: number): void;
  /** Slack asked to wait with this. */
  hold(channel: string, way: Way, ms: number): void;
  /** What must wait, each with the time until it need not, in milliseconds. */
  waiting(): readonly PacedWait[];
}

/** Rows that must wait, and how long, in milliseconds. */
interface PacedWait extends HeldBack {
  readonly ms: number;
}

interface Bucket {
  /** When the bucket is full again; each write moves it one refill on. */
  fullAt: number;
  heldUntil: number;
}

/** Tokens that each kind of post leaves for the more urgent ones. */
const POSTS: readonly { readonly from: number; readonly to: number; readonly left: number }[] = [
  { from: PRIORITY.first, to: PRIORITY.edit - 1, left: 0 },
  { from: PRIORITY.state, to: PRIORITY.verdict - 1, left: 0 },
  { from: PRIORITY.verdict, to: PRIORITY.rest - 1, left: 1 },
  { from: PRIORITY.rest, to: Number.MAX_SAFE_INTEGER, left: 2 },
];

const EDITS = { channel: ALL_CHANNELS, from: PRIORITY.edit, to: PRIORITY.state - 1 };

/** How a notice of this priority is written, unless what it is about changed since. */
export function wayOf(priority: number): Way {
  return priority >= EDITS.from && priority <= EDITS.to ? "edit" : "post";
}

/** `elapsed` is a monotonic clock in milliseconds. All buckets are full at first. */
export function createPace(elapsed: () => number): Pace {
  const posts = new Map<string, Bucket>();
  const edits: Bucket = { fullAt: 0, heldUntil: 0 };
  let sharers = 1;
  const bucketOf = (channel: string, way: Way): Bucket => {
    if (way === "edit") return edits;
    const bucket = posts.get(channel) ?? { fullAt: 0, heldUntil: 0 };
    posts.set(channel, bucket);
    return bucket;
  };
  const refillOf = (way: Way): number =>
    way === "edit" ? EDIT_REFILL_MS * sharers : POST_REFILL_MS;
  return {
    take(channel, way) {
      const bucket = bucketOf(channel, way);
      bucket.fullAt = Math.max(bucket.fullAt, elapsed()) + refillOf(way);
    },
    giveBack(channel, way) {
      bucketOf(channel, way).fullAt -= refillOf(way);
    },
    share(replicas) {
      sharers = Math.max(1, replicas);
    },
    hold(channel, way, ms) {
      const bucket = bucketOf(channel, way);
      bucket.heldUntil = Math.max(bucket.heldUntil, elapsed() + ms);
    },
    waiting() {
      const now = elapsed();
      const all: PacedWait[] = [];
      const burst = Math.max(1, Math.floor(EDIT_BURST / sharers));
      const editsAt = Math.max(edits.heldUntil, edits.fullAt - (burst - 1) * refillOf("edit"));
      if (editsAt > now) {
        all.push({ ...EDITS, ms: editsAt - now });
      }
      for (const [channel, bucket] of posts) {
        if (Math.max(bucket.fullAt, bucket.heldUntil) <= now) posts.delete(channel);
        else all.push(...postWaits(channel, bucket, now));
      }
      return all;
    },
  };
}

function postWaits(channel: string, { fullAt, heldUntil }: Bucket, now: number): PacedWait[] {
  return POSTS.flatMap(({ from, to, left }) => {
    const readyAt = Math.max(heldUntil, fullAt - (POST_BURST - 1 - left) * POST_REFILL_MS);
    return readyAt > now ? [{ channel, from, to, ms: readyAt - now }] : [];
  });
}
