/** Why checks could not be made, in words. */

import { duration } from "../../block-kit/times.ts";
import type { MissingEvidence, Unknown } from "../../diagnosis/checks/finding.ts";
import { DESCRIBED_ONLY } from "../../diagnosis/known-metrics.ts";

export interface Unchecked {
  readonly reason: string;
  readonly titles: readonly string[];
}

/** The checks that could not be made, by reason, the commonest reason first. */
export function uncheckedByReason(
  unknown: readonly Unknown[],
  nowMs: number,
): readonly Unchecked[] {
  const groups = Map.groupBy(unknown, ({ reason }) => kindOf(reason));
  return [...groups.values()]
    .map((own) => ({
      reason: reasonWords(
        own.map(({ reason }) => reason),
        nowMs,
      ),
      titles: own.map(({ check }) => check.title),
    }))
    .toSorted((a, b) => b.titles.length - a.titles.length || (a.reason < b.reason ? -1 : 1));
}

/** The commonest reason. */
export function mainReason(unknown: readonly Unknown[], nowMs: number): string {
  const [first] = uncheckedByReason(unknown, nowMs);
  return first === undefined ? "there is no check" : first.reason;
}

/** Reasons that one sentence can tell together. */
function kindOf(reason: MissingEvidence): string {
  switch (reason.kind) {
    case "missing":
      return DESCRIBED_ONLY.has(metricOf(reason.series)) ? "never recorded" : "missing";
    case "stale":
      return `stale ${reason.freshMs}`;
    case "short":
      return "short";
    case "sparse":
      return `sparse ${reason.overMs} ${reason.least}`;
    case "idle":
      return `idle ${reason.overMs}`;
    case "failed":
      return `failed ${reason.message}`;
    case "unanswered":
      return `unanswered ${reason.says}`;
  }
}

/** Why one check cannot be made, as a clause. */
export function missingEvidenceWords(reason: MissingEvidence, nowMs: number): string {
  return reasonWords([reason], nowMs);
}

/** Reasons of one kind as a clause: "streamline_requests_total is missing". */
function reasonWords(reasons: readonly MissingEvidence[], nowMs: number): string {
  const [first] = reasons;
  const names = reasons.flatMap((each) => ("series" in each ? [metricOf(each.series)] : []));
  const { words, verb } = listed([...new Set(names)]);
  switch (first?.kind) {
    case "missing":
      return kindOf(first) === "missing"
        ? `${words} ${verb("is", "are")} missing`
        : `this server never records ${words}`;
    case "stale":
      return `${words} ${verb("has", "have")} had no sample for more than ${duration(first.freshMs)}`;
    case "short":
      return `there are not enough samples yet (${duration(longestWait(reasons, nowMs))} more are needed at most)`;
    case "sparse":
      return `${words} ${verb("has", "have")} fewer than ${first.least} samples in the last ${duration(first.overMs)}`;
    case "idle":
      return `the server got no such request in the last ${duration(first.overMs)} (${words} ${verb("does", "do")} not change)`;
    case "failed":
      return `an expression cannot be evaluated here (${first.message})`;
    case "unanswered":
      return `Prometheus ${first.says}`;
    case undefined:
      return "nothing is missing";
  }
}

/** Names that a sentence can hold; the rest is counted. */
const NAMED = 3;

function listed(names: readonly string[]): {
  words: string;
  verb: (one: string, many: string) => string;
} {
  const rest = names.length - NAMED;
  const words = names.slice(0, NAMED).join(", ") + (rest > 0 ? ` and ${rest} more series` : "");
  return { words, verb: (one, many) => (names.length === 1 ? one : many) };
}

function longestWait(reasons: readonly MissingEvidence[], nowMs: number): number {
  const waits = reasons.map((each) => (each.kind === "short" ? each.readyMs - nowMs : 0));
  return Math.max(1_000, ...waits);
}

/** The name is enough for a person; the label conditions stand in the runbook. */
function metricOf(series: string): string {
  return series.split("{", 1)[0] ?? series;
}
