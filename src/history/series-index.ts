/**
 * The series of one history, each once, found by name, by labels or by conditions.
 *
 * A series is a small whole number, its place in the rows of the blocks; a place that its series
 * left is given to another.
 */
import { type Labels, labelValue } from "../exposition/sample.ts";
import type { Matcher } from "./matcher.ts";
import { labelsFromKey, labelsKey, Metric, NAME } from "./metric.ts";

interface Named {
  readonly name: string;
  readonly labels: Labels;
  /** Of the labels. */
  readonly key: string;
}

/** Takes no more series than it may hold; what is removed makes room. */
export class SeriesIndex {
  readonly #maxSeries: number;
  readonly #byName = new Map<string, Map<string, number>>();
  readonly #metrics: (Metric | undefined)[] = [];
  readonly #labelCounts: number[] = [];
  readonly #free: number[] = [];
  readonly #selections = rememberSelections((matchers) => this.#find(matchers));
  #size = 0;

  constructor(maxSeries: number) {
    this.#maxSeries = maxSeries;
  }

  get size(): number {
    return this.#size;
  }

  /**
   * The number of a series, which is added if it is new; undefined when there is no room for it. A
   * guess that is right saves most of the search.
   */
  intern(name: string, labels: Labels, guess: number | undefined): number | undefined {
    if (guess !== undefined && this.#isSeries(guess, name, labels)) return guess;
    const key = labelsKey(labels);
    return this.#byName.get(name)?.get(key) ?? this.#add({ name, labels, key });
  }

  /** Gives a series the number that it has elsewhere; for the index of a shared history. */
  place(series: number, name: string, labels: Labels): void {
    this.#put(series, { name, labels, key: labelsKey(labels) });
  }

  metric(series: number): Metric | undefined {
    return this.#metrics[series];
  }

  /** One more than the largest number in use. */
  count(): number {
    return this.#metrics.length;
  }

  /** Every series in use. */
  all(): number[] {
    return [...this.#metrics.keys()].filter((series) => this.#metrics[series] !== undefined);
  }

  names(): string[] {
    return [...this.#byName.keys()];
  }

  /** The series whose name and labels fulfil all conditions. */
  select(matchers: readonly Matcher[]): readonly number[] {
    return this.#selections.select(matchers);
  }

  remove(gone: readonly number[]): void {
    for (const series of gone) {
      const metric = this.#metrics[series];
      const family = metric === undefined ? undefined : this.#byName.get(metric.name);
      if (metric === undefined || family === undefined) continue;
      family.delete(metric.key);
      if (family.size === 0) this.#byName.delete(metric.name);
      this.#metrics[series] = undefined;
      this.#free.push(series);
      this.#size--;
    }
    this.#selections.forget();
  }

  #add(named: Named): number | undefined {
    if (this.#size >= this.#maxSeries) return undefined;
    const series = this.#free.pop() ?? this.#metrics.length;
    this.#put(series, named);
    return series;
  }

  #put(series: number, { name, labels, key }: Named): void {
    const siblings = this.#byName.get(name);
    // The name is taken from a sibling, so that all of a family share one text.
    const first = siblings?.values().next().value;
    const ownName = (first === undefined ? undefined : this.#metrics[first]?.name) ?? ownText(name);
    const metric = new Metric(ownName, labelsFromKey(labels, key), key);
    this.#metrics[series] = metric;
    this.#labelCounts[series] = Object.keys(metric.labels).length;
    if (siblings === undefined) this.#byName.set(ownName, new Map([[key, series]]));
    else siblings.set(key, series);
    this.#size++;
    this.#selections.forget();
  }

  #isSeries(series: number, name: string, labels: Labels): boolean {
    const metric = this.#metrics[series];
    return (
      metric?.name === name && countShared(metric.labels, labels) === this.#labelCounts[series]
    );
  }

  #find(matchers: readonly Matcher[]): number[] {
    const nameMatchers = matchers.filter(({ label }) => label === NAME);
    const labelMatchers = matchers.filter(({ label }) => label !== NAME);
    const found: number[] = [];
    for (const family of this.#familiesOf(nameMatchers)) {
      for (const series of family.values()) {
        const labels = this.#metrics[series]?.labels;
        if (labels !== undefined && fulfilsAll(labels, labelMatchers)) found.push(series);
      }
    }
    return found;
  }

  #familiesOf(matchers: readonly Matcher[]): Map<string, number>[] {
    const exact = matchers.find(({ operator }) => operator === "=");
    const names = exact === undefined ? [...this.#byName.keys()] : [exact.value];
    return names
      .filter((name) => matchers.every(({ matches }) => matches(name)))
      .flatMap((name) => this.#byName.get(name) ?? []);
  }
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
