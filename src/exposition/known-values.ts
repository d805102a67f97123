/**
 * Label values that came before. Most are few and come again and again (a partition, a quantile, a
 * mode): one that is recognised is neither cut nor spelled again, and all its samples share one string.
 */
import { sameBytes } from "./four-bytes.ts";

/** A power of two. */
const SLOTS = 512;
/** Longer values seldom come again. */
const LONGEST = 32;

export interface KnownValue {
  /** Its hash as it is written, from that of its label on. */
  high: number;
  low: number;
  /** How many bytes it has; -1 when no more than its hash is known. */
  length: number;
  text: string;
  /** What it adds to the hash of its series. */
  addHigh: number;
  addLow: number;
}

/** A table with one place for each hash. */
export class KnownValues {
  /** Made as they come: most bodies have few values, and each body begins with none. */
  readonly #values = Array.from<KnownValue | undefined>({ length: SLOTS });
  readonly #kept = new DataView(new ArrayBuffer(SLOTS * LONGEST));
  readonly #passing = unknownValue();
  #words: DataView = this.#kept;

  /** Sets the bytes that positions are in. */
  load(words: DataView): void {
    this.#words = words;
  }

  /** The value of this hash that stands at a position, if it is known. */
  find(high: number, low: number, start: number, length: number): KnownValue | undefined {
    const slot = low & (SLOTS - 1);
    const value = this.#values[slot];
    if (value?.low !== low || value.high !== high || value.length !== length) return undefined;
    return sameBytes(this.#kept, slot * LONGEST, this.#words, start, length) ? value : undefined;
  }

  /** Where a value that was not known may be put; the first time it is not kept, since most come only once. */
  place(high: number, low: number, start: number, length: number): KnownValue {
    const slot = low & (SLOTS - 1);
    const value = this.#values[slot] ?? unknownValue();
    this.#values[slot] = value;
    if (value.low !== low || value.high !== high) {
      value.low = low;
      value.high = high;
      value.length = -1;
      return this.#passing;
    }
    if (length > LONGEST) return this.#passing;
    for (let at = 0; at < length; at++) {
      this.#kept.setUint8(slot * LONGEST + at, this.#words.getUint8(start + at));
    }
    value.length = length;
    return value;
  }
}

function unknownValue(): KnownValue {
  return { high: 0, low: 0, length: -1, text: "", addHigh: 0, addLow: 0 };
}
