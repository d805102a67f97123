/** A label value between its quotes, read four bytes at a time: its hash, its length, and no text yet. */
import * as fourBytes from "./four-bytes.ts";
import type { LabelName } from "./label-names.ts";
import * as seriesHash from "./series-hash.ts";
import type { TextBlock } from "./text-block.ts";
import * as codes from "./text-cursor.ts";

const { hasEarlyStop, stopIn, surplusOfWord } = fourBytes;
const { mixHigh, mixLow } = seriesHash;
const { QUOTE } = codes;

/** The value that was read last. */
export class ScannedValue {
  start = 0;
  length = 0;
  /** How many bytes more than characters of a JavaScript string it has. */
  surplus = 0;
  /** The hash of the label, from its name on, not yet finished. */
  high = 0;
  low = 0;

  /** Reads what begins at a position; false for anything but plain characters up to a quote. */
  read({ words, bytes, hasBackslash }: TextBlock, start: number, name: LabelName): boolean {
    let { high, low } = name;
    let surplus = 0;
    const last = bytes.length - 4;
    for (let at = start; at <= last; at += 4) {
      const word = words.getInt32(at, true);
      const stop = hasBackslash || hasEarlyStop(word) ? stopIn(word) : 0;
      // All bytes below the one that stops; without one, all four.
      const taken = stop === 0 ? word : word & ((stop >>> 7) - 1);
      surplus += surplusOfWord(taken);
      high = mixHigh(high, taken);
      low = mixLow(low, taken);
      if (stop !== 0) {
        const end = at + ((31 - Math.clz32(stop)) >> 3);
        this.start = start;
        this.length = end - start;
        this.surplus = surplus;
        this.high = mixHigh(high, this.length);
        this.low = mixLow(low, this.length);
        return bytes[end] === QUOTE;
      }
    }
    return false;
  }
}
