/**
 * The series of one poll of /metrics that a person asked for: a page of them, in a useful order.
 *
 * A summary's quantiles, sum and count are one row, because `0.99` alone says nothing.
 */

import type { Labels, Sample } from "../exposition/sample.ts";
import { type Absence, absenceOf } from "./checks/absent-series.ts";
import type { ParsedQuery, SeriesQuery } from "./series-query.ts";

/** What fits on a screen; more rows of numbers are not read. */
export const PAGE_ROWS = 20;

interface Quantile {
  /** From "0" (smallest) to "1" (largest), as the server writes it. */
  readonly quantile: string;
  readonly value: number;
}

export type SeriesRow =
  | {
      readonly kind: "value";
      readonly name: string;
      readonly labels: Labels;
      readonly value: number;
    }
  | {
      readonly kind: "summary";
      readonly name: string;
      readonly labels: Labels;
      readonly quantiles: readonly Quantile[];
      readonly sum?: number;
      readonly count?: number;
    };

export type SeriesAnswer =
  | {
      readonly kind: "found";
      readonly query: string;
      /** Rows of one name follow each other. */
      readonly rows: readonly SeriesRow[];
      readonly leftOut: number;
      /** Matching series, of which a summary's row holds several. */
      readonly series: number;
    }
  | ({ readonly kind: "none"; readonly query: string } & Absence)
  | { readonly kind: "not-understood"; readonly query: string; readonly problem: string };

/** Finds the series that match; without any, says what is nearest and what never appears. */
export function findSeries(samples: readonly Sample[], parsed: ParsedQuery): SeriesAnswer {
  if (parsed.kind === "not-understood") {
    return { kind: "not-understood", query: parsed.text, problem: parsed.problem };
  }
  const { query } = parsed;
  const matching = matchingSamples(samples, query);
  if (matching.length === 0) {
    return { kind: "none", query: query.text, ...absenceOf(samples, query) };
  }
  const byName = Map.groupBy(foldSummaries(matching), (row) => row.name);
  const families = [...byName.keys()]
    .toSorted((a, b) => nearness(a, query) - nearness(b, query) || compareText(a, b))
    .map((name) => (byName.get(name) ?? []).toSorted(byValue));
  const total = families.reduce((sum, rows) => sum + rows.length, 0);
  const rows = fairPage(families);
  return {
    kind: "found",
    query: query.text,
    rows,
    leftOut: total - rows.length,
    series: matching.length,
  };
}

function matchingSamples(samples: readonly Sample[], query: SeriesQuery): Sample[] {
  const names = new Map<string, boolean>();
  return samples.filter(({ name, labels }) => {
    const matches = names.get(name) ?? query.matchesName(name);
    names.set(name, matches);
    return matches && query.matchers.every((matcher) => matcher.matches(labels));
  });
}

interface Fold {
  readonly name: string;
  readonly labels: Labels;
  readonly quantiles: Quantile[];
  sum?: number;
  count?: number;
}

/** Gathers `x{quantile="…"}`, `x_sum` and `x_count`; sum and count without quantiles stay apart. */
function foldSummaries(samples: readonly Sample[]): SeriesRow[] {
  const folds = new Map<string, Fold>();
  const rest: Sample[] = [];
  for (const sample of samples) {
    const { quantile, ...labels } = sample.labels;
    if (quantile === undefined) {
      rest.push(sample);
      continue;
    }
    const key = seriesKey(sample.name, labels);
    const fold: Fold = folds.get(key) ?? { name: sample.name, labels, quantiles: [] };
    fold.quantiles.push({ quantile, value: sample.value });
    folds.set(key, fold);
  }
  const values = rest.filter((sample) => !addToFold(folds, sample));
  return [
    ...values.map(({ name, labels, value }): SeriesRow => ({ kind: "value", name, labels, value })),
    ...[...folds.values()].map((fold): SeriesRow => ({ kind: "summary", ...inOrder(fold) })),
  ];
}

function addToFold(folds: ReadonlyMap<string, Fold>, sample: Sample): boolean {
  const part = /^(.+)_(sum|count)$/.exec(sample.name);
  const fold = part === null ? undefined : folds.get(seriesKey(part[1] ?? "", sample.labels));
  if (fold === undefined) return false;
  if (part?.[2] === "sum") fold.sum = sample.value;
  else fold.count = sample.value;
  return true;
}

function inOrder(fold: Fold): Fold {
  const quantiles = fold.quantiles.toSorted((a, b) => Number(a.quantile) - Number(b.quantile));
  return { ...fold, quantiles };
}

function seriesKey(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).toSorted(([a], [b]) => compareText(a, b));
  return JSON.stringify([name, pairs]);
}

/** The name that was typed in full comes first, then those that begin with it. */
function nearness(name: string, query: SeriesQuery): number {
  const lower = name.toLowerCase();
  if (lower === query.name) return 0;
  return lower.startsWith(query.name) ? 1 : 2;
}

/** Large values first, since trouble is large here (lag, latency, errors); no data comes last. */
function byValue(a: SeriesRow, b: SeriesRow): number {
  const [first, second] = [weight(a), weight(b)];
  if (first !== second) return second - first;
  return compareText(JSON.stringify(a.labels), JSON.stringify(b.labels));
}

function weight(row: SeriesRow): number {
  const value = row.kind === "value" ? row.value : p99(row.quantiles);
  return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
}

function p99(quantiles: readonly Quantile[]): number {
  const found = quantiles.find((each) => each.quantile === "0.99") ?? quantiles.at(-1);
  return found?.value ?? Number.NaN;
}

/** A page on which every name has its share: one row each in turn, until it is full. */
function fairPage(families: readonly (readonly SeriesRow[])[]): SeriesRow[] {
  const shares = families.map(() => 0);
  let left = PAGE_ROWS;
  while (left > 0 && families.some((rows, index) => rows.length > (shares[index] ?? 0))) {
    for (const [index, rows] of families.entries()) {
      const share = shares[index] ?? 0;
      if (left === 0 || share >= rows.length) continue;
      shares[index] = share + 1;
      left--;
    }
  }
  return families.flatMap((rows, index) => rows.slice(0, shares[index]));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
