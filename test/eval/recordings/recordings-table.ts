/** The score of recordings: a line each, and the sums for faults, for what follows them, for the rest. */

import { JUDGEMENTS, type Judgement } from "./judge-moment.ts";
import type { MomentLine } from "./play-labelled.ts";

interface Sum {
  readonly name: string;
  readonly lines: readonly MomentLine[];
}

/** The table as Markdown. */
export function recordingsTable(lines: readonly MomentLine[]): string {
  const byScenario = Map.groupBy(lines, ({ scenario }) => scenario);
  const rows: Sum[] = [
    ...[...byScenario].map(([name, own]) => ({ name, lines: own })),
    { name: "**during faults**", lines: lines.filter(isFault) },
    { name: "**after the end**", lines: lines.filter(isAfter) },
    {
      name: "**before faults and in controls**",
      lines: lines.filter((each) => !isFault(each) && !isAfter(each)),
    },
  ];
  return [
    `| recording | moments | ${JUDGEMENTS.join(" | ")} |`,
    `|---|---:|${JUDGEMENTS.map(() => "---:").join("|")}|`,
    ...rows.map(rowOf),
  ].join("\n");
}

function rowOf({ name, lines }: Sum): string {
  const counts = JUDGEMENTS.map((judged) => countOf(lines, judged));
  return `| ${name} | ${lines.length} | ${counts.map((n) => (n === 0 ? "" : n)).join(" | ")} |`;
}

export function countOf(lines: readonly MomentLine[], judged: Judgement): number {
  return lines.filter((each) => each.judged === judged).length;
}

export function isFault({ fault }: MomentLine): boolean {
  return fault !== null;
}

/** Moments after a fault's end are named so in the labels. */
export function isAfter({ at, fault }: MomentLine): boolean {
  return fault === null && at.startsWith("end");
}
