/**
 * Which rules can be judged from the series of one target.
 *
 * A rule about another system is neither firing nor clear here: `absent(up{job="node"})` would always
 * hold over a history that has no such series. What decides are a selector's conditions, not only the
 * name of its metric.
 */

import { type Labels, labelValue } from "../../exposition/sample.ts";
import type { History } from "../../history/history.ts";
import type { Matcher } from "../../history/matcher.ts";
import { NAME } from "../../history/metric.ts";
import {
  type Aggregation,
  type Expr,
  partsOf,
  selectorsOf,
  type VectorSelector,
} from "../../promql/expression.ts";
import type { PassedOverRule, RecordingRule } from "./rule.ts";
import { unseenCondition } from "./unseen-series.ts";

/** What is known of a target to judge by. */
export interface RuleScope {
  readonly history: History;
  /** The labels that Prometheus adds to the target's series: job, instance and those configured. */
  readonly labels: Labels;
  /** Names under which recording rules keep series of this target. */
  readonly recorded: ReadonlySet<string>;
}

/**
 * What the server itself, or we on its behalf, can tell. Of the names that begin with "kafka_" it has two;
 * all others are those of exporters beside a Kafka.
 */
const STREAMLINE = /^(?:streamline_\w+|kafka_consumer_consumer_lag(?:_max)?|up)$/;
/** A pattern that finds nothing but a Streamline server's metrics. */
const STREAMLINE_PATTERN = /^\^?(?:streamline_|kafka_consumer_consumer_lag)/;

/** Why the series of the target cannot judge the expression; undefined when they can. */
export function whyNotJudged(
  expr: Expr,
  scope: RuleScope,
): Omit<PassedOverRule, "alert"> | undefined {
  const selectors = selectorsOf(expr);
  if (selectors.length === 0) return { reason: "it reads no series", isForeign: false };
  const foreign = selectors.find((selector) => !isAboutTarget(selector, scope));
  if (foreign !== undefined) {
    return { reason: `${selectorText(foreign)} is not about this target`, isForeign: true };
  }
  const counted = countedServers(expr, scope);
  if (counted !== undefined) {
    const text = oneLine(counted.text);
    return { reason: `${text} counts servers, of which this is one`, isForeign: false };
  }
  const unseen = unseenCondition(expr, scope);
  return unseen === undefined
    ? undefined
    : { reason: `nothing with ${unseen} was ever seen at this target`, isForeign: false };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** What these make of one server says nothing of all. */
const OF_ALL: ReadonlySet<string> = new Set("sum count avg stddev stdvar quantile".split(" "));
/** Nor do these, of `up`; of what every server knows of its cluster, they nearly do. */
const OF_ALL_UP: ReadonlySet<string> = new Set(["min", "max"]);

/**
 * The part that puts all servers of a fleet together: `count(up{job="streamline"}) < 3` always holds for
 * the series of one. That is an aggregation that drops the instance, of what each server has once.
 */
function countedServers(expr: Expr, scope: RuleScope): Aggregation | undefined {
  if (expr.kind === "aggregation") {
    const keepsInstance = expr.grouping.includes("instance") !== expr.without;
    if (!keepsInstance && isOfAll(expr, scope)) return expr;
  }
  return partsOf(expr)
    .map((part) => countedServers(part, scope))
    .find((found) => found !== undefined);
}

function isOfAll({ operator, expr }: Aggregation, { history }: RuleScope): boolean {
  const selectors = selectorsOf(expr);
  if (selectors.length === 0) return false;
  if (selectors.every(({ matchers }) => isAboutUp(matchers))) {
    return OF_ALL.has(operator) || OF_ALL_UP.has(operator);
  }
  return OF_ALL.has(operator) && selectors.every((selector) => isOncePerServer(selector, history));
}

/** `up` and what else has no labels but those that Prometheus adds. */
function isOncePerServer({ matchers }: VectorSelector, history: History): boolean {
  if (isAboutUp(matchers)) return true;
  const family = history.select(matchers.filter(({ label }) => label === NAME));
  const labels = history.metric(family[0] ?? -1)?.labels;
  return family.length === 1 && labels !== undefined && Object.keys(labels).length === 0;
}

/**
 * The names under which recording rules keep series of this target: of those alone that it can judge. A
 * rule that records another system's series records nothing here, and its absence says nothing.
 */
export function recordedHere(
  recording: readonly RecordingRule[],
  { history, labels }: Omit<RuleScope, "recorded">,
): ReadonlySet<string> {
  const recorded = new Set<string>();
  for (let before = -1; before < recorded.size; ) {
    before = recorded.size;
    for (const { record, parsed } of recording) {
      const isConstant = selectorsOf(parsed).length === 0;
      const isOurs =
        isConstant || whyNotJudged(parsed, { history, labels, recorded }) === undefined;
      if (isOurs) recorded.add(record);
    }
  }
  return recorded;
}

function isAboutTarget({ matchers }: VectorSelector, scope: RuleScope): boolean {
  if (!hasOurName(matchers, scope.recorded)) return false;
  return matchers.every((matcher) => matcher.label === NAME || canHold(matcher, matchers, scope));
}

function hasOurName(matchers: readonly Matcher[], recorded: ReadonlySet<string>): boolean {
  const names = matchers.filter(({ label }) => label === NAME);
  return names.some(({ operator, value }) => {
    if (operator === "=") return STREAMLINE.test(value) || recorded.has(value);
    return (
      operator === "=~" && alternativesOf(value).every((each) => STREAMLINE_PATTERN.test(each))
    );
  });
}

/** What stands between the "|" of a pattern that are not in a group. */
function alternativesOf(pattern: string): string[] {
  const alternatives = [""];
  let depth = 0;
  for (const sign of pattern) {
    if (sign === "(") depth += 1;
    if (sign === ")") depth -= 1;
    if (sign === "|" && depth === 0) alternatives.push("");
    else alternatives[alternatives.length - 1] += sign;
  }
  return alternatives;
}

/**
 * Whether a condition can hold for series of the target: one on a label that Prometheus adds is compared
 * with what it adds; one on a label that no series of the metric carries asks for somebody else's.
 */
function canHold(matcher: Matcher, matchers: readonly Matcher[], scope: RuleScope): boolean {
  const added = scope.labels[matcher.label];
  const isJob = matcher.label === "job" || matcher.label === "instance";
  if (isJob && !isAboutUp(matchers)) return true;
  if (added !== undefined) return matcher.matches(added);
  if (matcher.matches("")) return true;
  const family = scope.history.select(matchers.filter(({ label }) => label === NAME));
  return (
    family.length === 0 || family.some((series) => carries(scope.history, series, matcher.label))
  );
}

function isAboutUp(matchers: readonly Matcher[]): boolean {
  return matchers.some(({ label, value }) => label === NAME && value === "up");
}

function carries(history: History, series: number, label: string): boolean {
  return labelValue(history.metric(series)?.labels ?? {}, label) !== "";
}

function selectorText({ matchers }: VectorSelector): string {
  const name =
    matchers.find(({ label, operator }) => label === NAME && operator === "=")?.value ?? "";
  const others = matchers.filter(({ label, operator }) => label !== NAME || operator !== "=");
  const conditions = others.map(({ label, operator, value }) => `${label}${operator}"${value}"`);
  return conditions.length === 0 ? name : `${name}{${conditions.join(", ")}}`;
}
