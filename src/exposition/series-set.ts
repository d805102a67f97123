/**
 * Which series of one body have been seen already.
 *
 * Holds a 53-bit hash of each series in one typed array instead of its text: 12 to 46 bytes a
 * series, so a body of 100 MB is checked for duplicates without being remembered. Of 100,000 series
 * two share a hash with a chance of one in two million; the later one is then taken for a duplicate.
 */

/** Room for the 10,000 series of most servers, in 128 KB: a table that grew for them took three times as long. */
const FIRST_SLOTS = 16 * 1024;
/** The table grows when it is this full; linear probing slows down beyond. */
const LOAD = 0.7;
/** Growing seldom costs less than it saves: every step inserts all series again. */
const GROWTH = 4;

/** So many series are looked up at once. */
export const SERIES_OF_LOOKUP = 256;

/**
 * The series that a body had so far, by hash.
 *
 * A table of a million series does not fit a processor's cache, and each look into it waits for the memory.
 * So series are looked up some hundred at a time, none of which waits for another's memory.
 */
export class SeriesSet {
  size = 0;
  #table = new Float64Array(FIRST_SLOTS);
  readonly #slots = new Int32Array(SERIES_OF_LOOKUP);

  /** Adds series by their hashes, safe integers, and sets for each whether it was not there before. */
  addAll(hashes: Float64Array, count: number, isNew: Uint8Array): void {
    while (this.size + count > this.#table.length * LOAD) this.#table = grown(this.#table);
    const table = this.#table;
    const slots = this.#slots;
    for (let at = 0; at < count; at++) {
      const hash = toStored(hashes[at] ?? 0);
      slots[at] = slotOf(table, hash, hash & (table.length - 1));
    }
    for (let at = 0; at < count; at++) {
      const hash = toStored(hashes[at] ?? 0);
      // A series before it may have taken the slot.
      const slot = slotOf(table, hash, slots[at] ?? 0);
      const added = table[slot] === 0 ? 1 : 0;
      table[slot] = hash;
      isNew[at] = added;
      this.size += added;
    }
  }
}

/** An empty slot is a zero, so the one hash that looks like it is moved aside. */
function toStored(hash: number): number {
  return hash === 0 ? 1 : hash;
}

/** The slot from a given one on that has the hash, or may have it. */
function slotOf(table: Float64Array, hash: number, from: number): number {
  const mask = table.length - 1;
  let slot = from;
  for (;;) {
    const stored = table[slot];
    if (stored === 0 || stored === hash) return slot;
    slot = (slot + 1) & mask;
  }
}

function grown(table: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(table.length * GROWTH);
  const mask = larger.length - 1;
  for (const hash of table) {
    if (hash !== 0) larger[slotOf(larger, hash, hash & mask)] = hash;
  }
  return larger;
}
