/**
 * All checks over hours that somebody else kept -> what is wrong, what was and when, what nobody can tell.
 *
 * The checks, their needs and the judgement of one moment are those of every diagnosis. What differs: they
 * are judged over the whole window, so that "ruled out" holds for all of it, and "not checked" as well.
 */

import { type Check, severityRank } from "../checks/check.ts";
import { type Diagnosis, diagnosisVerdict, worstRecoveredFirst } from "../checks/diagnose.ts";
import type { Active, Healthy, MissingEvidence, Recovered, Unknown } from "../checks/finding.ts";
import { judgeCheck, momentOfCheck, type Scope } from "../checks/judge-check.ts";
import { inOrderOfTime, rankActive } from "../checks/rank.ts";
import { type Chart, readChart } from "../read-chart.ts";
import type { FetchedEvidence } from "./fetched-evidence.ts";
import { type SeenMoment, type Spell, spellsOf } from "./spells.ts";
import type { PastCause, WindowReport } from "./window-report.ts";

export interface WindowQuestion {
  readonly evidence: FetchedEvidence;
  readonly scope: Scope;
  readonly windowMs: number;
}

/** Fewer moments than this are too few to rule anything out. */
export const LEAST_MOMENTS = 10;
/** Single lost scrapes are nobody's business. */
const WHOLE_SHARE = 0.9;

/** What one check says of the window. */
export interface CheckOverTime {
  readonly check: Check;
  readonly spells: readonly Spell[];
  /** Moments that could tell, and their part of all. */
  readonly moments: number;
  readonly share: number;
  readonly now: Active | Healthy | Unknown;
  /** As it was when it was worst, the last time. */
  readonly worst?: Active;
  /** What kept it from being judged, most of the time. */
  readonly missing?: MissingEvidence;
}

/** The diagnosis, from what each of the checks says; `source` is the address of whoever kept the evidence. */
export function diagnoseWindow(
  all: readonly CheckOverTime[],
  question: WindowQuestion & { readonly source: string },
): Diagnosis & { window: WindowReport } {
  const { evidence, scope, windowMs, source } = question;
  const { endMs: nowMs, stepMs } = evidence.moments;
  const active = rankActive(
    all.flatMap(({ now, spells }) => (now.verdict === "active" ? [sinceSpell(now, spells)] : [])),
    inOrderOfTime(evidence),
  );
  const recovered = worstRecoveredFirst(all.flatMap(recoveredOf));
  const quiet = all.filter(({ now, spells }) => now.verdict !== "active" && spells.length === 0);
  const healthy = quiet
    .filter(({ moments }) => moments >= LEAST_MOMENTS)
    .map(({ check }): Healthy => ({ verdict: "healthy", check }));
  const unknown = all.flatMap((seen) => unknownOf(seen));
  const inPart = quiet.filter(
    ({ moments, share }) => moments >= LEAST_MOMENTS && share < WHOLE_SHARE,
  );
  const chart = chartOf([...active, ...recovered], evidence, { nowMs, windowMs });
  return {
    nowMs,
    scope,
    verdict: diagnosisVerdict({ active, recovered, unknown, checks: all.length }),
    active,
    recovered,
    healthy,
    unknown,
    ...(chart === undefined ? {} : { chart }),
    history: { snapshots: evidence.snapshots, firstMs: nowMs - windowMs, lastMs: nowMs },
    window: {
      fromMs: nowMs - windowMs,
      toMs: nowMs,
      stepMs,
      source,
      past: pastOf(all),
      inPart: inPart.map(({ check, share }) => ({ check, share })),
    },
  };
}

/** Some milliseconds of computing for a check; all of them at once would be half a second. */
export function checkOverTime(
  check: Check,
  { evidence, scope, windowMs }: WindowQuestion,
): CheckOverTime {
  const { endMs, stepMs } = evidence.moments;
  const fromMs = endMs - windowMs;
  // From the first moment that was fetched on: what goes on when the window begins began before it.
  const moments = evidence
    .polls(0, endMs)
    .toReversed()
    .map(
      (timeMs): SeenMoment => ({
        timeMs,
        seen: momentOfCheck(check, evidence, { nowMs: timeMs, scope }),
      }),
    );
  const within = moments.filter(({ timeMs }) => timeMs >= fromMs);
  const allMissing = within.flatMap(({ seen }) => (seen.kind === "unknown" ? [seen.reason] : []));
  const missing = commonest(allMissing);
  const spells = spellsOf(check, moments, stepMs).filter(({ untilMs }) => untilMs >= fromMs);
  const worstMs = spells.at(-1)?.worstMs;
  const worst =
    worstMs === undefined ? undefined : judgeCheck(check, evidence, { nowMs: worstMs, scope });
  return {
    check,
    spells,
    moments: within.length - allMissing.length,
    share: within.length === 0 ? 0 : 1 - allMissing.length / within.length,
    now: judgeCheck(check, evidence, { nowMs: endMs, scope }),
    ...(worst?.verdict === "active" ? { worst } : {}),
    ...(missing === undefined ? {} : { missing }),
  };
}

function commonest(allMissing: readonly MissingEvidence[]): MissingEvidence | undefined {
  const kinds = [...Map.groupBy(allMissing, ({ kind }) => kind).values()];
  return kinds.toSorted((a, b) => b.length - a.length)[0]?.at(-1);
}

/** What says itself when it began is believed. */
function sinceSpell(now: Active, spells: readonly Spell[]): Active {
  const last = spells.at(-1);
  if (now.check.began !== undefined || last === undefined) return now;
  return { ...now, since: { ms: last.fromMs, orEarlier: last.orEarlier } };
}

/** Only what lasts can be over; a remark is no news when it ends. */
function recoveredOf({ check, spells, now, worst }: CheckOverTime): Recovered[] {
  const last = spells.at(-1);
  if (last === undefined || now.verdict === "active" || last.end !== "over") return [];
  if (check.severity === "info" || check.isEvent) return [];
  if (worst === undefined) return [];
  const since = { ms: last.fromMs, orEarlier: last.orEarlier };
  const { rows, sentences } = worst;
  return [{ verdict: "recovered", check, rows, sentences, since, untilMs: last.untilMs }];
}

/** Not known of most of the window, or active before and not known now. */
function unknownOf({ check, spells, moments, now, missing }: CheckOverTime): Unknown[] {
  if (now.verdict === "active") return [];
  if (spells.length > 0) return now.verdict === "unknown" ? [now] : [];
  if (moments >= LEAST_MOMENTS) return [];
  const reason = missing ?? (now.verdict === "unknown" ? now.reason : undefined);
  return reason === undefined ? [] : [{ verdict: "unknown", check, reason }];
}

function pastOf(all: readonly CheckOverTime[]): PastCause[] {
  const past = all.filter(({ check, spells }) => spells.length > 0 && check.severity !== "info");
  const explained = new Set(past.flatMap(({ check }) => check.explains));
  return past
    .toSorted(
      (a, b) =>
        Number(explained.has(a.check.id)) - Number(explained.has(b.check.id)) ||
        severityRank(b.check.severity) - severityRank(a.check.severity) ||
        (b.spells.at(-1)?.untilMs ?? 0) - (a.spells.at(-1)?.untilMs ?? 0) ||
        (a.check.id < b.check.id ? -1 : 1),
    )
    .map(({ check, spells, worst }) => ({ check, spells, sentences: worst?.sentences ?? [] }));
}

/** Of the first finding that draws anything: one chart is fetched. */
function chartOf(
  findings: readonly Pick<Active, "check" | "rows">[],
  evidence: FetchedEvidence,
  window: { readonly nowMs: number; readonly windowMs: number },
): Chart | undefined {
  const first = findings.find(({ check }) => check.chart !== undefined);
  return first === undefined ? undefined : readChart(first, evidence, window);
}
