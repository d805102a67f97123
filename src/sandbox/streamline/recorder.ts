/**
 * What the server has recorded so far, as its metrics recorder holds it in memory.
 *
 * A series exists from its first recording on, and never expires (streamline-facts 2.1). A
 * restart starts an empty recorder.
 */
import type { CounterName, GaugeName, MetricName, SummaryName } from "./metric-catalogue.ts";
import {
  createRollingSummary,
  type RollingSummary,
  type WeightedSamples,
} from "./rolling-summary.ts";

/** The inside of the braces, ready to print: `topic="orders",partition="0"`; "" for none. */
export type LabelText = string;

export interface Recorder {
  /** Counts on; a series that counts 0 appears too, as the real facade registers it. */
  add(name: CounterName, labels: LabelText, by: number): void;
  set(name: GaugeName, labels: LabelText, value: number): void;
  observe(name: SummaryName, labels: LabelText, samples: WeightedSamples, atMs: number): void;
  /** Counters and gauges by name, then by labels. */
  readonly values: ReadonlyMap<MetricName, ReadonlyMap<LabelText, number>>;
  readonly summaries: ReadonlyMap<MetricName, ReadonlyMap<LabelText, RollingSummary>>;
  /** One that goes on from here by itself. */
  copy(): Recorder;
}

type SeriesSoFar = Pick<Recorder, "values" | "summaries">;

/** A recorder that goes on from a copy of `from`, empty without it. Times are milliseconds. */
export function createRecorder(
  from: SeriesSoFar = { values: new Map(), summaries: new Map() },
): Recorder {
  const values = copyFamilies(from.values, (value) => value);
  const summaries = copyFamilies(from.summaries, (summary) => summary.copy());
  return {
    values,
    summaries,
    add(name, labels, by) {
      const family = familyOf(values, name);
      family.set(labels, (family.get(labels) ?? 0) + by);
    },
    set(name, labels, value) {
      familyOf(values, name).set(labels, value);
    },
    observe(name, labels, samples, atMs) {
      const family = familyOf(summaries, name);
      const known = family.get(labels);
      const summary = known ?? createRollingSummary();
      if (known === undefined) family.set(labels, summary);
      summary.observe(samples, atMs);
    },
    copy: () => createRecorder({ values, summaries }),
  };
}

/** Renders label pairs in the given order, with the exporter's escaping. */
export function formatLabels(pairs: Readonly<Record<string, string>>): LabelText {
  return Object.entries(pairs)
    .map(([name, value]) => `${name}="${escapeLabelValue(value)}"`)
    .join(",");
}

function escapeLabelValue(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function copyFamilies<Cell>(
  families: ReadonlyMap<MetricName, ReadonlyMap<LabelText, Cell>>,
  copyOf: (cell: Cell) => Cell,
): Map<MetricName, Map<LabelText, Cell>> {
  return new Map(
    Array.from(families, ([name, family]) => [
      name,
      new Map(Array.from(family, ([labels, cell]) => [labels, copyOf(cell)])),
    ]),
  );
}

function familyOf<Cell>(
  families: Map<MetricName, Map<LabelText, Cell>>,
  name: MetricName,
): Map<LabelText, Cell> {
  const known = families.get(name);
  if (known !== undefined) return known;
  const family = new Map<LabelText, Cell>();
  families.set(name, family);
  return family;
}
