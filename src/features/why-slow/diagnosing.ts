/** Who weighs the checks: over many series that takes seconds, and is done elsewhere. */

import type {
  Judged,
  JudgedAgain,
  ToJudge,
  ToJudgeAgain,
} from "../../diagnosis/replay/judge-question.ts";
import type { Target } from "../../diagnosis/target.ts";

/** It needed more time or memory than it may; the reason is a sentence. */
export interface TooLong {
  readonly kind: "overtaxed";
  readonly reason: string;
}

export interface Diagnosing {
  /** Over what is remembered of the target. */
  judge(target: Target, asked: ToJudge): Promise<Judged | TooLong>;
  /** Over the snapshots of a replay. */
  judgeAgain(asked: ToJudgeAgain): Promise<JudgedAgain | TooLong>;
}

/**
 * Series of a target whose checks are weighed at once: some 50 ms, where a thread takes 40 MB. What has
 * more is weighed elsewhere.
 */
export const SERIES_AT_ONCE = 2_000;

/**
 * Steps of computing for all checks together that are done at once, 150 ms of the costliest kind: a page
 * in a folder of one's own may hold any expression.
 */
export const UNITS_AT_ONCE = 1_500_000;
