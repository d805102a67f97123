/** A PromQL expression against the server's metrics, labels and label values. */

import type { Catalogue } from "./catalogue.ts";
import type { ExpressionReader, ReadExpression, UsedMatcher, UsedSelector } from "./expression.ts";
import type { ExpressionMode, MentionPlace, MentionSource } from "./mention.ts";
import { type MetricMeaning, meaningOf, type Surface } from "./surface.ts";

export interface ExpressionMention extends MentionSource {
  readonly text: string;
  readonly mode: ExpressionMode;
}

/** Labels that every scraped series may carry: Prometheus' own, and the one for many clusters. */
const TARGET_LABELS: ReadonlySet<string> = new Set(["__name__", "job", "instance", "cluster"]);

/** What is wrong with it, a sentence each; nothing for an expression that is as it should be. */
export function checkExpression(
  mention: ExpressionMention,
  surface: Surface,
  read: ExpressionReader,
): string[] {
  const expression = read(mention.text);
  if (expression.kind === "broken") return brokenExpression(mention, expression.reason, surface);
  const context: ExpressionContext = { ...mention, surface, expression };
  return [
    ...expression.selectors.flatMap((selector) => checkSelector(selector, context)),
    ...checkGroupings(context),
  ];
}

interface ExpressionContext extends ExpressionMention {
  readonly surface: Surface;
  readonly expression: ReadExpression & { kind: "read" };
}

/** Code in prose may be `name{label,label}`: a metric with its labels, and no query. */
function brokenExpression({ mode, text }: ExpressionMention, reason: string, surface: Surface) {
  if (mode !== "loose") return [`not PromQL: ${reason}`];
  const [, name = "", labels = ""] = /^([a-z0-9_]+)\{([a-z_, ]+)\}/.exec(text) ?? [];
  const known = labelsOf(meaningOf(name, surface), surface);
  if (known === undefined) return [];
  return labels
    .split(",")
    .map((label) => label.trim())
    .filter((label) => !known.has(label))
    .map((label) => `${name} has no label ${label}`);
}

function checkSelector(selector: UsedSelector, context: ExpressionContext): string[] {
  const { metric } = selector;
  if (metric === undefined) {
    return context.mode === "query" ? ["a selector must demand one metric by its name"] : [];
  }
  const meaning = meaningIn(context, metric);
  const name = nameProblem(metric, meaning, context);
  if (name !== undefined) return [name];
  return [
    ...selector.matchers.flatMap((matcher) => matcherProblem(matcher, metric, context) ?? []),
    ...(context.mode === "query" ? problemsOfUse(selector, metric, meaning) : []),
  ];
}

/** Checks read the bot's own series too. */
function meaningIn({ surface, place }: ExpressionContext, metric: string): MetricMeaning {
  const isOwn = place === "check" && surface.ownSeries.names.has(metric);
  return isOwn ? { kind: "own" } : meaningOf(metric, surface);
}

function nameProblem(
  metric: string,
  meaning: MetricMeaning,
  context: ExpressionContext,
): string | undefined {
  switch (meaning.kind) {
    case "other":
    case "own":
    case "record":
      return undefined;
    case "server":
      return meaning.isRecorded || context.hedged || isProse(context)
        ? undefined
        : `no running server records ${metric}; say so beside it, or leave it out`;
    case "bucket":
      return isProse(context) || readsSummaryToo(meaning.base, context)
        ? undefined
        : `${metric} does not exist: histograms are summaries here, without buckets`;
    case "not-real":
      return isProse(context) ? undefined : `${metric} does not exist: ${meaning.truth}`;
    case "unknown":
      return `unknown metric ${metric}`;
  }
}

function isProse({ place, mode }: { place: MentionPlace; mode: ExpressionMode }): boolean {
  return mode === "loose" && (place === "prose" || place === "output");
}

/** A rule may serve builds with buckets too, when it reads the summary of the others beside them. */
function readsSummaryToo(base: string, { place, mode, expression }: ExpressionContext): boolean {
  if (place === "rule" && mode === "series") return true;
  return place === "rule" && expression.selectors.some(({ metric }) => metric === base);
}

function matcherProblem(
  matcher: UsedMatcher,
  metric: string,
  context: ExpressionContext,
): string | undefined {
  const { label, operator, value } = matcher;
  const meaning = meaningIn(context, metric);
  const known = labelsOf(meaning, context.surface);
  if (known !== undefined && !known.has(label)) return `${metric} has no label ${label}`;
  const values = labelValues(meaning, context.surface).get(label);
  const isPositive = operator === "=" || operator === "=~";
  if (values === undefined || !isPositive || value === "" || value.includes("$")) return undefined;
  return values.some(matcher.matches)
    ? undefined
    : `no series of ${metric} has ${label}${operator}"${value}"`;
}

function labelValues(
  { kind }: MetricMeaning,
  { catalogue, ownSeries }: Surface,
): ReadonlyMap<string, readonly string[]> {
  if (kind === "own") return ownSeries.labelValues;
  return kind === "server" ? catalogue.labelValues : new Map();
}

/** What a name alone does not show: rates of gauges, sums of twins, quantiles that are not named. */
function problemsOfUse(
  { matchers, isRated }: UsedSelector,
  metric: string,
  meaning: MetricMeaning,
): string[] {
  if (meaning.kind !== "server") return [];
  const selects = (label: string): boolean =>
    matchers.some((matcher) => matcher.label === label && !matcher.acceptsMissing);
  return [
    ...(isRated && !meaning.isCounter
      ? [`${metric} is not a counter: a rate or an increase of it means nothing`]
      : []),
    ...(meaning.hasTwin && !meaning.labels.some(selects)
      ? [`${metric} has an unlabelled twin: select {api_key!=""}, or everything counts double`]
      : []),
    ...(meaning.isSummary && meaning.suffix === "" && !selects("quantile")
      ? [`${metric} is a summary: name the quantile`]
      : []),
  ];
}

function checkGroupings(context: ExpressionContext): string[] {
  const { surface, expression } = context;
  return expression.groupings.flatMap(({ labels, metrics }) => {
    const known = metrics.map((metric) => labelsOf(meaningIn(context, metric), surface));
    if (known.length === 0 || known.includes(undefined)) return [];
    return labels
      .filter((label) => !known.some((each) => each?.has(label)))
      .map((label) => `${metrics.join(" and ")}: no label ${label} to group by`);
  });
}

/** Undefined when the labels are not known, as for a recording rule. */
function labelsOf(meaning: MetricMeaning, { catalogue }: Surface): ReadonlySet<string> | undefined {
  switch (meaning.kind) {
    case "server":
      return new Set([...meaning.labels, ...TARGET_LABELS]);
    case "other":
      return meaning.labels && new Set([...meaning.labels, ...TARGET_LABELS]);
    case "bucket":
      return new Set([...labelsOfBase(meaning.base, catalogue), "le", ...TARGET_LABELS]);
    case "own":
    case "record":
    case "not-real":
    case "unknown":
      return undefined;
  }
}

function labelsOfBase(base: string, { metrics }: Catalogue): readonly string[] {
  return metrics.get(base)?.labels ?? [];
}
