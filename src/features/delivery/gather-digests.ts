/**
 * Where more new incidents wait than a channel can get one by one, a digest names them all.
 *
 * Only a channel whose pace is used up is checked: while there is room, each gets its own message.
 */

import { PRIORITY } from "../../incidents/notice-priority.ts";
import { ALL_CHANNELS } from "./delivery-ports.ts";
import type { DigestLimits, DigestStore } from "./digest-ports.ts";
import type { Pace } from "./pace.ts";

/** A hundred lines fit one message. */
const MOST_MEMBERS = 100;
/** What comes later than this belongs to another storm, further down in the channel. */
const OPEN_MS = 10 * 60_000;
/** A channel is checked no more often than this. */
const EVERY_MS = 250;

export interface GatherPorts {
  readonly digests: Pick<DigestStore, "gather">;
  readonly pace: Pick<Pace, "waiting">;
  readonly elapsed: () => number;
  /** More new incidents than this must wait for one channel. */
  readonly threshold: number;
}

/** Returns a function that gathers what waits now. */
export function createGathering(ports: GatherPorts): () => Promise<void> {
  const { digests, pace, elapsed, threshold } = ports;
  const limits: DigestLimits = { threshold, most: MOST_MEMBERS, openMs: OPEN_MS };
  const checked = new Map<string, number>();
  return async () => {
    const full = pace
      .waiting()
      .filter(({ from, channel }) => from === PRIORITY.first && channel !== ALL_CHANNELS);
    for (const { channel } of full) {
      const now = elapsed();
      if (now - (checked.get(channel) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) continue;
      checked.set(channel, now);
      await digests.gather(channel, limits);
    }
    for (const channel of checked.keys()) {
      if (!full.some((each) => each.channel === channel)) checked.delete(channel);
    }
  };
}
