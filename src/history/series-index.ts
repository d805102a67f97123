/**
 * The series of one history, each once, found by name, by labels or by conditions.
 *
 * A series is a small whole number, its place in the rows of the blocks; a place that its series
 * left is given to another.
 */
import { type Labels, labelValue } from "../exposition/sample.ts";
import type { Matcher } from "./matcher.ts";
import { labelsFromKey, labelsKey, Metric, NAME } from "./metric.ts";

export interface SeriesIndex {
  readonly size: number;
  /**
   * The number of a series, which is added if it is new; undefined when there is no room for it. A
   * guess that is right saves most of the search.
   */
  intern(name: string, labels: Labels, guess: number | undefined): number | undefined;
  /** Gives a series the number that it has elsewhere; for the index of a shared history. */
  place(series: number, name: string, labels: Labels): void;
  metric(series: number): Metric | undefined;
  /** One more than the largest number in use. */
  count(): number;
  /** Every series in use. */
  all(): number[];
  names(): string[];
  /** The series whose name and labels fulfil all conditions. */
  select(matchers: readonly Matcher[]): readonly number[];
  remove(series: readonly number[]): void;
}

interface Named {
  readonly name: string;
  readonly labels: Labels;
  /** Of the labels. */
  readonly key: string;
}

export function createSeriesIndex(maxSeries: number): SeriesIndex {
  const byName = new Map<string, Map<string, number>>();
  const metrics: (Metric | undefined)[] = [];
  const labelCounts: number[] = [];
  const free: number[] = [];
  const selections = rememberSelections(find);
  let size = 0;

  function add(name: string, labels: Labels, key: string): number | undefined {
    if (size >= maxSeries) {
      return undefined;
    }
    const series = free.pop() ?? metrics.length;
    put(series, { name, labels, key });
    return series;
  }

  function put(series: number, { name, labels, key }: Named): void {
    const siblings = byName.get(name);
    // The name is taken from a sibling, so that all of a family share one text.
    const first = siblings?.values().next().value;
    const ownName = (first === undefined ? undefined : metrics[first]?.name) ?? ownText(name);
    const metric = new Metric(ownName, labelsFromKey(labels, key), key);
    metrics[series] = metric;
    labelCounts[series] = Object.keys(metric.labels).length;
    if (siblings === undefined) {
      byName.set(ownName, new Map([[key, series]]));
    } else {
      siblings.set(key, series);
    }
    size++;
    selections.forget();
  }

  function isSeries(series: number, name: string, labels: Labels): boolean {
    const metric = metrics[series];
    return metric?.name === name && countShared(metric.labels, labels) === labelCounts[series];
  }

  function find(matchers: readonly Matcher[]): number[] {
    const nameMatchers = matchers.filter(({ label }) => label === NAME);
    const labelMatchers = matchers.filter(({ label }) => label !== NAME);
    const found: number[] = [];
    for (const family of familiesOf(nameMatchers)) {
      for (const series of family.values()) {
        const labels = metrics[series]?.labels;
        if (labels !== undefined && fulfilsAll(labels, labelMatchers)) {
          found.push(series);
        }
      }
    }
    return found;
  }

  function familiesOf(matchers: readonly Matcher[]): Map<string, number>[] {
    const exact = matchers.find(({ operator }) => operator === "=");
    const names = exact === undefined ? [...byName.keys()] : [exact.value];
    return names
      .filter((name) => matchers.every(({ matches }) => matches(name)))
      .flatMap((name) => byName.get(name) ?? []);
  }

  return {
    get size() {
      return size;
    },
    intern(name, labels, guess) {
      if (guess !== undefined && isSeries(guess, name, labels)) {
        return guess;
      }
      const key = labelsKey(labels);
      return byName.get(name)?.get(key) ?? add(name, labels, key);
    },
    place(series, name, labels) {
      put(series, { name, labels, key: labelsKey(labels) });
    },
    metric: (series) => metrics[series],
    count: () => metrics.length,
    all: () => [...metrics.keys()].filter((series) => metrics[series] !== undefined),
    names: () => [...byName.keys()],
    select: selections.select,
    remove(gone) {
      for (const series of gone) {
        const metric = metrics[series];
        const family = metric === undefined ? undefined : byName.get(metric.name);
        if (metric === undefined || family === undefined) {
          continue;
        }
        family.delete(metric.key);
        if (family.size === 0) {
          byName.delete(metric.name);
        }
        metrics[series] = undefined;
        free.push(series);
        size--;
      }
      selections.forget();
    },
  };
}

/** Conditions of this many selectors are remembered with their series. */
const MAX_SELECTIONS = 512;

/** What conditions say; those of one selector are the same list every time. */
const keys = new WeakMap<readonly Matcher[], string>();

function keyOf(matchers: readonly Matcher[]): string {
  const known = keys.get(matchers);
  if (known !== undefined) return known;
  const key = JSON.stringify(matchers);
  keys.set(matchers, key);
  return key;
}

interface Selections {
  readonly select: (matchers: readonly Matcher[]) => readonly number[];
  /** To be called when a series came or went. */
  readonly forget: () => void;
}

function rememberSelections(find: (matchers: readonly Matcher[]) => number[]): Selections {
  const found = new Map<string, readonly number[]>();
  return {
    select(matchers) {
      const key = keyOf(matchers);
      const known = found.get(key);
      if (known !== undefined) {
        return known;
      }
      if (found.size >= MAX_SELECTIONS) {
        found.clear();
      }
      const series = find(matchers);
      found.set(key, series);
      return series;
    },
    forget: () => found.clear(),
  };
}

/** How many labels there are, all of them with the value that `own` has; -1 when one differs. */
function countShared(own: Labels, labels: Labels): number {
  let count = 0;
  for (const label in labels) {
    const value = labels[label];
    if (value !== "" && own[label] !== value) {
      return -1;
    }
    count += value === "" ? 0 : 1;
  }
  return count;
}

function fulfilsAll(labels: Labels, matchers: readonly Matcher[]): boolean {
  for (const { label, matches } of matchers) {
    if (!matches(labelValue(labels, label))) {
      return false;
    }
  }
  return true;
}

/** A text in memory of its own: one that was cut from a body would keep all of it. */
function ownText(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
