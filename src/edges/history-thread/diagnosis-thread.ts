/** Diagnoses: of few series at once, of many in a thread, since those take seconds. */

import {
  type Judged,
  type JudgedAgain,
  judgeAgain,
  judgeQuestion,
} from "../../diagnosis/replay/judge-question.ts";
import type { Target } from "../../diagnosis/target.ts";
import {
  type Diagnosing,
  SERIES_AT_ONCE,
  type TooLong,
  UNITS_AT_ONCE,
} from "../../features/why-slow/diagnosing.ts";
import type { History } from "../../history/history.ts";
import { type Allowance, AllowanceSpentError, createAllowance } from "../../promql/budget.ts";
import { createHistoryThread } from "./history-thread.ts";

export interface DiagnosisThreadOptions {
  readonly history: (target: Target) => History;
  readonly deadlineMs?: number;
  /** With more series than this the thread is used. */
  readonly atOnce?: number;
}

/** All checks over 100,000 series, each of them active, take five seconds. */
const DEADLINE_MS = 30_000;
/** Characters of a replay of such a server. */
const REPLAY_AT_ONCE = 1_000_000;

/** Undefined when it costs so much that the event loop would stand for it. */
function atOnceOr<T>(compute: (allowance: Allowance) => T): T | undefined {
  try {
    return compute(createAllowance(UNITS_AT_ONCE));
  } catch (error) {
    if (error instanceof AllowanceSpentError) return undefined;
    throw error;
  }
}

/** `atOnce` is how many series at the most are judged on the event loop. */
export function createDiagnosisThread(
  options: DiagnosisThreadOptions,
): Diagnosing & { close(): Promise<void> } {
  const { history, deadlineMs = DEADLINE_MS, atOnce = SERIES_AT_ONCE } = options;
  const thread = createHistoryThread({ history, deadlineMs });
  return {
    async judge(target, asked) {
      const own = history(target);
      const isSmall = own.stats().series <= atOnce;
      const judged = isSmall ? atOnceOr((most) => judgeQuestion(own, asked, most)) : undefined;
      if (judged !== undefined) return judged;
      return (await thread.over(target, { task: "judge", ...asked })) as Judged | TooLong;
    },
    async judgeAgain(asked) {
      const isSmall = asked.text.length <= REPLAY_AT_ONCE;
      const judged = isSmall ? atOnceOr((most) => judgeAgain(asked, most)) : undefined;
      if (judged !== undefined) return judged;
      return (await thread.own({ task: "judge-again", ...asked })) as JudgedAgain | TooLong;
    },
    close: () => thread.close(),
  };
}
