/** What an answer about a recorded moment is worth. */

import type { Diagnosis } from "../../../src/diagnosis/checks/diagnose.ts";
import type { Expectation } from "./labels.ts";
import type { Moment } from "./moments.ts";

export const JUDGEMENTS = [
  "right",
  "symptom",
  "quiet",
  "abstained",
  "missed",
  "wrong",
  "stale",
  "false-alarm",
] as const;
export type Judgement = (typeof JUDGEMENTS)[number];

const NOT_WELL = ["missed", "wrong", "stale", "false-alarm"] as const;

/** What an operator would have been misled by. */
export function isNotWell(judged: Judgement): judged is (typeof NOT_WELL)[number] {
  return (NOT_WELL as readonly Judgement[]).includes(judged);
}

/** What was said first. */
export interface Said {
  readonly verdict: Diagnosis["verdict"]["kind"];
  readonly first: string | null;
  readonly second: string | null;
  /** Whether the first is said to be so, or to have been so. */
  readonly tense: "present" | "past" | null;
}

export function judgeMoment(moment: Moment, said: Said, diagnosis: Diagnosis): Judgement {
  return moment.kind === "fault" ? judgeFault(moment, said, diagnosis) : judgeNormal(moment, said);
}

function judgeFault(
  { expected, afterS }: Extract<Moment, { kind: "fault" }>,
  { verdict, first, tense }: Said,
  { active, unknown }: Diagnosis,
): Judgement {
  const isUnknown = (id: string): boolean => unknown.some(({ check }) => check.id === id);
  if (first !== null && tense === "present") {
    if (expected.alsoFine.includes(first)) return "symptom";
    if (!expected.firstAnyOf.includes(first)) {
      return isTrueRemark(expected, first) && afterS < expected.goodByS ? "quiet" : "wrong";
    }
    const three = active.slice(0, 3).map(({ check }) => check.id);
    const all = expected.allAmongFirstThree;
    return all.every((id) => three.includes(id) || isUnknown(id)) ? "right" : "symptom";
  }
  if (verdict === "cannot-tell" || expected.firstAnyOf.some(isUnknown)) return "abstained";
  return afterS < expected.goodByS || expected.healthyOk ? "quiet" : "missed";
}

/** Where nothing needs to be said yet, the start of the server may be told: it says no fault. */
function isTrueRemark({ healthyOk, mustNotFirst }: Expectation, first: string): boolean {
  return healthyOk && first === "just-restarted" && !mustNotFirst.includes(first);
}

function judgeNormal(
  { expected, over }: Extract<Moment, { kind: "normal" }>,
  { verdict, first, tense }: Said,
): Judgement {
  if (verdict === "cannot-tell") return "abstained";
  if (first === null || tense === "past" || expected.allowed.includes(first)) return "right";
  const past = over.flatMap(({ firstAnyOf, alsoFine }) => [...firstAnyOf, ...alsoFine]);
  if (past.includes(first)) return "stale";
  return over.length > 0 ? "wrong" : "false-alarm";
}
