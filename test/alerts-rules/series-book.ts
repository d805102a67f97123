/** Samples as Prometheus would have scraped them, one value a step, in the notation of promtool's rule tests. */
import type { Sample } from "../../src/exposition/sample.ts";

export interface SeriesBook {
  /** What one scrape of a target brought; undefined for one that failed. */
  scrape(target: Target, step: number, samples: readonly Sample[] | undefined): void;
  /** For `input_series`. */
  series(): { series: string; values: string }[];
}

interface Target {
  readonly job: string;
  readonly instance: string;
}

/** A step's value; a series that a later scrape does not have any more becomes stale, then missing. */
type Value = number | "stale" | undefined;

/** Only series of these names are kept: what no rule reads costs promtool most of its time. */
export function createSeriesBook(wanted: (name: string) => boolean): SeriesBook {
  const values = new Map<string, Value[]>();
  const present = new Map<string, ReadonlySet<string>>();
  const set = (name: string, step: number, value: Value): void => {
    const row = values.get(name) ?? [];
    values.set(name, row);
    row[step] = value;
  };
  return {
    scrape(target, step, samples) {
      const now = new Set<string>();
      const add = (name: string, labels: Sample["labels"], value: number): void => {
        const key = seriesName(name, { ...labels, ...target });
        now.add(key);
        set(key, step, value);
      };
      for (const { name, labels, value } of samples ?? []) {
        if (wanted(name)) add(name, labels, value);
      }
      const key = `${target.job} ${target.instance}`;
      for (const gone of present.get(key) ?? []) if (!now.has(gone)) set(gone, step, "stale");
      present.set(key, now);
      set(seriesName("up", { ...target }), step, samples === undefined ? 0 : 1);
    },
    series: () => [...values].map(([series, row]) => ({ series, values: notation(row) })),
  };
}

function seriesName(name: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${pairs.join(",")}}`;
}

/** A value that stays is written once, as a series that grows by nothing. */
function notation(row: readonly Value[]): string {
  const runs: { text: string; count: number }[] = [];
  for (const value of Array.from(row)) {
    const text = value === undefined ? "_" : textOf(value);
    const last = runs.at(-1);
    if (last?.text === text) last.count += 1;
    else runs.push({ text, count: 1 });
  }
  return runs.map(({ text, count }) => runText(text, count)).join(" ");
}

function runText(text: string, count: number): string {
  if (count === 1) return text;
  if (text === "_") return `_x${count}`;
  return /^[-\d]/.test(text) ? `${text}+0x${count - 1}` : Array(count).fill(text).join(" ");
}

function textOf(value: number | "stale"): string {
  if (value === Number.POSITIVE_INFINITY) return "Inf";
  return value === Number.NEGATIVE_INFINITY ? "-Inf" : String(value);
}
