/**
 * Which of the suspects to tell first: a cause before the symptoms it explains, then the worse,
 * then the farther past its threshold, then the one that began last.
 */

import type { Labels } from "../../exposition/sample.ts";
import { type Severity, severityRank } from "./check.ts";
import type { Suspect } from "./finding.ts";

export interface Ranked extends Suspect {
  /** Its own severity, or that of the worst symptom it explains. */
  readonly weight: Severity;
  /** Ids of the suspects that bring it about, as far as their labels agree. */
  readonly causes: readonly string[];
  /** Every row of it is explained: it is a symptom and nothing of its own. */
  readonly isExplained: boolean;
}

/** Ranks suspects; the same suspects in whatever order give the same ranking. */
export function rankSuspects(suspects: readonly Suspect[]): readonly Ranked[] {
  const ranked = suspects.map((suspect): Ranked => {
    const causes = suspects.filter((cause) => explains(cause, suspect));
    return {
      ...suspect,
      weight: weightOf(suspect, suspects, new Set()),
      causes: causes.map(({ check }) => check.id).toSorted(),
      isExplained: suspect.rows.every((row) =>
        causes.some((cause) => cause.rows.some(({ labels }) => agree(labels, row.labels))),
      ),
    };
  });
  return causesFirst(ranked.toSorted(compare));
}

/** A slow group explains its own lag, not that of another group. */
function explains(cause: Suspect, symptom: Suspect): boolean {
  return (
    cause.check.explains.includes(symptom.check.id) &&
    cause.rows.some((a) => symptom.rows.some((b) => agree(a.labels, b.labels)))
  );
}

/** Labels that both have are equal. */
function agree(a: Labels, b: Labels): boolean {
  return Object.entries(a).every(
    ([name, value]) => name === "__name__" || !Object.hasOwn(b, name) || b[name] === value,
  );
}

function weightOf(suspect: Suspect, all: readonly Suspect[], above: ReadonlySet<string>): Severity {
  const { id, severity } = suspect.check;
  // Circles are taken out when checks are loaded; a caller with other checks must not hang.
  if (above.has(id)) return severity;
  const below = new Set([...above, id]);
  return all
    .filter((symptom) => explains(suspect, symptom))
    .map((symptom) => weightOf(symptom, all, below))
    .reduce((worst, each) => (severityRank(each) > severityRank(worst) ? each : worst), severity);
}

function compare(a: Ranked, b: Ranked): number {
  return (
    severityRank(b.weight) - severityRank(a.weight) ||
    b.excess - a.excess ||
    b.since.ms - a.since.ms ||
    (a.check.id < b.check.id ? -1 : 1)
  );
}

/** Takes again and again the first that no suspect still left explains. */
function causesFirst(sorted: readonly Ranked[]): readonly Ranked[] {
  const left = [...sorted];
  const order: Ranked[] = [];
  while (left.length > 0) {
    const waiting = new Set(left.map(({ check }) => check.id));
    const index = left.findIndex(({ causes }) => !causes.some((id) => waiting.has(id)));
    order.push(...left.splice(Math.max(0, index), 1));
  }
  return order;
}
