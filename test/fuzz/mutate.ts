/** Bytes that were well formed -> bytes that a broken or hostile sender could send. */

import type { Random } from "../../src/sandbox/streamline/random.ts";

export interface Stock {
  readonly seeds: readonly Buffer[];
  readonly words: readonly string[];
  /** Bytes. */
  readonly longest: number;
}

/** A usual case is small; one in some hundred grows to this, to see what grows with it. */
export const LARGEST = 64 * 1024;
const MOST_CHANGES = 6;

/** What breaks readers: ends of number ranges, quotes, escapes, characters of every width. */
const ODD_WORDS: readonly string[] = [
  ..."0 -1 1e308 -1e309 NaN Infinity 9007199254740993 4294967296 null true".split(" "),
  '"',
  "'",
  "`",
  "\\",
  "\\u0000",
  "\n",
  "\r\n",
  "\t",
  "{",
  "}",
  "[",
  "]",
  "(",
  ")",

  "<!channel>",
  "<@U0ALICE>",
  "<https://a.example|b>",
  "&lt;",
  "*b*",
  "~s~",
  "```",
  "$1",
  "$\u007bX}",

  "\u0000",
  "\u00ad",
  "\u202e",
  "\u2028",
  "\ufeff",
  "\u{e0041}",
  "é",
  "漢字",
  "👩‍👩‍👧",
  "\ud7ff",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "../../etc/passwd",
  "%00",
  "%zz",
];

const INTERESTING_BYTES = [0x00, 0x01, 0x0a, 0x20, 0x22, 0x7f, 0x80, 0xbf, 0xc0, 0xed, 0xfe, 0xff];

export function mutated(stock: Stock, random: Random): Buffer {
  let bytes: Buffer = pick(stock.seeds, random) ?? Buffer.alloc(0);
  const changes = 1 + whole(random, MOST_CHANGES);
  for (let n = 0; n < changes; n += 1) {
    const change = pick(CHANGES, random);
    if (change !== undefined) bytes = change(bytes, stock, random);
  }
  return bytes.subarray(0, stock.longest);
}

type Change = (bytes: Buffer, stock: Stock, random: Random) => Buffer;

const setByte: Change = (bytes, _, random) => {
  if (bytes.length === 0) return bytes;
  const copy = Buffer.from(bytes);
  const odd = pick(INTERESTING_BYTES, random) ?? 0;
  copy[whole(random, copy.length)] = random.uniform() < 0.5 ? odd : whole(random, 256);
  return copy;
};

const insertWord: Change = (bytes, { words }, random) => {
  const at = whole(random, bytes.length + 1);
  return replaced(bytes, { at, length: 0 }, wordOf(words, random));
};

const replaceWithWord: Change = (bytes, { words }, random) =>
  replaced(bytes, spanOf(bytes, random), wordOf(words, random));

const cutSpan: Change = (bytes, _, random) =>
  replaced(bytes, spanOf(bytes, random), Buffer.alloc(0));

const cutEnd: Change = (bytes, _, random) => bytes.subarray(0, whole(random, bytes.length + 1));

const doubleSpan: Change = (bytes, _, random) => {
  const { at, length } = spanOf(bytes, random);
  const span = bytes.subarray(at, at + length);
  return replaced(bytes, { at, length: 0 }, span);
};

/** Nesting, long names, long lists: what is harmless once may not be a thousand times. */
const repeatSpan: Change = (bytes, { longest }, random) => {
  const { at, length } = spanOf(bytes, random);
  const span = bytes.subarray(at, at + Math.min(length, 1 + whole(random, 24)));
  const most = random.uniform() < 0.05 ? longest : 512;
  const times = 1 + whole(random, Math.max(1, Math.floor(most / Math.max(1, span.length))));
  return replaced(bytes, { at, length: 0 }, Buffer.concat(Array<Buffer>(times).fill(span)));
};

const splice: Change = (bytes, { seeds }, random) => {
  const other = pick(seeds, random) ?? Buffer.alloc(0);
  return Buffer.concat([
    bytes.subarray(0, whole(random, bytes.length + 1)),
    other.subarray(whole(random, other.length + 1)),
  ]);
};

const CHANGES: readonly Change[] = [
  setByte,
  insertWord,
  replaceWithWord,
  cutSpan,
  cutEnd,
  doubleSpan,
  repeatSpan,
  splice,
];

interface Span {
  readonly at: number;
  readonly length: number;
}

function spanOf(bytes: Buffer, random: Random): Span {
  const at = whole(random, bytes.length + 1);
  const most = random.uniform() < 0.7 ? 16 : bytes.length;
  return { at, length: whole(random, Math.min(most, bytes.length - at) + 1) };
}

function replaced(bytes: Buffer, { at, length }: Span, by: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), by, bytes.subarray(at + length)]);
}

function wordOf(words: readonly string[], random: Random): Buffer {
  return Buffer.from(oddText(words, random));
}

/** One of the surface's own words, or one of those that break readers. */
export function oddText(words: readonly string[], random: Random): string {
  const isOwn = words.length > 0 && random.uniform() < 0.6;
  return pick(isOwn ? words : ODD_WORDS, random) ?? "";
}

export function pick<T>(all: readonly T[], random: Random): T | undefined {
  return all[whole(random, all.length)];
}

/** A whole number from 0 up to and without `below`. */
export function whole(random: Random, below: number): number {
  return Math.floor(random.uniform() * below);
}
