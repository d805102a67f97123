/**
 * How fast the bot may post into one channel.
 *
 * Slack allows about one message per second and channel and tolerates short bursts
 * (docs.slack.dev, "Rate limits", chat.postMessage): a bucket of tokens, one more each second.
 */

import type { Clock } from "./ports.ts";

/** Enough for an incident's message and its first thread replies at once. */
const BURST = 4;
const REFILL_MS = 1_000;

export interface Pace {
  /** Resolves when the channel may be posted to. */
  turn(channel: string): Promise<void>;
  /** Slack asked to wait. */
  hold(channel: string, ms: number): void;
  /** For how many milliseconds still; a caller holding a lease should come back instead of wait. */
  heldFor(channel: string): number;
}

interface Bucket {
  /** The moment at which the bucket would be full again; each turn moves it one refill on. */
  fullAt: number;
  heldUntil: number;
}

/** Buckets of idle channels are forgotten beyond this many. */
const REMEMBERED_CHANNELS = 1_000;

export function createPace(clock: Clock): Pace {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (channel: string): Bucket => {
    const bucket = buckets.get(channel) ?? { fullAt: 0, heldUntil: 0 };
    buckets.set(channel, bucket);
    if (buckets.size > REMEMBERED_CHANNELS) forgetIdle(buckets, clock.now());
    return bucket;
  };
  return {
    async turn(channel) {
      const bucket = bucketOf(channel);
      const now = clock.now();
      bucket.fullAt = Math.max(bucket.fullAt, now) + REFILL_MS;
      const readyAt = bucket.fullAt - BURST * REFILL_MS;
      if (readyAt > now) await clock.sleep(readyAt - now);
    },
    hold(channel, ms) {
      const bucket = bucketOf(channel);
      bucket.heldUntil = Math.max(bucket.heldUntil, clock.now() + ms);
    },
    heldFor: (channel) => Math.max(0, bucketOf(channel).heldUntil - clock.now()),
  };
}

function forgetIdle(buckets: Map<string, Bucket>, now: number): void {
  for (const [channel, bucket] of buckets) {
    if (bucket.fullAt < now && bucket.heldUntil < now) buckets.delete(channel);
  }
}
