/**
 * Which replica polls a target. As of an HA pair of Prometheus, two do; the others follow: what one of
 * the two saw is theirs, too, so that each answers out of a full history.
 */

import type { Sample } from "../../exposition/sample.ts";

/** `publishes`: it polls, and somebody follows who needs what it sees. */
export type PollPart = "polls" | "publishes" | "follows";

export interface SharedSnapshot {
  /** When it was polled, milliseconds since 1970. */
  readonly timeMs: number;
  readonly samples: readonly Sample[];
}

export interface PollShare {
  /** This replica's part in the next poll of a target. Never rejects: in doubt it is what it was. */
  part(target: string): Promise<PollPart>;
  publish(target: string, snapshot: SharedSnapshot): Promise<void>;
  /** What another replica saw after this time; undefined when that is nothing yet. */
  latest(target: string, afterMs: number): Promise<SharedSnapshot | undefined>;
}

/** For a bot that is alone. */
export const POLLS_ALONE: PollShare = {
  part: () => Promise.resolve("polls"),
  publish: () => Promise.resolve(),
  latest: () => Promise.resolve(undefined),
};
