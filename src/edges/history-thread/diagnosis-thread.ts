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
} from "../../features/why-slow/diagnosing.ts";
import type { History } from "../../history/history.ts";
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

export function createDiagnosisThread(
  options: DiagnosisThreadOptions,
): Diagnosing & { close(): Promise<void> } {
  const { history, deadlineMs = DEADLINE_MS, atOnce = SERIES_AT_ONCE } = options;
  const thread = createHistoryThread({ history, deadlineMs });
  return {
    async judge(target, asked) {
      const own = history(target);
      if (own.stats().series <= atOnce) return judgeQuestion(own, asked);
      return (await thread.over(target, { task: "judge", ...asked })) as Judged | TooLong;
    },
    async judgeAgain(asked) {
      if (asked.text.length <= REPLAY_AT_ONCE) return judgeAgain(asked);
      return (await thread.own({ task: "judge-again", ...asked })) as JudgedAgain | TooLong;
    },
    close: () => thread.close(),
  };
}
