/**
 * Which of the active findings to tell first: a cause before the symptoms it explains, then the
 * worse, then what goes on before what only happened, then the farther past its threshold.
 */

import type { Labels } from "../../exposition/sample.ts";
import { type Check, type Severity, severityRank } from "./check.ts";
import type { Evidence } from "./evidence.ts";
import type { Active } from "./finding.ts";
import { momentOfCheck } from "./judge-check.ts";

export interface Ranked extends Active {
  /** The worst of its own severity and of what it explains: for the order alone, never its colour. */
  readonly reach: Severity;
  /** Ids of the active checks that explain it, as far as their labels agree. */
  readonly causes: readonly string[];
  /** Every row of it is explained: it is a symptom and nothing of its own. */
  readonly isExplained: boolean;
}

/** Whether a symptom can come from a cause, by their times. */
export type InOrder = (cause: Active, symptom: Active) => boolean;

/** Ranks findings; the same findings in whatever order give the same ranking. */
export function rankActive(active: readonly Active[], inOrder: InOrder): readonly Ranked[] {
  const links = linksOf(active, inOrder);
  const ranked = active.map((finding): Ranked => {
    const causes = active.filter((cause) => links.get(cause)?.has(finding));
    return {
      ...finding,
      reach: reachOf(finding, links, new Set()),
      causes: causes.map(({ check }) => check.id).toSorted(),
      isExplained: finding.rows.every((row) =>
        causes.some((cause) => cause.rows.some(({ labels }) => agree(labels, row.labels))),
      ),
    };
  });
  return causesFirst(ranked.toSorted(compare));
}

/** Windows of checks differ: a cause may be seen by so much later than its symptom. */
const SEEN_LATER_MS = 3 * 60_000;
/** After an event clients need so long to come back; what is well then says nothing yet. */
const SETTLING_MS = 30_000;

/** One poll may have come at a lucky moment; where the first one came later than that, it has to do. */
const PROOF = 2;

/**
 * A cause is there before its symptom. An event is over at once: it explains what began with it and
 * has not been well since, and nothing that broke later. Of what the first poll found, long after the
 * event, nobody knows whether it began with it.
 */
export function inOrderOfTime(evidence: Evidence): InOrder {
  return (cause, symptom) => {
    if (cause.check.replaces.includes(symptom.check.id)) return true;
    if (!cause.check.isEvent) {
      return cause.since.orEarlier || cause.since.ms <= symptom.since.ms + SEEN_LATER_MS;
    }
    const fromMs = cause.since.ms + SETTLING_MS;
    if (symptom.since.orEarlier && fromMs < (evidence.firstMs ?? 0)) return false;
    return !isProvenWell(symptom, evidence, fromMs);
  };
}

/** Healthy at enough polls since then, by samples of what the symptom is about that are as new. */
function isProvenWell(symptom: Active, evidence: Evidence, fromMs: number): boolean {
  const proof = fromMs < (evidence.firstMs ?? 0) ? 1 : PROOF;
  let well = 0;
  for (const nowMs of evidence.polls(fromMs, symptom.since.ms)) {
    if (!isHealthy(symptom.check, evidence, nowMs)) continue;
    if (!isSeenSince(symptom, evidence, { nowMs, fromMs })) continue;
    well += 1;
    if (well >= proof) return true;
  }
  return false;
}

function isHealthy(check: Check, evidence: Evidence, nowMs: number): boolean {
  return momentOfCheck(check, evidence, { nowMs, scope: {} }).kind === "healthy";
}

/**
 * Of many groups each is asked in turns: what was last asked before the event says nothing of after,
 * and what was asked since then must reach back as far as the check looks.
 */
function isSeenSince(
  { check, rows }: Active,
  evidence: Evidence,
  { nowMs, fromMs }: { readonly nowMs: number; readonly fromMs: number },
): boolean {
  return check.needs.every(({ series, historyMs, missingOkIf }) => {
    const windowMs = Math.floor(nowMs - historyMs - fromMs) + 1;
    if (windowMs <= 0) return false;
    const seen = evidence.at(`last_over_time(${series}[${windowMs}ms])`, nowMs - historyMs);
    if (seen.length === 0 && missingOkIf !== undefined) {
      return evidence.at(missingOkIf, nowMs - historyMs).length > 0;
    }
    return rows.some((row) => seen.some((each) => agree(each.labels, row.labels)));
  });
}

type Links = ReadonlyMap<Active, ReadonlySet<Active>>;

/** What each finding explains. */
function linksOf(active: readonly Active[], inOrder: InOrder): Links {
  return new Map(
    active.map((cause) => [
      cause,
      new Set(active.filter((each) => explains(cause, each) && inOrder(cause, each))),
    ]),
  );
}

/** A slow group explains its own lag, not that of another group. */
function explains(cause: Active, symptom: Active): boolean {
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

function reachOf(finding: Active, links: Links, above: ReadonlySet<string>): Severity {
  const { id, severity } = finding.check;
  // Circles are taken out when checks are loaded; a caller with other checks must not hang.
  if (above.has(id)) return severity;
  const below = new Set([...above, id]);
  return [...(links.get(finding) ?? [])]
    .map((symptom) => reachOf(symptom, links, below))
    .reduce((worst, each) => (severityRank(each) > severityRank(worst) ? each : worst), severity);
}

/** A proven critical finding is never outranked by what is as bad only by what it explains. */
function compare(a: Ranked, b: Ranked): number {
  return (
    severityRank(b.check.severity) - severityRank(a.check.severity) ||
    severityRank(b.reach) - severityRank(a.reach) ||
    Number(a.check.isEvent) - Number(b.check.isEvent) ||
    b.excess - a.excess ||
    b.since.ms - a.since.ms ||
    (a.check.id < b.check.id ? -1 : 1)
  );
}

/** Takes again and again the first that no finding still left explains. */
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
