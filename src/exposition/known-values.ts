/**
 * Label values that came before. Most are few and come again and again (a partition, a quantile, a
 * mode): one that is recognised is neither cut nor spelled again, and all its samples share one string.
 */
import * as fourBytes from "./four-bytes.ts";
import type { ScannedValue } from "./scanned-value.ts";
import type { TextBlock } from "./text-block.ts";

const { sameBytes } = fourBytes;

/** A power of two. */
const SLOTS = 512;
/** Longer values seldom come again. */
const LONGEST = 32;

/** What a sample takes of a value. */
export interface ReadValue {
  readonly text: string;
  /** What it adds to the hash of its series. */
  readonly addHigh: number;
  readonly addLow: number;
}

/** A table with one place for each hash. */
export class KnownValues {
  /** The hashes as they are written, from that of the label on. */
  readonly #highs = new Int32Array(SLOTS);
  readonly #lows = new Int32Array(SLOTS);
  /** How many bytes; -1 when no more than the hash is known. */
  readonly #lengths = new Int8Array(SLOTS).fill(-1);
  readonly #kept = new DataView(new ArrayBuffer(SLOTS * LONGEST));
  readonly #values = Array.from<ReadValue | undefined>({ length: SLOTS });

  /** The value that was scanned, if it is known. */
  find({ high, low, start, length }: ScannedValue, { words }: TextBlock): ReadValue | undefined {
    const slot = low & (SLOTS - 1);
    if (this.#lows[slot] !== low || this.#highs[slot] !== high) return undefined;
    if (this.#lengths[slot] !== length) return undefined;
    const isSame = sameBytes(this.#kept, slot * LONGEST, words, start, length);
    return isSame ? this.#values[slot] : undefined;
  }

  /** Keeps what was read of a value; the first time only that it came, since most come once. */
  keep(scanned: ScannedValue, block: TextBlock, value: ReadValue): void {
    const { high, low, start, length } = scanned;
    const slot = low & (SLOTS - 1);
    if (this.#lows[slot] !== low || this.#highs[slot] !== high) {
      this.#lows[slot] = low;
      this.#highs[slot] = high;
      this.#lengths[slot] = -1;
    } else if (length <= LONGEST) {
      for (let at = 0; at < length; at++) {
        this.#kept.setUint8(slot * LONGEST + at, block.bytes[start + at] ?? 0);
      }
      this.#lengths[slot] = length;
      this.#values[slot] = { text: value.text, addHigh: value.addHigh, addLow: value.addLow };
    }
  }
}
