/**
 * Which series of one body have been seen already.
 *
 * Holds a 53-bit hash of each series in one typed array instead of its text: about sixteen bytes a
 * series, so a body of 100 MB is checked for duplicates without being remembered. Of 100,000 series
 * two share a hash with a chance of one in two million; the later one is then taken for a duplicate.
 */

/** Room for the series of a small server, in 32 KB: each poll makes one. */
const FIRST_SLOTS = 4 * 1024;
/** The table grows when it is this full; linear probing slows down beyond. */
const LOAD = 0.6;
/** Growing seldom costs less than it saves: every step inserts all series again. */
const GROWTH = 4;

/** The series that a body had so far, by hash. */
export class SeriesSet {
  size = 0;
  #table = new Float64Array(FIRST_SLOTS);

  /** Adds a series by its hash, a safe integer; false when it was there already. */
  add(hash: number): boolean {
    // An empty slot is a zero, so the one hash that looks like it is moved aside.
    if (!insert(this.#table, hash === 0 ? 1 : hash)) {
      return false;
    }
    this.size++;
    if (this.size > this.#table.length * LOAD) {
      this.#table = grown(this.#table);
    }
    return true;
  }
}

function insert(table: Float64Array, hash: number): boolean {
  const mask = table.length - 1;
  let slot = hash & mask;
  for (;;) {
    const stored = table[slot];
    if (stored === 0) {
      table[slot] = hash;
      return true;
    }
    if (stored === hash) {
      return false;
    }
    slot = (slot + 1) & mask;
  }
}

function grown(table: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(table.length * GROWTH);
  for (const hash of table) {
    if (hash !== 0) {
      insert(larger, hash);
    }
  }
  return larger;
}
