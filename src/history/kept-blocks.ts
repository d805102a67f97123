/** The blocks of one history: written snapshot by snapshot, dropped when they are too old as a whole. */

import type { Sample } from "../exposition/sample.ts";
import { type Block, createOpenBlock } from "./block.ts";
import type { SeriesIndex } from "./series-index.ts";

export type AppendOutcome =
  | { readonly kind: "appended"; readonly dropped: number }
  /** The snapshot is not newer than the last one; as in Prometheus, it is not kept. */
  | { readonly kind: "out-of-order"; readonly lastMs: number };

/** The place before all series in the list of successors. */
const FIRST = 0;

/** Numbers of series are those of the index, from which a series goes with its last block. */
export class KeptBlocks {
  readonly #index: SeriesIndex;
  readonly #retentionMs: number;
  /** For each series the number of the last block that holds a value of it. */
  readonly #lastBlocks: number[] = [];
  /** Which series followed which in the last snapshot, shifted by one: a server keeps its order. */
  readonly #successors: number[] = [];
  /** Behind which series the next one is expected. */
  #expected = FIRST;
  #revision = 0;
  #open = createOpenBlock();
  #sealed: Block[] = [];
  #firstBlock = 0;
  /** The sealed ones and the open one, which every reading goes through. */
  #all: readonly Block[] = [this.#open];

  constructor(index: SeriesIndex, retentionMs: number) {
    this.#index = index;
    this.#retentionMs = retentionMs;
  }

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  get blocks(): readonly Block[] {
    return this.#all;
  }

  /** Makes series known before their values come. */
  expect(part: readonly Sample[], isFirst: boolean): void {
    if (isFirst) this.#expected = FIRST;
    for (const sample of part) {
      const series = this.#numberOf(sample, this.#expected);
      if (series === undefined) continue;
      this.#expected = series + 1;
      // Nothing holds a value of it yet: it is kept as if this block did.
      this.#lastBlocks[series] = this.#firstBlock + this.#sealed.length;
    }
    this.#revision++;
  }

  append(timeMs: number, samples: Iterable<Sample>): AppendOutcome {
    const lastMs = this.#open.times.at(-1) ?? this.#sealed.at(-1)?.times.at(-1);
    if (lastMs !== undefined && timeMs <= lastMs) return { kind: "out-of-order", lastMs };
    if (this.#open.isFull) {
      this.#sealed.push(this.#open.seal());
      this.#prune(timeMs);
      this.#all = [...this.#sealed, this.#open];
    }
    this.#open.begin(timeMs);
    this.#revision++;
    return { kind: "appended", dropped: this.#write(samples) };
  }

  forget(): void {
    this.#firstBlock += this.#sealed.length + 1;
    this.#sealed = [];
    this.#open = createOpenBlock();
    this.#all = [this.#open];
    this.#expected = FIRST;
    this.#index.remove(this.#index.all());
    this.#revision++;
  }

  /** The number of the series, which stands behind the one before it. */
  #numberOf({ name, labels }: Sample, before: number): number | undefined {
    const series = this.#index.intern(name, labels, this.#successors[before]);
    if (series !== undefined) this.#successors[before] = series;
    return series;
  }

  /** How many samples there was no room for. */
  #write(samples: Iterable<Sample>): number {
    const block = this.#firstBlock + this.#sealed.length;
    let dropped = 0;
    let before = FIRST;
    for (const sample of samples) {
      const series = this.#numberOf(sample, before);
      if (series === undefined) {
        dropped++;
      } else {
        before = series + 1;
        this.#lastBlocks[series] = block;
        this.#open.set(series, sample.value);
      }
    }
    return dropped;
  }

  /** Drops the blocks that are too old as a whole, and the series that only they held. */
  #prune(nowMs: number): void {
    const isKept = ({ times }: Block): boolean => (times.at(-1) ?? 0) >= nowMs - this.#retentionMs;
    const kept = this.#sealed.filter(isKept);
    if (kept.length === this.#sealed.length) return;
    this.#firstBlock += this.#sealed.length - kept.length;
    this.#sealed = kept;
    const isGone = (series: number): boolean => (this.#lastBlocks[series] ?? 0) < this.#firstBlock;
    this.#index.remove(this.#index.all().filter(isGone));
  }
}
