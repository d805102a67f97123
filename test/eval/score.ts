/** What a diagnosis is worth against what was right to say, and the table of all of it. */

import type { Diagnosis } from "../../src/diagnosis/checks/diagnose.ts";
import type { EvalCase, Expected } from "./eval-case.ts";

export interface Score {
  readonly case: EvalCase;
  /** The right cause first; without a cause none named, without evidence that said. */
  readonly top1: boolean;
  readonly top3: boolean;
  /** It said that it could not tell, or that it could not check the very thing. */
  readonly abstained: boolean;
  /** It named a wrong cause first, or called healthy what was not. */
  readonly wrong: boolean;
  readonly said: string;
}

export function scoreOf(each: EvalCase, diagnosis: Diagnosis): Score {
  const judged = judge(each.expected, diagnosis);
  return { case: each, ...judged, said: saidBy(diagnosis) };
}

type Judged = Pick<Score, "top1" | "top3" | "abstained" | "wrong">;

function judge(expected: Expected, diagnosis: Diagnosis): Judged {
  const { verdict } = diagnosis;
  const isActive = verdict.kind === "active";
  const couldNotTell = verdict.kind === "cannot-tell";
  switch (expected.kind) {
    case "clean":
      return rightIf(verdict.kind === "clean" || verdict.kind === "recovered", {
        abstained: couldNotTell,
        wrong: isActive,
      });
    case "no-cause":
      return rightIf(!isActive, { abstained: couldNotTell, wrong: isActive });
    case "unknowable": {
      const abstained = !isActive && isUnknown(diagnosis, expected.checks);
      return rightIf(abstained, { abstained, wrong: !abstained });
    }
    case "cause":
      return judgeCause(expected, diagnosis);
  }
}

function rightIf(right: boolean, rest: Pick<Judged, "abstained" | "wrong">): Judged {
  return { top1: right, top3: right, ...rest };
}

function judgeCause(
  { first, all, never = [] }: Extract<Expected, { kind: "cause" }>,
  diagnosis: Diagnosis,
): Judged {
  const { verdict, active } = diagnosis;
  const said = verdict.kind === "active" ? verdict.cause.check.id : undefined;
  const three = active.slice(0, 3).map(({ check }) => check.id);
  const mistaken = active.some(
    ({ check, isExplained }) => !isExplained && never.includes(check.id),
  );
  const top1 = said !== undefined && first.includes(said) && !mistaken;
  const abstained = said === undefined && isUnknown(diagnosis, first);
  const top3 =
    all === undefined
      ? first.some((id) => three.includes(id))
      : all.every((id) => three.includes(id));
  return { top1, top3, abstained, wrong: !top1 && !abstained };
}

function isUnknown({ verdict, unknown }: Diagnosis, wanted: readonly string[]): boolean {
  return verdict.kind === "cannot-tell" || unknown.some(({ check }) => wanted.includes(check.id));
}

function saidBy({ verdict, active, unknown }: Diagnosis): string {
  const ids = active.map(({ check }) => check.id).join(", ");
  return `${verdict.kind}: ${ids === "" ? "-" : ids}; ${unknown.length} unknown`;
}

interface Line {
  readonly name: string;
  readonly cases: number;
  readonly top1: number;
  readonly top3: number;
  readonly abstained: number;
  readonly wrong: number;
}

export function lineOf(name: string, scores: readonly Score[]): Line {
  const count = (key: keyof Judged): number => scores.filter((score) => score[key]).length;
  return {
    name,
    cases: scores.length,
    top1: count("top1"),
    top3: count("top3"),
    abstained: count("abstained"),
    wrong: count("wrong"),
  };
}

/** The table as Markdown, a line per class. */
export function tableOf(lines: readonly Line[]): string {
  const head = [
    "| class | cases | top-1 | top-3 | abstained | confident-wrong |",
    "|---|---:|---:|---:|---:|---:|",
  ];
  const rows = lines.map(
    ({ name, cases, top1, top3, abstained, wrong }) =>
      `| ${name} | ${cases} | ${share(top1, cases)} | ${share(top3, cases)} | ${abstained} | ${wrong} |`,
  );
  return [...head, ...rows].join("\n");
}

function share(part: number, whole: number): string {
  return whole === 0 ? "-" : `${part} (${Math.round((100 * part) / whole)}%)`;
}
