/** All checks over the evidence of one target -> what is wrong, what is not, what nobody can tell. */

import { type Chart, readChart } from "../read-chart.ts";
import { type Check, severityRank } from "./check.ts";
import type { Evidence } from "./evidence.ts";
import type { Healthy, Lack, Unknown } from "./finding.ts";
import { judgeCheck, type Scope } from "./judge-check.ts";
import { findOver, type Over } from "./over.ts";
import { type Ranked, rankSuspects } from "./rank.ts";

export interface Diagnosis {
  /** The moment that is judged, in milliseconds since the epoch. */
  readonly nowMs: number;
  readonly scope: Scope;
  readonly verdict: Verdict;
  /** Ranked, causes first. */
  readonly suspects: readonly Ranked[];
  readonly healthy: readonly Healthy[];
  readonly unknown: readonly Unknown[];
  /** Suspect within the asked window, but no more. */
  readonly over: readonly Over[];
  /** How the first suspect's numbers went. */
  readonly chart?: Chart;
  readonly history: {
    readonly firstMs?: number;
    readonly lastMs?: number;
    readonly snapshots: number;
  };
}

type Verdict =
  | { readonly kind: "suspect"; readonly cause: Ranked }
  | { readonly kind: "clean" }
  /** Too much could not be checked to call it clean. */
  | { readonly kind: "cannot-tell"; readonly reasons: readonly Lack[] };

export interface DiagnoseInput {
  readonly checks: readonly Check[];
  readonly evidence: Evidence;
  readonly nowMs: number;
  readonly scope?: Scope;
  /** Asked for by a person: tell also what is over, as far back as this. */
  readonly windowMs?: number;
}

/** Half an hour shows the beginning of most incidents and fits 20 points of 90 s. */
const CHART_WINDOW_MS = 30 * 60_000;

/** With more than this share of the checks unknown, "nothing is wrong" would be a guess. */
const MOST_UNKNOWN = 1 / 3;

/** Diagnoses a target at a moment; the same input gives the same diagnosis. */
export function diagnose(input: DiagnoseInput): Diagnosis {
  const { checks, evidence, nowMs, windowMs } = input;
  const scope = input.scope ?? {};
  const findings = checks.map((check) => judgeCheck(check, evidence, { nowMs, scope }));
  const suspects = rankSuspects(findings.filter((each) => each.verdict === "suspect"));
  const healthy = findings.filter((each) => each.verdict === "healthy");
  const unknown = findings.filter((each) => each.verdict === "unknown");
  const chart = chartOf(suspects, evidence, { nowMs, windowMs: windowMs ?? CHART_WINDOW_MS });
  const { firstMs, lastMs, snapshots } = evidence;
  return {
    nowMs,
    scope,
    verdict: verdictOf(suspects, unknown, checks.length),
    suspects,
    healthy,
    unknown,
    over: windowMs === undefined ? [] : findOver(healthy, evidence, { nowMs, windowMs, scope }),
    ...(chart === undefined ? {} : { chart }),
    history: {
      snapshots,
      ...(firstMs === undefined ? {} : { firstMs }),
      ...(lastMs === undefined ? {} : { lastMs }),
    },
  };
}

function verdictOf(
  suspects: readonly Ranked[],
  unknown: readonly Unknown[],
  checks: number,
): Verdict {
  const cause = suspects.find(({ weight }) => severityRank(weight) > severityRank("info"));
  if (cause !== undefined) return { kind: "suspect", cause };
  if (checks > 0 && unknown.length <= checks * MOST_UNKNOWN) return { kind: "clean" };
  return { kind: "cannot-tell", reasons: unknown.map(({ reason }) => reason) };
}

interface Window {
  readonly nowMs: number;
  readonly windowMs: number;
}

/** The first suspect that has something to draw. */
function chartOf(
  suspects: readonly Ranked[],
  evidence: Evidence,
  window: Window,
): Chart | undefined {
  for (const suspect of suspects) {
    const chart = readChart(suspect, evidence, window);
    if (chart !== undefined) return chart;
  }
  return undefined;
}
