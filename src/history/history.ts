/**
 * The last snapshots of one target, in little memory: what checks are evaluated over.
 *
 * Staleness is as in Prometheus (https://prometheus.io/docs/prometheus/latest/querying/basics/#staleness):
 * a series that a later snapshot does not hold has ended with that snapshot, and a value is found at
 * most a lookback of five minutes after its snapshot. Timestamps that a server wrote itself are not
 * used (Prometheus calls that honor_timestamps: false): what counts is when we polled.
 */
import type { Sample } from "../exposition/sample.ts";
import { type Block, openShared, type SharedBlock, type Values, type Window } from "./block.ts";
import { type AppendOutcome, KeptBlocks } from "./kept-blocks.ts";
import type { Matcher } from "./matcher.ts";
import type { Metric } from "./metric.ts";
import { SeriesIndex } from "./series-index.ts";

export interface HistoryOptions {
  /** How long a snapshot is kept. Whole blocks are dropped, so up to 31 older ones remain. */
  readonly retentionMs: number;
  /** Most series of the target; those beyond are counted and not kept. */
  readonly maxSeries: number;
}

/** The snapshots between two times, from which series are read one after the other. */
interface HistoryRange {
  /** The most values that one series can have in it. */
  readonly capacity: number;
  /** Replaces what is in the window by the values of a series. */
  read(series: number, window: Window): void;
}

/** One snapshot, from which values are read. */
export interface HistorySlot {
  readonly timeMs: number;
  /** The value of a series, or undefined when the snapshot does not hold it. */
  read(series: number): number | undefined;
}

export interface Snapshot {
  readonly timeMs: number;
  readonly samples: Iterable<Sample>;
}

/** What expressions and diagnoses read. */
export interface HistoryReader {
  /** Grows with every snapshot: as long as it is the same, so are the data. */
  readonly revision: number;
  /** The series that fulfil all conditions; what a series is called says `metric`. */
  select(matchers: readonly Matcher[]): readonly number[];
  metric(series: number): Metric | undefined;
  /** The names of all metrics. */
  names(): string[];
  /** The newest snapshot at or before a time, unless it is older than the lookback. */
  slotAt(timeMs: number, lookbackMs: number): HistorySlot | undefined;
  /** The snapshots from one time to another, both included. */
  between(fromMs: number, toMs: number): HistoryRange;
  /** All snapshots as they were appended, oldest first. */
  snapshots(): Iterable<Snapshot>;
  stats(): HistoryStats;
}

export interface History extends HistoryReader {
  /**
   * Makes series known before their values come: of 100,000 new ones that is most of the work of an
   * append, and can be done a part at a time. Parts come in the order of their snapshot.
   */
  expect(part: readonly Sample[], isFirst: boolean): void;
  append(timeMs: number, samples: Iterable<Sample>): AppendOutcome;
  /** Drops all snapshots and series, so that older ones can be appended. */
  forget(): void;
  /** One more than the largest number of a series: numbers are given again when one is gone. */
  seriesCount(): number;
  /** The values as another thread can read them; the names of the series are sent separately. */
  share(): SharedHistory;
}

/** The values of a history at one moment, in memory that threads share. */
export interface SharedHistory {
  readonly revision: number;
  readonly blocks: readonly SharedBlock[];
}

interface HistoryStats {
  readonly series: number;
  readonly snapshots: number;
  readonly firstMs: number | undefined;
  readonly lastMs: number | undefined;
  /** Bytes that the values take, without the names and labels of the series. */
  readonly valueBytes: number;
}

/** How far back the snapshots of a target are kept: what the diagnosis and its checks look over. */
export const HISTORY_MS = 3_600_000;

/** Twice the series of a server with 10,000 partitions. */
const DEFAULTS: HistoryOptions = { retentionMs: HISTORY_MS, maxSeries: 200_000 };

/** An empty history of one target. */
export function createHistory(options: Partial<HistoryOptions> = {}): History {
  const { retentionMs, maxSeries } = { ...DEFAULTS, ...options };
  const index = new SeriesIndex(maxSeries);
  const kept = new KeptBlocks(index, retentionMs);
  return {
    get revision() {
      return kept.revision;
    },
    expect: (part, isFirst) => kept.expect(part, isFirst),
    append: (timeMs, samples) => kept.append(timeMs, samples),
    forget: () => kept.forget(),
    seriesCount: () => index.count(),
    share: () => ({
      revision: kept.revision,
      blocks: kept.blocks.map((block) => block.share()),
    }),
    ...readingOf(() => kept.blocks, index),
  };
}

/** A history that another thread shared, with the series that it sent. */
export function openSharedHistory(
  { revision, blocks }: SharedHistory,
  index: SeriesIndex,
): HistoryReader {
  const opened = blocks.map(openShared);
  return { revision, ...readingOf(() => opened, index) };
}

function readingOf(
  blocks: () => readonly Block[],
  index: SeriesIndex,
): Omit<HistoryReader, "revision"> {
  return {
    select: (matchers) => index.select(matchers),
    metric: (series) => index.metric(series),
    names: () => index.names(),
    slotAt: (timeMs, lookbackMs) => findSlot(blocks(), timeMs, timeMs - lookbackMs),
    between: (fromMs, toMs) => createRange(blocks(), fromMs, toMs),
    snapshots: () => listSnapshots(blocks(), index),
    stats: () => ({
      series: index.size,
      snapshots: blocks().reduce((sum, { times }) => sum + times.length, 0),
      firstMs: blocks()[0]?.times[0],
      lastMs: blocks()
        .findLast(({ times }) => times.length > 0)
        ?.times.at(-1),
      valueBytes: blocks().reduce((sum, { bytes }) => sum + bytes, 0),
    }),
  };
}

function findSlot(
  blocks: readonly Block[],
  latestMs: number,
  earliestMs: number,
): HistorySlot | undefined {
  for (let at = blocks.length - 1; at >= 0; at--) {
    const block = blocks[at];
    const slot = block?.times.findLastIndex((timeMs) => timeMs <= latestMs) ?? -1;
    const timeMs = block?.times[slot];
    if (block !== undefined && timeMs !== undefined) {
      const read = (series: number) =>
        block.has(series, slot) ? block.read(series, slot) : undefined;
      return timeMs < earliestMs ? undefined : { timeMs, read };
    }
  }
  return undefined;
}

function createRange(blocks: readonly Block[], fromMs: number, toMs: number): HistoryRange {
  const parts = blocks.flatMap((block) => {
    const from = block.times.findIndex((timeMs) => timeMs >= fromMs);
    const to = block.times.findLastIndex((timeMs) => timeMs <= toMs);
    return from < 0 || to < from ? [] : [{ block, slots: { from, to } }];
  });

  return {
    capacity: parts.reduce((sum, { slots }) => sum + slots.to - slots.from + 1, 0),
    read(series, window) {
      window.length = 0;
      for (const { block, slots } of parts) {
        block.readInto(window, series, slots);
      }
    },
  };
}

function* listSnapshots(blocks: readonly Block[], index: SeriesIndex): Iterable<Snapshot> {
  for (const block of blocks) {
    const values = block.expand();
    for (const [slot, timeMs] of block.times.entries()) {
      yield { timeMs, samples: samplesOf(values, slot, index) };
    }
  }
}

function* samplesOf(values: Values, slot: number, index: SeriesIndex): Iterable<Sample> {
  for (const series of index.all()) {
    const metric = index.metric(series);
    if (metric !== undefined && values.has(series, slot)) {
      yield { name: metric.name, labels: metric.labels, value: values.read(series, slot) };
    }
  }
}
