/**
 * A 53-bit hash of a series, the same for every order of its labels: what is remembered of a series
 * to notice that it comes twice.
 *
 * Two FNV-like hashes run side by side over the bytes of the name, and of each label's name and
 * value; the finished hashes of all parts are added up.
 */
import type { Labels } from "./sample.ts";
import { bytesOf } from "./utf8.ts";

export const SEED_HIGH = 0x011c9dc5;
export const SEED_LOW = 0x1747b28c;
export const PRIME_HIGH = 0x01000193;
/** A multiplier of MurmurHash3, as a signed number. */
export const PRIME_LOW = 0x85ebca6b | 0;
/** Stands between a label's name and value; no byte has this code. */
export const SEPARATOR = 0x1f_ffff;

/** The hash of a series, and of its time when it has one: at another time it is another sample. */
export function hashSeries(name: string, labels: Labels, timestampMs: number | undefined): number {
  const parts = Object.keys(labels).map((label) => {
    const codes = [...codesOfText(label), SEPARATOR, ...codesOfText(labels[label] ?? "")];
    return hashCodes(codes);
  });
  const hashes = [hashCodes(codesOfText(name)), ...parts];
  if (timestampMs !== undefined) {
    hashes.push(hashCodes([timestampMs % 0x7fffffff, Math.trunc(timestampMs / 0x7fffffff)]));
  }
  return joinHash(
    hashes.reduce((sum, { high }) => (sum + finished(high)) | 0, 0),
    hashes.reduce((sum, { low }) => (sum + finished(low)) | 0, 0),
  );
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

function hashCodes(codes: readonly number[]): { high: number; low: number } {
  let high = SEED_HIGH;
  let low = SEED_LOW;
  for (const code of codes) {
    high = Math.imul(high ^ code, PRIME_HIGH);
    low = Math.imul(low ^ code, PRIME_LOW);
  }
  return { high, low };
}

function codesOfText(text: string): number[] {
  return [...bytesOf(text)];
}
