/**
 * What `chart METRIC` draws: the expression for a pattern as people type it, or the PromQL that
 * stands in backticks.
 */

import type { Labels, Sample } from "../exposition/sample.ts";
import { type Absence, absenceOf } from "./checks/absent-series.ts";
import type { CheckUnit } from "./checks/check.ts";
import { EXPORTED_NAMES, EXPORTED_PREFIX, isExported } from "./exported-series.ts";
import { RECORDED } from "./known-metrics.ts";
import { isCounter } from "./metric-kinds.ts";
import { type LabelMatcher, parseSeriesQuery, type SeriesQuery } from "./series-query.ts";

export interface ChartPlan {
  readonly kind: "plan";
  readonly title: string;
  /** Takes the range of its rates, as in PromQL ("2m"), and where its series lie if not in a history. */
  readonly expr: (range: string, elsewhere?: Elsewhere) => string;
  readonly unit: CheckUnit;
  /** What a person must know about how it is drawn. */
  readonly notes: readonly string[];
}

/** Matchers of a target's series in a Prometheus: of the server's own, and of those that the bot exports. */
export interface Elsewhere {
  readonly server: readonly string[];
  readonly bot: readonly string[];
}

export type PlannedChart =
  | ChartPlan
  | ({ readonly kind: "none"; readonly query: string } & Absence)
  | { readonly kind: "not-understood"; readonly query: string; readonly problem: string };

/** PromQL as a person wrote it; whether it can be evaluated shows when it is. */
export function planExpression(expr: string): ChartPlan {
  return { kind: "plan", title: expr, expr: () => expr, unit: "count", notes: [] };
}

/** A series that may be drawn; without labels where only its name is known. */
interface Drawable {
  readonly name: string;
  readonly labels?: Labels;
}

/** What a server may export and the bot adds, for when nothing of it was seen. */
export const ALL_KNOWN: readonly Drawable[] = [...Object.keys(RECORDED), ...EXPORTED_NAMES].map(
  (name) => ({ name }),
);

/** The nearest name that matches, drawn as such a metric should be. */
export function planPattern(pattern: string, metrics: readonly Drawable[]): PlannedChart {
  const parsed = parseSeriesQuery(pattern);
  if (parsed.kind === "not-understood") {
    return { kind: "not-understood", query: parsed.text, problem: parsed.problem };
  }
  const { query } = parsed;
  const matching = metrics.filter(
    ({ name, labels }) =>
      query.matchesName(name) && (labels === undefined || matchesAll(query.matchers, labels)),
  );
  const names = [...new Set(matching.map(({ name }) => name))].toSorted(byNearness(query));
  const [name, ...others] = names;
  if (name === undefined) {
    const samples = metrics.map(
      ({ name: each, labels = {} }): Sample => ({ name: each, labels, value: 0 }),
    );
    return { kind: "none", query: query.text, ...absenceOf(samples, query) };
  }
  const own = matching.flatMap((each) =>
    each.name === name && each.labels !== undefined ? [each.labels] : [],
  );
  return planMetric(name, { labels: own, matchers: query.matchers, others });
}

interface Chosen {
  readonly labels: readonly Labels[];
  readonly matchers: readonly LabelMatcher[];
  readonly others: readonly string[];
}

function planMetric(name: string, { labels, matchers, others }: Chosen): ChartPlan {
  const quantiles = quantileMatcher(labels, matchers);
  const isRate = quantiles === undefined && isCounter(name);
  const own = [...matchers.map(({ promql }) => promql), ...(quantiles?.matchers ?? [])];
  const isMillis = RECORDED[name] === "milliseconds" || /_(ms|milliseconds)$/.test(name);
  const drawn = (range: string, of: string, extra: readonly string[]): string => {
    const all = [...own, ...extra];
    const selector = `${of}${all.length === 0 ? "" : `{${all.join(",")}}`}`;
    if (isRate) return `rate(${selector}[${range}])`;
    // Some series are asked in turns, so that not every poll has them.
    const last = `last_over_time(${selector}[${range}])`;
    return isMillis ? `${last} / 1000` : last;
  };
  const expr = (range: string, elsewhere?: Elsewhere): string => {
    if (elsewhere === undefined) return drawn(range, name, []);
    if (!isExported(name)) return drawn(range, name, elsewhere.server);
    // Two bots may export the same, each scraped under labels of its own.
    return `max without (${OF_SCRAPE}) (${drawn(range, EXPORTED_PREFIX + name, elsewhere.bot)})`;
  };
  const typed = matchers.map(({ promql }) => promql).join(",");
  return {
    kind: "plan",
    title: `${name}${typed === "" ? "" : `{${typed}}`}${isRate ? " per second" : ""}`,
    expr,
    unit: unitFor(name, isRate),
    notes: notesOf(
      quantiles,
      others.filter((other) => other !== `${name}_sum` && other !== `${name}_count`),
    ),
  };
}

/** What a scrape of the bot adds, and the target, of which there is one in a chart. */
const OF_SCRAPE = "job, instance, namespace, pod, service, endpoint, container, target, server";

interface Quantiles {
  readonly matchers: readonly string[];
  readonly note: string;
}

/** Of one summary the median and the high quantiles; of several only the 99th percentile. */
function quantileMatcher(
  labels: readonly Labels[],
  matchers: readonly LabelMatcher[],
): Quantiles | undefined {
  const given = labels.flatMap(({ quantile }) => quantile ?? []);
  if (given.length === 0) return undefined;
  if (matchers.some(({ label }) => label === "quantile")) return { matchers: [], note: "" };
  const known = new Set(given);
  const summaries = new Set(labels.map(withoutQuantile)).size;
  const wanted = summaries > 1 ? ["0.99"] : ["0.5", "0.95", "0.99"];
  const shown = wanted.filter((each) => known.has(each));
  if (shown.length === 0) return { matchers: [], note: "" };
  const note = summaries > 1 ? "Of each summary the 99th percentile." : "";
  const value = shown.map((each) => each.replace(".", "\\\\.")).join("|");
  return { matchers: [`quantile=~"${value}"`], note };
}

function withoutQuantile(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).filter(([name]) => name !== "quantile"));
}

const NAMED = 5;

function notesOf(quantiles: Quantiles | undefined, others: readonly string[]): string[] {
  const left = others.length - NAMED;
  const more = left > 0 ? ` and ${left} more` : "";
  return [
    ...(quantiles === undefined || quantiles.note === "" ? [] : [quantiles.note]),
    ...(others.length === 0
      ? []
      : [`The pattern matches these, too: ${others.slice(0, NAMED).join(", ")}${more}.`]),
  ];
}

function unitFor(name: string, isRate: boolean): CheckUnit {
  const base = name.replace(/_(sum|count|bucket|total)$/, "");
  const known = RECORDED[name] ?? RECORDED[base];
  const isBytes = known === "bytes" || base.endsWith("_bytes");
  const isTime =
    known === "seconds" || known === "milliseconds" || /_(seconds|ms|milliseconds)$/.test(base);
  if (isRate) return isBytes && !name.endsWith("_count") ? "bytes_per_second" : "per_second";
  if (isTime) return "seconds";
  if (isBytes) return "bytes";
  return name.endsWith("_ratio") ? "ratio" : "count";
}

function matchesAll(matchers: readonly LabelMatcher[], labels: Labels): boolean {
  return matchers.every((matcher) => matcher.matches(labels));
}

/** The name in full, then those that begin so, then the shortest: what was typed is most of it. */
function byNearness({ name: typed }: SeriesQuery): (a: string, b: string) => number {
  const rank = (name: string): number => {
    const lower = name.toLowerCase();
    if (lower === typed) return 0;
    return lower.startsWith(typed) ? 1 : 2;
  };
  return (a, b) => rank(a) - rank(b) || a.length - b.length || (a < b ? -1 : 1);
}
