/**
 * Reads sample lines of the form that nearly all have, several times as fast as in general:
 *
 *     name{label="value",other="value"} 12.5
 *
 * without blanks, escapes, quoted names, timestamps and exemplars. Whatever is different, or broken,
 * is left to the scanner that knows the whole grammar.
 *
 * The speed comes from names being recognised instead of read: a label's name is nearly always the
 * one that stood in its place on the line before, and an object takes a name that it knows several
 * times as fast as a new one.
 */
import { exactDecimal } from "./exact-decimal.ts";
import { parseNumber } from "./parse-number.ts";
import type { Sample } from "./sample.ts";
import {
  finished,
  joinHash,
  PRIME_HIGH,
  PRIME_LOW,
  SEED_HIGH,
  SEED_LOW,
  SEPARATOR,
} from "./series-hash.ts";
import {
  BACKSLASH,
  BRACE_CLOSE,
  BRACE_OPEN,
  COMMA,
  EQUALS,
  isNamePart,
  isNameStart,
  LABEL_NAME,
  METRIC_NAME,
  QUOTE,
  SPACE,
  TAB,
} from "./text-cursor.ts";
import { BEYOND_ASCII, surplusOf } from "./utf8.ts";

/** A name as it stood somewhere in the codes, with its hash so far. */
interface KnownName {
  text: string;
  /** Where it begins; -1 when it is not known in these codes. */
  start: number;
  high: number;
  low: number;
}

/** Names that need care; the scanner takes it. */
const SPECIAL_NAMES: ReadonlySet<string> = new Set(["__name__", "__proto__"]);

/** Reads the lines that nearly all are, without a look at each character; others are for the full parser. */
export class FastLineParser {
  readonly #maxLabels: number;
  readonly #name: KnownName = { text: "", start: -1, high: 0, low: 0 };
  /** The label names by their place. */
  readonly #labelNames: KnownName[] = [];
  #text = "";
  /** The same with characters outside ASCII as one each, from which their pieces are cut. */
  #decoded = "";
  /** How many bytes more than characters there are before this line, and in what was read of it. */
  #surplus = 0;
  #ownSurplus = 0;
  #codes: Uint8Array = new Uint8Array(0);
  #words: DataView = new DataView(new ArrayBuffer(0));
  #at = 0;
  #end = 0;
  #high = 0;
  #low = 0;

  constructor(maxLabels: number) {
    this.#maxLabels = maxLabels;
  }

  /** Sets the bytes of the next lines, the text with one character for each of them, and what they are. */
  load(text: string, bytes: Uint8Array, decoded: string): void {
    this.#text = text;
    this.#decoded = decoded;
    this.#surplus = 0;
    this.#codes = bytes;
    this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#name.start = -1;
    for (const name of this.#labelNames) {
      name.start = -1;
    }
  }

  /** The sample written between two positions, or undefined when the line is not of this form. */
  read(start: number, end: number): Sample | undefined {
    this.#at = start;
    this.#end = end;
    this.#ownSurplus = 0;
    if (!this.#takeName(this.#name, METRIC_NAME)) {
      return undefined;
    }
    this.#high = finished(this.#name.high);
    this.#low = finished(this.#name.low);

    const labels: Record<string, string> = {};
    if (this.#codes[this.#at] === BRACE_OPEN && !this.#takeLabels(labels)) {
      return undefined;
    }
    const value = this.#takeValue();
    if (value === undefined) return undefined;
    this.#surplus += this.#ownSurplus;
    return { name: this.#name.text, labels, value };
  }

  /** A line that was read in another way; every line is either read or skipped. */
  skip(start: number, end: number): void {
    if (this.#decoded.length < this.#text.length) {
      this.#surplus += surplusOf(this.#codes, start, end);
    }
  }

  /** The hash of the series read last. */
  hash(): number {
    return joinHash(this.#high, this.#low);
  }

  #takeName(known: KnownName, kind: number): boolean {
    const codes = this.#codes;
    const start = this.#at;
    const length = known.text.length;
    if (known.start >= 0 && !isNamePart(codes[start + length] ?? 0, kind)) {
      let step = sameWords(this.#words, known.start, start, length);
      while (step < length && codes[start + step] === codes[known.start + step]) {
        step++;
      }
      if (step === length) {
        this.#at = start + length;
        return true;
      }
    }
    return this.#readName(known, kind);
  }

  #readName(name: KnownName, kind: number): boolean {
    const codes = this.#codes;
    const start = this.#at;
    if (!isNameStart(codes[start] ?? 0, kind)) {
      return false;
    }
    let high = SEED_HIGH;
    let low = SEED_LOW;
    let at = start;
    for (; at < this.#end && isNamePart(codes[at] ?? 0, kind); at++) {
      const code = codes[at] ?? 0;
      high = Math.imul(high ^ code, PRIME_HIGH);
      low = Math.imul(low ^ code, PRIME_LOW);
    }
    this.#at = at;
    const text = this.#text.substring(start, at);
    const isSpecial = SPECIAL_NAMES.has(text);
    name.text = text;
    // A name that needs care is never recognised on the next line.
    name.start = isSpecial ? -1 : start;
    name.high = high;
    name.low = low;
    return !isSpecial;
  }

  /** The labels from the opening brace to behind the closing one. */
  #takeLabels(labels: Record<string, string>): boolean {
    const codes = this.#codes;
    for (let place = 0; place < this.#maxLabels; place++) {
      this.#at++;
      const name = this.#nameAt(place);
      if (!this.#takeName(name, LABEL_NAME) || this.#isTaken(name.text, place)) {
        return false;
      }
      if (!this.#takeLabelValue(name, labels)) {
        return false;
      }
      const code = codes[this.#at];
      if (code === BRACE_CLOSE) {
        this.#at++;
        return true;
      }
      if (code !== COMMA) {
        return false;
      }
    }
    return false;
  }

  #takeLabelValue(name: KnownName, labels: Record<string, string>): boolean {
    const codes = this.#codes;
    const end = this.#end;
    const start = this.#at + 2;
    if (codes[start - 2] !== EQUALS || codes[start - 1] !== QUOTE) {
      return false;
    }
    let high = Math.imul(name.high ^ SEPARATOR, PRIME_HIGH);
    let low = Math.imul(name.low ^ SEPARATOR, PRIME_LOW);
    let all = 0;
    for (let at = start; at < end; at++) {
      const code = codes[at] ?? 0;
      if (code === QUOTE) {
        this.#at = at + 1;
        this.#high = (this.#high + finished(high)) | 0;
        this.#low = (this.#low + finished(low)) | 0;
        labels[name.text] =
          all < BEYOND_ASCII ? this.#text.substring(start, at) : this.#cutDecoded(start, at);
        return true;
      }
      if (code === BACKSLASH) {
        return false;
      }
      all |= code;
      high = Math.imul(high ^ code, PRIME_HIGH);
      low = Math.imul(low ^ code, PRIME_LOW);
    }
    return false;
  }

  /** Cutting takes a twentieth of decoding the piece by itself. */
  #cutDecoded(start: number, end: number): string {
    const from = start - this.#surplus - this.#ownSurplus;
    const own = surplusOf(this.#codes, start, end);
    this.#ownSurplus += own;
    return this.#decoded.substring(from, from + end - start - own);
  }

  /** The value behind one blank, up to the end of the line. */
  #takeValue(): number | undefined {
    const start = this.#at + 1;
    if (this.#codes[start - 1] !== SPACE || this.#end <= start) {
      return undefined;
    }
    return exactDecimal(this.#codes, start, this.#end) ?? this.#takeOtherValue(start);
  }

  #takeOtherValue(start: number): number | undefined {
    for (let at = start; at < this.#end; at++) {
      const code = this.#codes[at];
      if (code === SPACE || code === TAB) {
        return undefined;
      }
    }
    return parseNumber(this.#text.substring(start, this.#end));
  }

  #isTaken(name: string, place: number): boolean {
    for (let before = 0; before < place; before++) {
      if (this.#labelNames[before]?.text === name) {
        return true;
      }
    }
    return false;
  }

  #nameAt(place: number): KnownName {
    const known = this.#labelNames[place];
    if (known !== undefined) {
      return known;
    }
    const name = { text: "", start: -1, high: 0, low: 0 };
    this.#labelNames.push(name);
    return name;
  }
}

/** Four bytes at a time: how much of the length is the same at two positions. */
function sameWords(bytes: DataView, one: number, other: number, length: number): number {
  const last = Math.min(length, bytes.byteLength - other) - 4;
  let step = 0;
  while (step <= last && bytes.getInt32(one + step) === bytes.getInt32(other + step)) {
    step += 4;
  }
  return step;
}
