/**
 * A 53-bit hash of a series, the same for every order of its labels: what is remembered of a series
 * to notice that it comes twice.
 *
 * Two FNV-like hashes run side by side over the bytes of the name, and of each label's name and
 * value; the finished hashes of all parts are added up.
 */
import type { Labels } from "./sample.ts";
import { BEYOND_ASCII, bytesOf } from "./utf8.ts";

export const SEED_HIGH = 0x011c9dc5;
export const SEED_LOW = 0x1747b28c;
export const PRIME_HIGH = 0x01000193;
/** A multiplier of MurmurHash3, as a signed number. */
export const PRIME_LOW = 0x85ebca6b | 0;
/** Stands between a label's name and value; no byte has this code. */
export const SEPARATOR = 0x1f_ffff;

/** The hash of a series, and of its time when it has one: at another time it is another sample. */
export function hashSeries(name: string, labels: Labels, timestampMs: number | undefined): number {
  const sum = new HashSum();
  sum.addText(name);
  sum.finish();
  for (const label of Object.keys(labels)) {
    sum.addText(label);
    sum.addCode(SEPARATOR);
    sum.addText(labels[label] ?? "");
    sum.finish();
  }
  if (timestampMs !== undefined) {
    sum.addCode(timestampMs % 0x7fffffff);
    sum.addCode(Math.trunc(timestampMs / 0x7fffffff));
    sum.finish();
  }
  return sum.joined();
}

/** Both halves as one safe integer. */
export function joinHash(high: number, low: number): number {
  return high * 2 ** 21 + (low >>> 11);
}

/** The last step of MurmurHash3 (public domain): every bit of the input moves every bit. */
export function finished(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** The hash of the part that is being read, and the sum of those that are finished. */
class HashSum {
  #high = SEED_HIGH;
  #low = SEED_LOW;
  #sumHigh = 0;
  #sumLow = 0;

  addCode(code: number): void {
    this.#high = Math.imul(this.#high ^ code, PRIME_HIGH);
    this.#low = Math.imul(this.#low ^ code, PRIME_LOW);
  }

  /** Of nearly all texts each character is one byte, which is read without the bytes being made. */
  addText(text: string): void {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code >= BEYOND_ASCII) {
        for (const byte of bytesOf(text.slice(at))) this.addCode(byte);
        return;
      }
      this.addCode(code);
    }
  }

  finish(): void {
    this.#sumHigh = (this.#sumHigh + finished(this.#high)) | 0;
    this.#sumLow = (this.#sumLow + finished(this.#low)) | 0;
    this.#high = SEED_HIGH;
    this.#low = SEED_LOW;
  }

  joined(): number {
    return joinHash(this.#sumHigh, this.#sumLow);
  }
}
