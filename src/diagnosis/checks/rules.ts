/** Which alert rules hold right now, by our own evaluation: no Prometheus is needed for it. */

import { z } from "zod";
import type { Labels } from "../../exposition/sample.ts";
import type { History } from "../../history/history.ts";
import { dropLabels } from "../../history/metric.ts";
import { parseDuration } from "../../promql/duration.ts";
import { type Expr, selectedName, selectorsOf } from "../../promql/expression.ts";
import { parsePromql } from "../../promql/parse.ts";
import { PromqlError } from "../../promql/promql-error.ts";
import { type Evidence, evidenceKey } from "./evidence.ts";

export interface Rule {
  readonly alert: string;
  readonly expr: string;
  /** How long the expression must hold before the alert fires, in milliseconds. */
  readonly forMs: number;
  readonly severity: string;
}

export interface HeldRule {
  readonly rule: Rule;
  /** What its result says of itself; empty when it is one number. */
  readonly labels: Labels;
  readonly value: number;
  /** Firing for Prometheus; pending while it has not held for its `for` yet. */
  readonly state: "firing" | "pending";
}

export interface LoadedRules {
  readonly rules: readonly Rule[];
  /** One sentence per rule or file that cannot be used. */
  readonly problems: readonly string[];
}

const ruleSchema = z.looseObject({
  alert: z.string().optional(),
  expr: z.union([z.string(), z.number()]).transform(String),
  for: z.string().default("0s"),
  labels: z.record(z.string(), z.string()).default({}),
});

const fileSchema = z.looseObject({
  groups: z.array(z.looseObject({ rules: z.array(ruleSchema) })),
});

/**
 * Reads a rule file's parsed YAML (Prometheus documentation, "Alerting rules"). Recording rules,
 * and rules over metrics that the server does not have, are passed over; a rule whose expression
 * cannot be read is named.
 */
export function readRules(file: string, content: unknown): LoadedRules {
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { rules: [], problems: [`${file}: ${issue?.path.join(".")}: ${issue?.message}`] };
  }
  const reads = parsed.data.groups.flatMap(({ rules }) =>
    rules.map((rule) => readRule(file, rule)),
  );
  return {
    rules: reads.flatMap((read) => (typeof read === "object" ? [read] : [])),
    problems: reads.flatMap((read) => (typeof read === "string" ? [read] : [])),
  };
}

function readRule(file: string, rule: z.output<typeof ruleSchema>): Rule | string | undefined {
  if (rule.alert === undefined) return undefined;
  const forMs = parseDuration(rule.for);
  if (forMs === undefined) return `${file}: ${rule.alert}: "${rule.for}" is no duration`;
  try {
    if (!isOurs(parsePromql(rule.expr))) return undefined;
  } catch (error) {
    if (!(error instanceof PromqlError)) throw error;
    return `${file}: ${rule.alert}: ${error.message}`;
  }
  return { alert: rule.alert, expr: rule.expr, forMs, severity: rule.labels["severity"] ?? "none" };
}

/** What our own looks bring of a server; rules over other exporters are for Prometheus alone. */
const OURS = /^(streamline_\w+|kafka_\w+|up)$/;

/** Whether every metric of the rule can be in a history of ours: an absent() of others would lie. */
function isOurs(expr: Expr): boolean {
  const names = selectorsOf(expr).map(selectedName);
  return names.length > 0 && names.every((name) => name !== undefined && OURS.test(name));
}

/** Labels that Prometheus adds to what it scrapes. Our history is of one target and lacks them. */
const SCRAPE_LABELS = new Set(["job", "instance"]);

/**
 * A history of one target as the rules see it: conditions on job and instance hold for all of it, but
 * for `up`, which carries them here, too. No series shows them, so that `on (job, instance)` finds the
 * series of the one target on both sides.
 */
export function asScraped(history: History): History {
  return {
    ...history,
    select(matchers) {
      const isUp = matchers.some(({ label, value }) => label === "__name__" && value === "up");
      const kept = isUp ? matchers : matchers.filter(({ label }) => !SCRAPE_LABELS.has(label));
      return history.select(kept);
    },
    metric(series) {
      const metric = history.metric(series);
      return metric?.name === "up" ? dropLabels(metric, SCRAPE_LABELS) : metric;
    },
  };
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
  return rowsAt(rule, evidence, nowMs).map(({ labels, value }) => ({
    rule,
    labels,
    value,
    state: hasHeld(rule, evidence, { nowMs, key: evidenceKey(labels) }) ? "firing" : "pending",
  }));
}

function hasHeld(
  rule: Rule,
  evidence: Evidence,
  { nowMs, key }: { nowMs: number; key: string },
): boolean {
  const sinceMs = nowMs - rule.forMs;
  if (rule.forMs > 0 && (evidence.firstMs ?? nowMs) > sinceMs) return false;
  for (let timeMs = nowMs - STEP_MS; timeMs >= sinceMs; timeMs -= STEP_MS) {
    const holds = rowsAt(rule, evidence, timeMs).some(({ labels }) => evidenceKey(labels) === key);
    if (!holds) return false;
  }
  return true;
}

/** An expression that these data do not allow holds for nothing. */
function rowsAt(rule: Rule, evidence: Evidence, timeMs: number): ReturnType<Evidence["at"]> {
  try {
    return evidence.at(rule.expr, timeMs);
  } catch (error) {
    if (error instanceof PromqlError) return [];
    throw error;
  }
}
