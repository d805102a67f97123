/** What is asked about a target, as a question that can be asked again. */

import type { ReplayQuestion } from "../../diagnosis/replay/replay.ts";
import type { Target } from "../../diagnosis/target.ts";

export interface WhySlowOptions {
  /** Only what concerns this topic or group. */
  readonly topic?: string;
  readonly group?: string;
  /** How far back to tell also what is over; beyond the hour that is kept, Prometheus is asked. */
  readonly windowMs?: number;
  /** Who asks: a person's replays push out none of others'. */
  readonly by?: string;
}

export interface AskedNow {
  readonly options: WhySlowOptions;
  readonly notes: readonly string[];
  readonly nowMs: number;
}

/** The question with its moment, so that the answer is the same when it is asked again. */
export function questionOf(
  { name, http, kafka }: Target,
  { options, notes, nowMs }: AskedNow,
): ReplayQuestion {
  const { topic, group, windowMs } = options;
  return {
    target: { name, http, kafka },
    nowMs,
    ...(topic === undefined ? {} : { topic }),
    ...(group === undefined ? {} : { group }),
    ...(windowMs === undefined ? {} : { windowMs }),
    notes,
  };
}
