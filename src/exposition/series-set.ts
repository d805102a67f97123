/**
 * Which series of one body have been seen already.
 *
 * Holds a 64-bit hash of each series in one typed array instead of its text: eight bytes a series,
 * so a body of 100 MB is checked for duplicates without being remembered. Two different series of
 * a million share a hash with a chance of about 3 in 100 million; the later one is then taken for a
 * duplicate.
 */

/** Room for the series of a small server, in 256 KB. */
const FIRST_SLOTS = 32 * 1024;
/** The table grows when it is this full; linear probing slows down beyond. */
const LOAD = 0.6;
/** Growing rarely costs less than it saves: every step inserts all series again. */
const GROWTH = 4;

export interface SeriesSet {
  readonly size: number;
  /** Adds a series by the two halves of its hash; false when it was there already. */
  add(high: number, low: number): boolean;
}

export function createSeriesSet(): SeriesSet {
  let table = new Uint32Array(FIRST_SLOTS * 2);
  let size = 0;

  return {
    get size() {
      return size;
    },
    add(high, low) {
      // An empty slot is two zeros, so the one hash that looks like it is moved aside.
      const first = high >>> 0 === 0 && low >>> 0 === 0 ? 1 : high >>> 0;
      if (!insert(table, first, low >>> 0)) {
        return false;
      }
      size++;
      if (size > (table.length / 2) * LOAD) {
        table = grown(table);
      }
      return true;
    },
  };
}

function insert(table: Uint32Array, high: number, low: number): boolean {
  const mask = table.length / 2 - 1;
  let slot = (low ^ (low >>> 15)) & mask;
  for (;;) {
    const storedHigh = table[slot * 2];
    const storedLow = table[slot * 2 + 1];
    if (storedHigh === 0 && storedLow === 0) {
      table[slot * 2] = high;
      table[slot * 2 + 1] = low;
      return true;
    }
    if (storedHigh === high && storedLow === low) {
      return false;
    }
    slot = (slot + 1) & mask;
  }
}

function grown(table: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(table.length * GROWTH);
  for (let at = 0; at < table.length; at += 2) {
    const high = table[at] ?? 0;
    const low = table[at + 1] ?? 0;
    if (high !== 0 || low !== 0) {
      insert(larger, high, low);
    }
  }
  return larger;
}
