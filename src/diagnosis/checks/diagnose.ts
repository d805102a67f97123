/** All checks over the evidence of one target -> what is wrong, what is not, what nobody can tell. */

import type { WindowReport } from "../long-window/window-report.ts";
import { type Chart, readChart } from "../read-chart.ts";
import { type Check, severityRank } from "./check.ts";
import type { Evidence } from "./evidence.ts";
import type { Healthy, MissingEvidence, Recovered, Unknown } from "./finding.ts";
import { judgeCheck, type Scope } from "./judge-check.ts";
import { withPastEvents } from "./past-events.ts";
import { inOrderOfTime, type Ranked, rankActive } from "./rank.ts";
import { findRecovered } from "./recovered.ts";

export interface Diagnosis {
  /** The moment that is judged, in milliseconds since the epoch. */
  readonly nowMs: number;
  readonly scope: Scope;
  readonly verdict: Verdict;
  /** What is so now: ranked, causes first. */
  readonly active: readonly Ranked[];
  /** What was so a short while ago, or within the asked window, and is no more: the worst first. */
  readonly recovered: readonly Recovered[];
  readonly healthy: readonly Healthy[];
  readonly unknown: readonly Unknown[];
  /** How the first finding's numbers went. */
  readonly chart?: Chart;
  readonly history: {
    readonly firstMs?: number;
    /** When it was last polled: nothing is known of later. */
    readonly lastMs?: number;
    readonly snapshots: number;
  };
  /** Where it is of hours that Prometheus keeps. */
  readonly window?: WindowReport;
}

type Verdict =
  | { readonly kind: "active"; readonly cause: Ranked }
  /** Nothing is wrong now; the worst of what is over. */
  | { readonly kind: "recovered"; readonly cause: Recovered }
  | { readonly kind: "clean" }
  /** Too much could not be checked to call it clean. */
  | { readonly kind: "cannot-tell"; readonly reasons: readonly MissingEvidence[] };

export interface DiagnoseInput {
  readonly checks: readonly Check[];
  readonly evidence: Evidence;
  readonly nowMs: number;
  readonly scope?: Scope;
  /** A person asked for what is over as far back as this. */
  readonly windowMs?: number;
}

/** Who is called to an incident that just ended asks within this time what it was. */
export const RECENT_MS = 15 * 60_000;

/** What was seen at a single poll is listed, and is no headline when it is over. */
const SHORTEST_MS = 30_000;

/** Half an hour shows the beginning of most incidents and fits 20 points of 90 s. */
const CHART_WINDOW_MS = 30 * 60_000;

/** With more than this share of the checks unknown, "nothing is wrong" would be a guess. */
const MOST_UNKNOWN = 1 / 3;

/** Diagnoses a target at a moment; the same input gives the same diagnosis. */
export function diagnose(input: DiagnoseInput): Diagnosis {
  const { checks, evidence, nowMs } = input;
  const scope = input.scope ?? {};
  const windowMs = input.windowMs ?? RECENT_MS;
  const findings = checks.map((check) => judgeCheck(check, evidence, { nowMs, scope }));
  const ranked = rankActive(
    findings.filter((each) => each.verdict === "active"),
    inOrderOfTime(evidence),
  );
  const active = withPastEvents(ranked, nowMs);
  const notActive = findings.filter((each) => each.verdict === "healthy");
  const recovered = worstRecoveredFirst(
    findRecovered(notActive, evidence, { nowMs, windowMs, scope }),
  );
  const over = new Set(recovered.map(({ check }) => check));
  const healthy = notActive.filter(({ check }) => !over.has(check));
  const unknown = findings.filter((each) => each.verdict === "unknown");
  const chart = chartOf(active, evidence, { nowMs, windowMs: input.windowMs ?? CHART_WINDOW_MS });
  const { firstMs, lastMs, snapshots } = evidence;
  return {
    nowMs,
    scope,
    verdict: diagnosisVerdict({ active, recovered, unknown, checks: checks.length }),
    active,
    recovered,
    healthy,
    unknown,
    ...(chart === undefined ? {} : { chart }),
    history: {
      snapshots,
      ...(firstMs === undefined ? {} : { firstMs }),
      ...(lastMs === undefined ? {} : { lastMs }),
    },
  };
}

/** Of what is over a cause before what it explains, the worse, then what ended last. */
export function worstRecoveredFirst(recovered: readonly Recovered[]): readonly Recovered[] {
  const explained = new Set(recovered.flatMap(({ check }) => check.explains));
  return recovered.toSorted(
    (a, b) =>
      Number(explained.has(a.check.id)) - Number(explained.has(b.check.id)) ||
      severityRank(b.check.severity) - severityRank(a.check.severity) ||
      b.untilMs - a.untilMs ||
      (a.check.id < b.check.id ? -1 : 1),
  );
}

interface Weighed extends Pick<Diagnosis, "active" | "recovered" | "unknown"> {
  readonly checks: number;
}

/** What is over is the headline only while nothing is active. */
export function diagnosisVerdict({ active, recovered, unknown, checks }: Weighed): Verdict {
  const cause = active.find(({ check }) => severityRank(check.severity) > severityRank("info"));
  if (cause !== undefined) return { kind: "active", cause };
  const over = recovered.find(({ since, untilMs }) => untilMs - since.ms >= SHORTEST_MS);
  if (over !== undefined) return { kind: "recovered", cause: over };
  if (checks > 0 && unknown.length <= checks * MOST_UNKNOWN) return { kind: "clean" };
  // Of a server that has just been polled for the first time, its start is what can be told.
  const event = active.find(({ check }) => check.isEvent);
  if (event !== undefined && unknown.every(onlyLacksTime)) return { kind: "active", cause: event };
  return { kind: "cannot-tell", reasons: unknown.map(({ reason }) => reason) };
}

/** A few more polls settle it, or nothing critical depends on it. */
function onlyLacksTime({ check, reason }: Unknown): boolean {
  return check.severity !== "critical" || reason.kind === "short" || reason.kind === "sparse";
}

interface Window {
  readonly nowMs: number;
  readonly windowMs: number;
}

/** The first finding that has something to draw. */
function chartOf(active: readonly Ranked[], evidence: Evidence, window: Window): Chart | undefined {
  for (const finding of active) {
    const chart = readChart(finding, evidence, window);
    if (chart !== undefined) return chart;
  }
  return undefined;
}
