/** Bytes read four at a time, as words with the first byte lowest. */
import * as codes from "./text-cursor.ts";

/** The byte in each of four. */
const ONES = 0x01010101;
const HIGH_BITS = 0x80808080;
const QUOTES = codes.QUOTE * ONES;
const BACKSLASHES = codes.BACKSLASH * ONES;
const LINE_FEEDS = codes.LINE_FEED * ONES;
const BEHIND_QUOTES = (codes.QUOTE + 1) * ONES;

/** Whether so many bytes are the same from a position in one and a position in another on. */
export function sameBytes(
  one: DataView,
  start: number,
  other: DataView,
  otherStart: number,
  length: number,
): boolean {
  const last = length - 4;
  for (let step = 0; step < last; step += 4) {
    if (one.getInt32(start + step, true) !== other.getInt32(otherStart + step, true)) return false;
  }
  if (last >= 0)
    return one.getInt32(start + last, true) === other.getInt32(otherStart + last, true);
  for (let step = 0; step < length; step++) {
    if (one.getUint8(start + step) !== other.getUint8(otherStart + step)) return false;
  }
  return true;
}

/** Whether there may be a quote or a line feed: a byte that is no greater. A blank is not greater, either. */
export function hasEarlyStop(word: number): boolean {
  return ((word - BEHIND_QUOTES) & ~word & HIGH_BITS) !== 0;
}

/** The lowest byte that ends the plain form of a value, by its highest bit; 0 when there is none. */
export function stopIn(word: number): number {
  const stops =
    bytesEqual(word ^ QUOTES) | bytesEqual(word ^ BACKSLASHES) | bytesEqual(word ^ LINE_FEEDS);
  return stops & -stops;
}

/** The highest bit of each byte that is zero, up to the first; above it there may be others. */
function bytesEqual(word: number): number {
  return (word - ONES) & ~word & HIGH_BITS;
}

/** How many bytes more than characters of a JavaScript string there are among the four of a word. */
export function surplusOfWord(word: number): number {
  const wide = word & HIGH_BITS;
  if (wide === 0) return 0;
  const continuing = wide & ~(word << 1);
  const four = wide & (word << 1) & (word << 2) & (word << 3);
  return highBits(continuing) - highBits(four);
}

/** How many of four bytes have their highest bit, when no other is set. */
function highBits(word: number): number {
  return Math.imul(word >>> 7, ONES) >>> 24;
}
