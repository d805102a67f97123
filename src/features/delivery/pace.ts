/**
 * How fast the bot may post into one channel.
 *
 * Slack allows about one message per second and channel and tolerates short bursts
 * (docs.slack.dev, "Rate limits", chat.postMessage): a bucket of tokens, one more each second.
 * Nobody sleeps here: a channel that must wait is passed over, so that it holds up no other.
 */

import type { Clock } from "../shared/ports.ts";

/** Enough for an incident's message and its first thread replies at once. */
const BURST = 4;
const REFILL_MS = 1_000;

export interface Pace {
  /** A post to the channel begins. */
  note(channel: string): void;
  /** Slack asked to wait. */
  hold(channel: string, ms: number): void;
  /** The channels that must wait, each with the moment until which. */
  waiting(): ReadonlyMap<string, number>;
}

interface Bucket {
  /** The moment at which the bucket is full again; each post moves it one refill on. */
  fullAt: number;
  heldUntil: number;
}

export function createPace(clock: Pick<Clock, "now">): Pace {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (channel: string): Bucket => {
    const bucket = buckets.get(channel) ?? { fullAt: 0, heldUntil: 0 };
    buckets.set(channel, bucket);
    return bucket;
  };
  return {
    note(channel) {
      const bucket = bucketOf(channel);
      bucket.fullAt = Math.max(bucket.fullAt, clock.now()) + REFILL_MS;
    },
    hold(channel, ms) {
      const bucket = bucketOf(channel);
      bucket.heldUntil = Math.max(bucket.heldUntil, clock.now() + ms);
    },
    waiting() {
      const now = clock.now();
      const waiting = new Map<string, number>();
      for (const [channel, { fullAt, heldUntil }] of buckets) {
        const readyAt = Math.max(heldUntil, fullAt - (BURST - 1) * REFILL_MS);
        if (readyAt > now) waiting.set(channel, readyAt);
        else if (fullAt <= now) buckets.delete(channel);
      }
      return waiting;
    },
  };
}
