/** A diagnosis in words: the verdict, what could not be checked and why. */

import { count } from "../../block-kit/text.ts";
import { duration } from "../../block-kit/times.ts";
import { severityRank } from "../../diagnosis/checks/check.ts";
import type { Diagnosis } from "../../diagnosis/checks/diagnose.ts";
import type { Lack, Recovered, Unknown } from "../../diagnosis/checks/finding.ts";
import type { Ranked } from "../../diagnosis/checks/rank.ts";
import { DESCRIBED_ONLY } from "../../diagnosis/known-metrics.ts";

/** A sign beside the words, never instead of them. */
export const SIGNS = { critical: "🔴", warning: "🟠", info: "🔵" } as const;

/** The verdict in one sentence that a person can act on. */
export function verdictSentence(diagnosis: Diagnosis, target: string): string {
  const { verdict, healthy, unknown, nowMs } = diagnosis;
  const where = `${target}${scopeWords(diagnosis)}`;
  const unchecked = `${count(unknown.length, "check")} could not be made`;
  const asOf = asOfWords(diagnosis);
  switch (verdict.kind) {
    case "active": {
      const { sentences, check, since } = verdict.cause;
      const sentence = sentences[0] ?? check.title;
      return `${SIGNS[verdict.cause.weight]} ${sentence}, ${sinceWords(since, nowMs)}${asOf}.`;
    }
    case "recovered": {
      const others = unknown.length === 0 ? "" : ` (${unchecked})`;
      return `🟢 Nothing is wrong with ${where} now${asOf}${others}. ${recoveredSentence(verdict.cause, nowMs)}`;
    }
    case "clean":
      return unknown.length === 0
        ? `🟢 Nothing is wrong with ${where} that I can see${asOf}: all ${healthy.length} checks are fine.`
        : `🟢 Nothing is wrong with ${where} that I can see${asOf}, but ${unchecked}; ${healthy.length} are fine.`;
    case "cannot-tell":
      return `⚪ I cannot tell what is wrong with ${where}, because ${mainReason(unknown, nowMs)}: ${unchecked}.`;
  }
}

/** What is over, as past: "Recovered 3 min ago, lasted 2 min: …". */
export function recoveredSentence(
  { sentences, check, since, untilMs }: Recovered,
  nowMs: number,
): string {
  const atLeast = since.orEarlier ? " or longer" : "";
  const lasted = `lasted ${duration(Math.max(1_000, untilMs - since.ms))}${atLeast}`;
  const ago = duration(Math.max(1_000, nowMs - untilMs));
  return `Recovered ${ago} ago, ${lasted}. It was: ${sentences[0] ?? check.title}.`;
}

/** The longest time between two polls that may be configured, and what a poll itself may take. */
const PRESENT_MS = 25_000;

/** ", as of 40 s ago" when the last poll is too old for the present tense. */
function asOfWords({ history: { lastMs }, nowMs }: Diagnosis): string {
  return lastMs === undefined || nowMs - lastMs <= PRESENT_MS
    ? ""
    : `, as of ${duration(nowMs - lastMs)} ago`;
}

/** "for 12 min (since 10:02 UTC)"; what began before the history has no beginning. */
export function sinceWords({ ms, orEarlier }: Ranked["since"], nowMs: number): string {
  const clock = `${new Date(ms).toISOString().slice(11, 16)} UTC`;
  if (nowMs - ms < 1_000) return "seen just now";
  const span = duration(nowMs - ms);
  return orEarlier
    ? `for ${span} or longer (since ${clock} at least)`
    : `for ${span} (since ${clock})`;
}

/** The other causes and symptoms, told apart. */
export function othersSentence({ active, verdict }: Diagnosis): string | undefined {
  if (verdict.kind !== "active") return undefined;
  const others = active.filter((each) => each.check.id !== verdict.cause.check.id);
  const symptoms = others.filter(({ isExplained }) => isExplained);
  const causes = others.filter(
    ({ isExplained, weight }) => !isExplained && severityRank(weight) > severityRank("info"),
  );
  const parts = [
    ...(causes.length === 0 ? [] : [`Also wrong: ${titles(causes)}.`]),
    ...(symptoms.length === 0 ? [] : [`Because of it, or of these: ${titles(symptoms)}.`]),
  ];
  return parts.length === 0 ? undefined : parts.join(" ");
}

function titles(findings: readonly Ranked[]): string {
  return findings.map(({ check }) => check.title).join(", ");
}

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

function mainReason(unknown: readonly Unknown[], nowMs: number): string {
  const [first] = uncheckedByReason(unknown, nowMs);
  return first === undefined ? "there is no check" : first.reason;
}

/** Reasons that one sentence can tell together. */
function kindOf(reason: Lack): string {
  switch (reason.kind) {
    case "missing":
      return DESCRIBED_ONLY.has(metricOf(reason.series)) ? "never recorded" : "missing";
    case "stale":
      return `stale ${reason.freshMs}`;
    case "short":
      return "short";
    case "idle":
      return `idle ${reason.overMs}`;
    case "failed":
      return `failed ${reason.message}`;
  }
}

/** Reasons of one kind as a clause: "streamline_requests_total is missing". */
function reasonWords(reasons: readonly Lack[], nowMs: number): string {
  const [first] = reasons;
  const names = reasons.flatMap((each) => (each.kind === "failed" ? [] : [metricOf(each.series)]));
  const { words, verb } = listed([...new Set(names)]);
  switch (first?.kind) {
    case "missing":
      return kindOf(first) === "missing"
        ? `${words} ${verb("is", "are")} missing`
        : `this server never records ${words}`;
    case "stale":
      return `${words} ${verb("has", "have")} not come for more than ${duration(first.freshMs)}`;
    case "short":
      return `there are not enough samples yet (${duration(longestWait(reasons, nowMs))} more are needed at most)`;
    case "idle":
      return `nothing of the kind was asked of the server in the last ${duration(first.overMs)} (${words} ${verb("stands", "stand")} still)`;
    case "failed":
      return `an expression cannot be evaluated here (${first.message})`;
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

function longestWait(reasons: readonly Lack[], nowMs: number): number {
  const waits = reasons.map((each) => (each.kind === "short" ? each.readyMs - nowMs : 0));
  return Math.max(1_000, ...waits);
}

/** The name is enough for a person; the label conditions stand in the runbook. */
function metricOf(series: string): string {
  return series.split("{", 1)[0] ?? series;
}

function scopeWords({ scope }: Diagnosis): string {
  const { topic, group } = scope;
  const parts = [
    ...(topic === undefined ? [] : [`topic ${topic}`]),
    ...(group === undefined ? [] : [`group ${group}`]),
  ];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}
