/**
 * Reads sample lines of the form that nearly all have, several times as fast as in general:
 *
 *     name{label="value",other="value"} 12.5
 *
 * without blanks, escapes, quoted names, timestamps and exemplars. Names are recognised by those of the
 * line before, values by those that came before, and values are read four bytes at a time. Whatever is
 * different, or broken, is left to the scanner that knows the whole grammar.
 */
import { boundLabel, canonicalBound } from "./canonical-bound.ts";
import { exactDecimal } from "./exact-decimal.ts";
import { firstStop, surplusOfWord } from "./four-bytes.ts";
import { type KnownValue, KnownValues } from "./known-values.ts";
import { type KnownName, NameReader, unknownName } from "./name-reader.ts";
import { parseNumber } from "./parse-number.ts";
import type { Sample } from "./sample.ts";
import { finished, joinHash, mixHigh, mixLow, PartHash } from "./series-hash.ts";
import {
  BRACE_CLOSE,
  BRACE_OPEN,
  COMMA,
  EQUALS,
  LABEL_NAME,
  METRIC_NAME,
  QUOTE,
  SPACE,
  TAB,
} from "./text-cursor.ts";
import { surplusOf } from "./utf8.ts";

/** Reads the lines that nearly all are, without a look at each character; others are for the full parser. */
export class FastLineParser {
  readonly #maxLabels: number;
  readonly #maxLength: number;
  readonly #names = new NameReader();
  readonly #values = new KnownValues();
  readonly #bounds = new KnownValues();
  readonly #name: KnownName = unknownName();
  /** The label that holds a bound, for this name. */
  #bound = "";
  /** The label names by their place, of which so many are known to be different. */
  readonly #labelNames: KnownName[] = [];
  #different = 0;
  #text = "";
  /** The same with characters outside ASCII as one each, from which their pieces are cut. */
  #decoded = "";
  /** How many bytes more than characters there are before this line, and in what was read of it. */
  #surplus = 0;
  #ownSurplus = 0;
  #codes: Uint8Array = new Uint8Array(0);
  #words: DataView = new DataView(new ArrayBuffer(0));
  #at = 0;
  #high = 0;
  #low = 0;

  constructor({ maxLabels, maxLineLength }: { maxLabels: number; maxLineLength: number }) {
    this.#maxLabels = maxLabels;
    this.#maxLength = maxLineLength;
  }

  /** Sets the bytes of the next lines, the text with one character for each of them, and what they are. */
  load(text: string, bytes: Uint8Array, decoded: string): void {
    this.#text = text;
    this.#decoded = decoded;
    this.#surplus = 0;
    this.#codes = bytes;
    const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#words = words;
    this.#names.load(text, bytes, words);
    this.#values.load(words);
    this.#bounds.load(words);
    this.#name.start = -1;
    for (const name of this.#labelNames) {
      name.start = -1;
    }
  }

  /** The sample of the line that begins at a position, or undefined when it is not of this form. */
  read(start: number): Sample | undefined {
    this.#at = start;
    this.#ownSurplus = 0;
    if (!this.#takeMetricName()) return undefined;
    const labels: Record<string, string> = {};
    if (this.#codes[this.#at] === BRACE_OPEN && !this.#takeLabels(labels)) return undefined;
    const value = this.#takeValue();
    if (value === undefined || this.#at - start > this.#maxLength) return undefined;
    this.#surplus += this.#ownSurplus;
    return { name: this.#name.text, labels, value };
  }

  /** Where the line that was read last ends. */
  end(): number {
    return this.#at;
  }

  /** The hash of its series. */
  hash(): number {
    return joinHash(this.#high, this.#low);
  }

  /** A line that was read in another way; every line is either read or skipped. */
  skip(start: number, end: number): void {
    if (this.#decoded.length < this.#text.length) {
      this.#surplus += surplusOf(this.#codes, start, end);
    }
  }

  #takeMetricName(): boolean {
    const name = this.#name;
    if (!this.#names.isAt(name, this.#at, METRIC_NAME)) {
      if (!this.#names.read(name, this.#at, METRIC_NAME)) return false;
      this.#bound = boundLabel(name.text);
    }
    this.#at += name.text.length;
    this.#high = name.addHigh;
    this.#low = name.addLow;
    return true;
  }

  /** The labels from the opening brace to behind the closing one. */
  #takeLabels(labels: Record<string, string>): boolean {
    for (let place = 0; place < this.#maxLabels; place++) {
      this.#at++;
      const name = this.#takeLabelName(place);
      if (name === undefined || !this.#takeLabelValue(name, labels)) return false;
      const code = this.#codes[this.#at];
      if (code === BRACE_CLOSE) {
        this.#at++;
        return true;
      }
      if (code !== COMMA) return false;
    }
    return false;
  }

  #takeLabelName(place: number): KnownName | undefined {
    const name = this.#nameAt(place);
    if (!this.#names.isAt(name, this.#at, LABEL_NAME)) {
      this.#different = Math.min(this.#different, place);
      if (!this.#names.read(name, this.#at, LABEL_NAME)) return undefined;
    }
    if (place >= this.#different) {
      if (this.#isTaken(name.text, place)) return undefined;
      this.#different = place + 1;
    }
    this.#at += name.text.length;
    return name;
  }

  #nameAt(place: number): KnownName {
    const known = this.#labelNames[place];
    if (known !== undefined) return known;
    const name = unknownName();
    this.#labelNames.push(name);
    return name;
  }

  #isTaken(name: string, place: number): boolean {
    for (let before = 0; before < place; before++) {
      if (this.#labelNames[before]?.text === name) return true;
    }
    return false;
  }

  #takeLabelValue(name: KnownName, labels: Record<string, string>): boolean {
    const codes = this.#codes;
    const start = this.#at + 2;
    if (codes[start - 2] !== EQUALS || codes[start - 1] !== QUOTE) return false;
    let { high, low } = name;
    let surplus = 0;
    for (let at = start; at <= codes.length - 4; at += 4) {
      const word = this.#words.getInt32(at, true);
      const stop = firstStop(word);
      // All bytes below the one that stops; without one, all four.
      const taken = stop === 0 ? word : word & ((stop >>> 7) - 1);
      surplus += surplusOfWord(taken);
      high = mixHigh(high, taken);
      low = mixLow(low, taken);
      if (stop !== 0) {
        this.#at = at + ((31 - Math.clz32(stop)) >> 3);
        if (codes[this.#at] !== QUOTE) return false;
        const length = this.#at - start;
        this.#add(name, labels, mixHigh(high, length), mixLow(low, length), start, surplus);
        this.#at++;
        return true;
      }
    }
    return false;
  }

  #add(
    name: KnownName,
    labels: Record<string, string>,
    high: number,
    low: number,
    start: number,
    surplus: number,
  ): void {
    const values = name.text === this.#bound ? this.#bounds : this.#values;
    const value =
      values.find(high, low, start, this.#at - start) ??
      this.#newValue(name, high, low, start, surplus);
    this.#ownSurplus += surplus;
    this.#high = (this.#high + value.addHigh) | 0;
    this.#low = (this.#low + value.addLow) | 0;
    labels[name.text] = value.text;
  }

  #newValue(
    name: KnownName,
    high: number,
    low: number,
    start: number,
    surplus: number,
  ): KnownValue {
    const end = this.#at;
    const from = start - this.#surplus - this.#ownSurplus;
    const text =
      surplus === 0
        ? this.#text.substring(start, end)
        : this.#decoded.substring(from, from + end - start - surplus);
    const isBound = name.text === this.#bound;
    const value = (isBound ? this.#bounds : this.#values).place(high, low, start, end - start);
    value.text = text;
    value.addHigh = finished(high);
    value.addLow = finished(low);
    if (isBound) spell(value, name);
    return value;
  }

  /** The value behind one blank, up to the end of the line. */
  #takeValue(): number | undefined {
    const start = this.#at + 1;
    if (this.#codes[start - 1] !== SPACE) return undefined;
    const found = this.#text.indexOf("\n", start);
    this.#at = found < 0 ? this.#text.length : found;
    if (this.#at === start) return undefined;
    return exactDecimal(this.#codes, start, this.#at) ?? this.#takeOtherValue(start);
  }

  #takeOtherValue(start: number): number | undefined {
    for (let at = start; at < this.#at; at++) {
      const code = this.#codes[at];
      if (code === SPACE || code === TAB) return undefined;
    }
    return parseNumber(this.#text.substring(start, this.#at));
  }
}

/** A bound in its one spelling. */
function spell(value: KnownValue, name: KnownName): void {
  const bound = canonicalBound(value.text);
  if (bound === value.text) return;
  const part = new PartHash().addText(name.text).addSeparator().addText(bound);
  value.text = bound;
  value.addHigh = finished(part.high);
  value.addLow = finished(part.low);
}
