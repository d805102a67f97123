/**
 * What selectors, ranges and subqueries find in a history.
 *
 * A range includes both of its ends, as up to Prometheus 2.x (since 3.0 the left end is excluded,
 * https://prometheus.io/docs/prometheus/3.0/migration/#range-selectors-and-lookback-exclude-samples-coinciding-with-the-left-boundary).
 */
import type { Window } from "../history/block.ts";
import type { HistoryReader, HistorySlot } from "../history/history.ts";
import type { Metric } from "../history/metric.ts";
import { UNITS_OF_COLLECTED, UNITS_OF_MOMENT } from "./budget.ts";
import type { Evaluation, EvaluationTimes, Windows } from "./evaluation.ts";
import type { RangeSelector, Subquery, TimeShift, VectorSelector } from "./expression.ts";
import { emptyBefore } from "./past-of-samples.ts";
import { metricKey, type Point, type RangeSeries, type VectorSample } from "./value.ts";

/** The present value of every selected series. */
export function evaluateSelector(selector: VectorSelector, evaluation: Evaluation): VectorSample[] {
  const { history } = evaluation;
  const slot = selectedSlot(selector, evaluation);
  const samples: VectorSample[] = [];
  if (slot === undefined) {
    return samples;
  }
  const selected = selectSeries(selector, evaluation);
  evaluation.budget.spend(selected.length, selector.range);
  for (const series of selected) {
    const value = slot.read(series);
    const metric = history.metric(series);
    if (value !== undefined && metric !== undefined) {
      samples.push({ metric, value });
    }
  }
  return samples;
}

function selectSeries(
  { matchers }: VectorSelector,
  { history, isOrdered }: Evaluation,
): readonly number[] {
  const selected = history.select(matchers);
  return isOrdered ? inOrder(selected, history) : selected;
}

/** A history returns the same list for the same conditions until series come or go. */
const ordered = new WeakMap<readonly number[], readonly number[]>();

/** By their names and labels, as in Prometheus' storage. */
function inOrder(series: readonly number[], history: HistoryReader): readonly number[] {
  const known = ordered.get(series);
  if (known !== undefined) return known;
  const textOf = (each: number): string => {
    const metric = history.metric(each);
    return `${metric?.name} ${metric?.key}`;
  };
  const texts = new Map(series.map((each) => [each, textOf(each)]));
  const sorted = series.toSorted((left, right) =>
    (texts.get(left) ?? "") < (texts.get(right) ?? "") ? -1 : 1,
  );
  ordered.set(series, sorted);
  return sorted;
}

/** The snapshot that a selector reads; all of its samples have the snapshot's time. */
export function selectedSlot(
  selector: VectorSelector,
  evaluation: Evaluation,
): HistorySlot | undefined {
  return evaluation.history.slotAt(shiftedTime(selector, evaluation), evaluation.lookbackMs);
}

/** The samples of every selected series within the range. */
export function selectWindows(expr: RangeSelector, evaluation: Evaluation): Windows {
  const { history } = evaluation;
  const toMs = shiftedTime(expr.selector, evaluation);
  const fromMs = toMs - expr.rangeMs;

  return {
    fromMs,
    toMs,
    forEach(visit) {
      const range = history.between(fromMs, toMs);
      const window = withRoom(evaluation.window, range.capacity);
      const selected = selectSeries(expr.selector, evaluation);
      evaluation.budget.spend(selected.length, expr.range);
      for (const series of selected) {
        range.read(series, window);
        evaluation.budget.spend(window.length, expr.range);
        const metric = history.metric(series);
        if (window.length > 0 && metric !== undefined) {
          visit(metric, window);
        }
      }
    },
  };
}

/**
 * The values that an expression has at every step within the range. Steps are multiples of the step
 * since 1970, whatever the range (https://prometheus.io/blog/2019/01/28/subquery-support/).
 */
export function subqueryWindows(expr: Subquery, evaluation: Evaluation): Windows {
  const toMs = shiftedTime(expr, evaluation);
  const fromMs = toMs - expr.rangeMs;
  const stepMs = expr.stepMs ?? evaluation.stepMs;

  return {
    fromMs,
    toMs,
    forEach(visit) {
      const startMs = firstMoment(expr, { fromMs, toMs, stepMs }, evaluation);
      // Before the first moment is computed: most of what is too much is so by its steps alone.
      const moments = Math.max(0, (toMs - startMs) / stepMs);
      evaluation.budget.spend(UNITS_OF_MOMENT * moments, expr.range);
      const collected = collectSeries({ startMs, endMs: toMs, stepMs }, (timeMs) => {
        const samples = evaluation.at(timeMs).vector(expr.expr);
        evaluation.budget.spend(UNITS_OF_COLLECTED * samples.length, expr.range);
        return samples;
      });
      for (const { metric, points } of collected) {
        visit(metric, windowOf(points));
      }
    },
  };
}

/** The first of a subquery's moments at which there may be something; its last one in any case. */
function firstMoment(
  { expr }: Subquery,
  { fromMs, toMs, stepMs }: { fromMs: number; toMs: number; stepMs: number },
  { history }: Evaluation,
): number {
  const earliestMs = Math.min(Math.max(fromMs, emptyBefore(expr, history) ?? fromMs), toMs);
  const [first, last] = [Math.ceil(earliestMs / stepMs), Math.floor(toMs / stepMs)];
  // One moment at least: what is wrong about the expression is said there.
  return Math.max(Math.ceil(fromMs / stepMs), Math.min(first, last)) * stepMs;
}

/** The series that vectors at several moments make up. */
export function collectSeries(
  { startMs, endMs, stepMs }: { startMs: number; endMs: number; stepMs: number },
  vectorAt: (timeMs: number) => readonly VectorSample[],
): RangeSeries[] {
  const collected = new Map<string, CollectedSeries>();
  // Most metrics are the same object at every moment; to compare their keys takes ten times as long.
  const byMetric = new Map<Metric, CollectedSeries>();

  function seriesOf(metric: Metric): CollectedSeries {
    const key = metricKey(metric);
    const series = collected.get(key) ?? { metric, points: [] };
    collected.set(key, series);
    if (byMetric.size >= MOST_METRICS) byMetric.clear();
    byMetric.set(metric, series);
    return series;
  }

  for (let timeMs = startMs; timeMs <= endMs; timeMs += stepMs) {
    for (const { metric, value } of vectorAt(timeMs)) {
      const series = byMetric.get(metric) ?? seriesOf(metric);
      series.points.push({ timeMs, value });
    }
  }
  return [...collected.values()];
}

interface CollectedSeries extends RangeSeries {
  readonly points: Point[];
}

/** Where each moment makes metrics of its own, none comes again, and they must not be held. */
const MOST_METRICS = 20_000;

/** The moment that a selector reads, after its offset and @. */
function shiftedTime({ at, offsetMs }: TimeShift, times: EvaluationTimes): number {
  if (at === "start" || at === "end") {
    return (at === "start" ? times.startMs : times.endMs) - offsetMs;
  }
  return (at ?? times.timeMs) - offsetMs;
}

/** The same window, larger if it must be: making one takes longer than reading a series into it. */
function withRoom(window: Window, capacity: number): Window {
  if (window.times.length < capacity) Object.assign(window, createWindow(capacity));
  return window;
}

/** Room for so many samples of one series, used again for each. */
export function createWindow(capacity: number): Window {
  return { times: new Float64Array(capacity), values: new Float64Array(capacity), length: 0 };
}

/** A loop, since `Float64Array.from` goes through an iterator and takes ten times as long. */
function windowOf(points: readonly Point[]): Window {
  const window = createWindow(points.length);
  for (const { timeMs, value } of points) {
    window.times[window.length] = timeMs;
    window.values[window.length] = value;
    window.length += 1;
  }
  return window;
}
