/** A question about a target and its history -> the diagnosis and its replay; a replay -> the same again. */

import type { HistoryReader } from "../../history/history.ts";
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

export function judgeQuestion(
  history: HistoryReader,
  { question, checks, digest }: ToJudge,
): Judged {
  const diagnosis = judge(question, history, checks);
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

export function judgeAgain({ text, checks }: ToJudgeAgain): JudgedAgain {
  const read = readReplay(text);
  if (read.kind === "unreadable") return read;
  const { question, snapshots, checks: digest } = read.replay;
  const diagnosis = judge(question, historyOf(snapshots), checks);
  return { kind: "judged", diagnosis, question, digest };
}

/** What the checks say of a history at the moment of the question. */
export function judge(
  question: ReplayQuestion,
  history: HistoryReader,
  checks: readonly Check[],
): Diagnosis {
  const { nowMs, topic, group, windowMs } = question;
  return diagnose({
    checks,
    evidence: evidenceOf(history),
    nowMs,
    scope: {
      ...(topic === undefined ? {} : { topic }),
      ...(group === undefined ? {} : { group }),
    },
    ...(windowMs === undefined ? {} : { windowMs }),
  });
}
