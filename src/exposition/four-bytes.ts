/** Bytes read four at a time, as words with the first byte lowest. */
import { BACKSLASH, LINE_FEED, QUOTE } from "./text-cursor.ts";

/** The byte in each of four. */
const QUOTES = QUOTE * 0x01010101;
const BACKSLASHES = BACKSLASH * 0x01010101;
const LINE_FEEDS = LINE_FEED * 0x01010101;

/** Whether so many bytes are the same from a position in one and a position in another on. */
export function sameBytes(
  one: DataView,
  start: number,
  other: DataView,
  otherStart: number,
  length: number,
): boolean {
  let step = 0;
  for (; step <= length - 4; step += 4) {
    if (one.getInt32(start + step, true) !== other.getInt32(otherStart + step, true)) return false;
  }
  for (; step < length; step++) {
    if (one.getUint8(start + step) !== other.getUint8(otherStart + step)) return false;
  }
  return true;
}

/** The lowest byte that ends the plain form of a value, by its highest bit; 0 when there is none. */
export function firstStop(word: number): number {
  const stops =
    bytesEqual(word ^ QUOTES) | bytesEqual(word ^ BACKSLASHES) | bytesEqual(word ^ LINE_FEEDS);
  return stops & -stops;
}

/** The highest bit of each byte that is zero, up to the first; above it there may be others. */
function bytesEqual(word: number): number {
  return (word - 0x01010101) & ~word & 0x80808080;
}

/** How many bytes more than characters of a JavaScript string there are among the four of a word. */
export function surplusOfWord(word: number): number {
  const wide = word & 0x80808080;
  if (wide === 0) return 0;
  const continuing = wide & ~(word << 1);
  const four = wide & (word << 1) & (word << 2) & (word << 3);
  return highBits(continuing) - highBits(four);
}

/** How many of four bytes have their highest bit, when no other is set. */
function highBits(word: number): number {
  return Math.imul(word >>> 7, 0x01010101) >>> 24;
}
