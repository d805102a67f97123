/** Which alert rules hold now, by our own evaluation: no Prometheus is needed for it. */

import type { Labels, Sample } from "../../exposition/sample.ts";
import type { History } from "../../history/history.ts";
import { dropLabels, NAME } from "../../history/metric.ts";
import { PromqlError } from "../../promql/promql-error.ts";
import { type Evidence, evidenceKey } from "../checks/evidence.ts";
import type { HeldRule, RecordingRule, Rule } from "./rule.ts";

/**
 * A history of one target as the rules see it: conditions on the labels that Prometheus adds hold for all
 * of it, but for `up`, which carries job and instance here, too. No series shows those two, so that
 * `on (job, instance)` finds the series of the one target on both sides.
 */
export function asScraped(history: History, labels: Labels = {}): History {
  const isAdded = (label: string): boolean =>
    SCRAPE_LABELS.has(label) || Object.hasOwn(labels, label);
  return {
    ...history,
    select(matchers) {
      const isUp = matchers.some(({ label, value }) => label === NAME && value === "up");
      const kept = matchers.filter(({ label }) => {
        return label === NAME || !isAdded(label) || (isUp && SCRAPE_LABELS.has(label));
      });
      return history.select(kept);
    },
    metric(series) {
      const metric = history.metric(series);
      return metric?.name === "up" ? dropLabels(metric, SCRAPE_LABELS) : metric;
    },
  };
}

/** Labels that Prometheus adds to whatever it scrapes. Our history is of one target and lacks them. */
const SCRAPE_LABELS: ReadonlySet<string> = new Set(["job", "instance"]);

/** What the recording rules come to at a moment, to be kept beside the samples they are made of. */
export function recordedSamples(
  recording: readonly RecordingRule[],
  evidence: Evidence,
  timeMs: number,
): Sample[] {
  return recording.flatMap(({ record, expr, labels }) =>
    rowsAt(expr, evidence, timeMs).map((row) => ({
      name: record,
      labels: { ...withoutName(row.labels), ...labels },
      value: row.value,
    })),
  );
}

function withoutName(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([label]) => label !== NAME));
}

/** The steps at which `for` is looked back over: the sampler's own interval. */
const STEP_MS = 15_000;

/** The rules whose expression has a result now, firing ones first. */
export function heldRules(rules: readonly Rule[], evidence: Evidence, nowMs: number): HeldRule[] {
  return rules
    .flatMap((rule) => resultsOf(rule, evidence, nowMs))
    .toSorted((a, b) => Number(a.state === "pending") - Number(b.state === "pending"));
}

function resultsOf(rule: Rule, evidence: Evidence, nowMs: number): HeldRule[] {
  const now = rowsAt(rule.expr, evidence, nowMs).map(({ labels, value }): HeldRule => {
    const isFiring = hasHeld(rule, evidence, { nowMs, key: evidenceKey(labels) });
    return { rule, labels, value, state: isFiring ? "firing" : "pending" };
  });
  return [...now, ...keptFiring(rule, evidence, { nowMs, now })];
}

/** With `keep_firing_for`, what fired so shortly ago fires on, with the value that it had last. */
function keptFiring(
  rule: Rule,
  evidence: Evidence,
  { nowMs, now }: { nowMs: number; now: readonly HeldRule[] },
): HeldRule[] {
  const seen = new Set(now.map(({ labels }) => evidenceKey(labels)));
  const kept: HeldRule[] = [];
  for (let timeMs = nowMs - STEP_MS; timeMs > nowMs - rule.keepFiringMs; timeMs -= STEP_MS) {
    for (const { labels, value } of rowsAt(rule.expr, evidence, timeMs)) {
      const key = evidenceKey(labels);
      if (seen.has(key)) continue;
      seen.add(key);
      if (hasHeld(rule, evidence, { nowMs: timeMs, key })) {
        kept.push({ rule, labels, value, state: "firing" });
      }
    }
  }
  return kept;
}

function hasHeld(
  rule: Rule,
  evidence: Evidence,
  { nowMs, key }: { nowMs: number; key: string },
): boolean {
  const sinceMs = nowMs - rule.forMs;
  if (rule.forMs > 0 && (evidence.firstMs ?? nowMs) > sinceMs) return false;
  for (let timeMs = nowMs - STEP_MS; timeMs >= sinceMs; timeMs -= STEP_MS) {
    const holds = rowsAt(rule.expr, evidence, timeMs).some(
      ({ labels }) => evidenceKey(labels) === key,
    );
    if (!holds) return false;
  }
  return true;
}

/** An expression that these data do not allow holds for nothing. */
function rowsAt(expr: string, evidence: Evidence, timeMs: number): ReturnType<Evidence["at"]> {
  try {
    return evidence.at(expr, timeMs);
  } catch (error) {
    if (error instanceof PromqlError) return [];
    throw error;
  }
}
