/** One check over the evidence -> active, healthy or unknown. */

import { type Labels, labelValue } from "../../exposition/sample.ts";
import { PromqlError } from "../../promql/promql-error.ts";
import type { Check } from "./check.ts";
import { missingEvidenceOf } from "./check-needs.ts";
import { type Evidence, EvidenceError, type EvidenceRow, evidenceKey } from "./evidence.ts";
import type { Finding, MissingEvidence, Since } from "./finding.ts";
import { fillTemplate } from "./finding-text.ts";
import { findSince } from "./since.ts";

export interface Scope {
  /** Only what concerns this topic or group, and what concerns no topic or group at all. */
  readonly topic?: string;
  readonly group?: string;
}

export interface Moment {
  readonly nowMs: number;
  readonly scope: Scope;
}

/** Rows of one finding that are shown in words; more of the same kind are counted. */
const MOST_ROWS = 5;

/** Judges a check at a moment. */
export function judgeCheck(check: Check, evidence: Evidence, moment: Moment): Finding {
  try {
    const seen = judgeAt(check, evidence, moment);
    if (seen.kind === "unknown") return { verdict: "unknown", check, reason: seen.reason };
    if (seen.kind === "healthy") return { verdict: "healthy", check };
    return activeOf(check, evidence, { nowMs: moment.nowMs, rows: seen.rows });
  } catch (error) {
    return { verdict: "unknown", check, reason: missingByError(error) };
  }
}

/** What a check says of one moment, without what a person is told of it. */
export type MomentOfCheck =
  | { readonly kind: "active"; readonly rows: readonly EvidenceRow[] }
  | { readonly kind: "healthy" }
  | { readonly kind: "unknown"; readonly reason: MissingEvidence };

/** As `judgeCheck` has it; cheap enough for every moment of hours. */
export function momentOfCheck(check: Check, evidence: Evidence, moment: Moment): MomentOfCheck {
  try {
    return judgeAt(check, evidence, moment);
  } catch (error) {
    return { kind: "unknown", reason: missingByError(error) };
  }
}

function missingByError(error: unknown): MissingEvidence {
  if (error instanceof EvidenceError) return { kind: "unanswered", says: error.message };
  // Such as many-to-many matching, which depends on the labels that a server happens to have.
  if (error instanceof PromqlError) return { kind: "failed", message: error.message };
  throw error;
}

function judgeAt(check: Check, evidence: Evidence, { nowMs, scope }: Moment): MomentOfCheck {
  const missing = worstMissing(check, evidence, nowMs);
  const mayBeActive = missing === undefined || (check.atOnce && isOfTime(missing));
  const rows = mayBeActive ? rowsInScope(evidence.at(check.expr, nowMs), scope) : [];
  if (rows.length > 0) return { kind: "active", rows };
  return missing === undefined ? { kind: "healthy" } : { kind: "unknown", reason: missing };
}

/** What keeps the check from being judged; too little history only if nothing else does. */
function worstMissing(
  check: Check,
  evidence: Evidence,
  nowMs: number,
): MissingEvidence | undefined {
  const allMissing = check.needs.flatMap((need) => missingEvidenceOf(need, evidence, nowMs) ?? []);
  return allMissing.find((each) => !isOfTime(each)) ?? allMissing[0];
}

/** The series is there, but not for long or not often enough. */
function isOfTime({ kind }: MissingEvidence): boolean {
  return kind === "short" || kind === "sparse";
}

/** A row without the label concerns every topic; one of another topic none of ours. */
function rowsInScope(
  rows: readonly EvidenceRow[],
  { topic, group }: Scope,
): readonly EvidenceRow[] {
  const isWanted = (labels: Labels, name: string, wanted: string | undefined): boolean =>
    wanted === undefined || ["", wanted].includes(labelValue(labels, name));
  return rows.filter(
    ({ labels }) => isWanted(labels, "topic", topic) && isWanted(labels, "group", group),
  );
}

function activeOf(
  check: Check,
  evidence: Evidence,
  { nowMs, rows }: { nowMs: number; rows: readonly EvidenceRow[] },
): Finding {
  const worstFirst = rows.toSorted(
    (a, b) =>
      excessOf(check, b.value) - excessOf(check, a.value) ||
      (evidenceKey(a.labels) < evidenceKey(b.labels) ? -1 : 1),
  );
  const shown = worstFirst.slice(0, MOST_ROWS);
  const values = Object.entries(check.values).map(
    ([name, expr]) => [name, evidence.at(expr, nowMs)] as const,
  );
  return {
    verdict: "active",
    check,
    rows: worstFirst,
    sentences: shown.map((row) => sentenceOf(check, row, values)),
    since:
      saidSince(check, evidence, nowMs) ??
      findSince(check, evidence, {
        nowMs,
        keys: shown.map(({ labels }) => evidenceKey(labels)),
      }),
    excess: excessOf(check, worstFirst[0]?.value ?? 0),
  };
}

/** A process says when it began, also when that was before the first poll. */
function saidSince({ began }: Check, evidence: Evidence, nowMs: number): Since | undefined {
  const seconds = began === undefined ? undefined : evidence.at(began, nowMs)[0]?.value;
  if (seconds === undefined || !Number.isFinite(seconds)) return undefined;
  return { ms: Math.min(nowMs, seconds * 1_000), orEarlier: false };
}

type NamedRows = readonly (readonly [name: string, rows: readonly EvidenceRow[]])[];

function sentenceOf(check: Check, row: EvidenceRow, values: NamedRows): string {
  const own = values.flatMap(([name, rows]) => {
    const match = rows.find(({ labels }) => belongsTo(labels, row.labels));
    return match === undefined ? [] : [[name, match.value] as const];
  });
  return fillTemplate(check.finding, { ...row, values: Object.fromEntries(own) });
}

/** A further number belongs to a row when it says nothing else of any label. */
function belongsTo(labels: Labels, row: Labels): boolean {
  return Object.entries(labels).every(
    ([name, value]) => name === "__name__" || labelValue(row, name) === value,
  );
}

/** A cap keeps a division by almost nothing from outranking everything. */
const MOST_EXCESS = 1_000;

/**
 * How many times past the threshold. Above a threshold of 0 every order of magnitude counts as
 * one: 10,000 refused appends are worse than 10, but not a thousand times.
 */
export function excessOf({ threshold, below }: Check, value: number): number {
  if (threshold === undefined || Number.isNaN(value)) return 1;
  if (threshold === 0 && !below) return 1 + Math.log10(1 + Math.max(0, value));
  const ratio = below ? threshold / Math.max(value, 0) : value / threshold;
  return Number.isNaN(ratio) ? 1 : Math.min(MOST_EXCESS, Math.max(1, ratio));
}
