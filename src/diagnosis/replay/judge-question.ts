/** A question about a target and its history -> the diagnosis and its replay; a replay -> the same again. */

import type { HistoryReader } from "../../history/history.ts";
import type { Allowance } from "../../promql/budget.ts";
import type { Check } from "../checks/check.ts";
import { type Diagnosis, diagnose } from "../checks/diagnose.ts";
import { evidenceOf, historyOf } from "../checks/evidence-of-history.ts";
import { type ReplayQuestion, readReplay, writeReplay } from "./replay.ts";
import { reachOf } from "./replay-reach.ts";

export interface ToJudge {
  readonly question: ReplayQuestion;
  readonly checks: readonly Check[];
  /** Of the checks, as `checksDigest` has them. */
  readonly digest: string;
}

export interface Judged {
  readonly kind: "judged";
  readonly diagnosis: Diagnosis;
  /** The text of its replay. */
  readonly replay: string;
}

/** Throws an AllowanceSpentError when all checks together need more than the allowance. */
export function judgeQuestion(
  history: HistoryReader,
  { question, checks, digest }: ToJudge,
  allowance?: Allowance,
): Judged {
  const diagnosis = judge(question, { history, checks, ...(allowance && { allowance }) });
  const reach = reachOf(diagnosis, question.windowMs);
  const replay = writeReplay({ question, checks: digest, history, reach });
  return { kind: "judged", diagnosis, replay };
}

export interface ToJudgeAgain {
  /** What `writeReplay` wrote, or anything. */
  readonly text: string;
  /** The checks of today. */
  readonly checks: readonly Check[];
}

export type JudgedAgain =
  | {
      readonly kind: "judged";
      readonly diagnosis: Diagnosis;
      readonly question: ReplayQuestion;
      /** Of the checks by which it was first answered. */
      readonly digest: string;
    }
  | { readonly kind: "unreadable"; readonly reason: string };

/** Throws an AllowanceSpentError as `judgeQuestion` does. */
export function judgeAgain({ text, checks }: ToJudgeAgain, allowance?: Allowance): JudgedAgain {
  const read = readReplay(text);
  if (read.kind === "unreadable") return read;
  const { question, snapshots, checks: digest } = read.replay;
  const history = historyOf(snapshots);
  const diagnosis = judge(question, { history, checks, ...(allowance && { allowance }) });
  return { kind: "judged", diagnosis, question, digest };
}

/**
 * Units of one evaluation: looking back over 60,000 series every minute takes so many. It is the same
 * wherever it is computed, so that a replay says what was said.
 */
const EVALUATION_UNITS = 10_000_000;

export interface JudgeInput {
  readonly history: HistoryReader;
  readonly checks: readonly Check[];
  readonly allowance?: Allowance;
}

/**
 * What the checks say of a history at the moment of the question. Throws an AllowanceSpentError when they
 * need more than the allowance.
 */
export function judge(
  question: ReplayQuestion,
  { history, checks, allowance }: JudgeInput,
): Diagnosis {
  const { nowMs, topic, group, windowMs } = question;
  return diagnose({
    checks,
    evidence: evidenceOf(history, { units: EVALUATION_UNITS, ...(allowance && { allowance }) }),
    nowMs,
    scope: {
      ...(topic === undefined ? {} : { topic }),
      ...(group === undefined ? {} : { group }),
    },
    ...(windowMs === undefined ? {} : { windowMs }),
  });
}
