/**
 * A 53-bit hash of a series, the same for every order of its labels: what is remembered of a series
 * to notice that it comes twice.
 *
 * Two hashes run side by side over the name, and over each label's name and value, four bytes at a time;
 * the finished hashes of all parts are added up.
 */
import type { Labels } from "./sample.ts";
import { bytesOf } from "./utf8.ts";

export const SEED_HIGH = 0x011c9dc5;
export const SEED_LOW = 0x1747b28c;
export const PRIME_HIGH = 0x01000193;
/** A multiplier of MurmurHash3, as a signed number. */
export const PRIME_LOW = 0x85ebca6b | 0;
/** The same for this module alone: the compiler looks up at each use what a module exports. */
const HIGH = PRIME_HIGH;
const LOW = PRIME_LOW;
/** Stands between a label's name and value. */
const SEPARATOR = 0x1f_ffff;

const BEYOND_ASCII = /[^\0-\x7f]/;
const WORD_BYTES = 4;

/** A half of a hash with the next four bytes, or what is left of them. */
export function mixHigh(hash: number, word: number): number {
  const mixed = hash ^ word;
  return Math.imul((mixed << 15) | (mixed >>> 17), HIGH);
}

/** The same for the other half. */
export function mixLow(hash: number, word: number): number {
  const mixed = hash ^ word;
  return Math.imul((mixed << 13) | (mixed >>> 19), LOW);
}

/** The last step of MurmurHash3 (public domain): every bit of the input moves every bit. */
export function finished(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Both halves as one safe integer. */
export function joinHash(high: number, low: number): number {
  return high * 2 ** 21 + (low >>> 11);
}

/** The hash of a part that is being read: a metric's name, or a label's name and value. */
export class PartHash {
  high = SEED_HIGH;
  low = SEED_LOW;

  /** Adds a text: its words, what is left of the last one, and how many bytes there are. */
  addText(text: string): this {
    const bytes = BEYOND_ASCII.test(text) ? bytesOf(text) : undefined;
    const length = bytes?.length ?? text.length;
    let word = 0;
    for (let at = 0; at < length; at++) {
      word |= (bytes?.[at] ?? text.charCodeAt(at)) << ((at % WORD_BYTES) * 8);
      if (at % WORD_BYTES === WORD_BYTES - 1) {
        this.add(word);
        word = 0;
      }
    }
    this.add(word);
    return this.add(length);
  }

  /** Adds what stands between the name and the value of a label. */
  addSeparator(): this {
    return this.add(SEPARATOR);
  }

  /** Adds a whole number of 32 bits. */
  add(word: number): this {
    this.high = mixHigh(this.high, word);
    this.low = mixLow(this.low, word);
    return this;
  }
}

/** The hash of a series, and of its time when it has one: at another time it is another sample. */
export function hashSeries(name: string, labels: Labels, timestampMs: number | undefined): number {
  const parts = [new PartHash().addText(name)];
  for (const label of Object.keys(labels)) {
    parts.push(
      new PartHash()
        .addText(label)
        .addSeparator()
        .addText(labels[label] ?? ""),
    );
  }
  if (timestampMs !== undefined) {
    const low = timestampMs % 0x7fffffff;
    parts.push(new PartHash().add(low).add(Math.trunc(timestampMs / 0x7fffffff)));
  }
  let [high, low] = [0, 0];
  for (const part of parts) {
    high = (high + finished(part.high)) | 0;
    low = (low + finished(part.low)) | 0;
  }
  return joinHash(high, low);
}
