/**
 * Reads sample lines of the form that nearly all have, several times as fast as in general:
 *
 *     name{label="value",other="value"} 12.5
 *
 * without blanks, escapes, quoted names, timestamps and exemplars. A line is compared with the one before
 * it, place by place, and only what differs is read: a name character by character, a value four bytes at
 * a time. Whatever is of another form, or broken, is left to the scanner that knows the whole grammar.
 *
 * What the loops need of other modules is taken over into constants of this one, here and in the files
 * that it is made of: V8 puts a module's own constants into the code, and looks up, checks and converts
 * an imported one at each use, which took a fifth of the time.
 */
import { boundLabel } from "./canonical-bound.ts";
import { LabelNames } from "./label-names.ts";
import { LabelValues } from "./label-values.ts";
import * as linePlace from "./line-place.ts";
import type { Sample } from "./sample.ts";
import { SampleNumber } from "./sample-number.ts";
import * as seriesHash from "./series-hash.ts";
import { TextBlock } from "./text-block.ts";
import * as codes from "./text-cursor.ts";
import { surplusOf } from "./utf8.ts";

const { BRACE_CLOSE, BRACE_OPEN, COMMA, EQUALS, LABEL_NAME } = codes;
const { METRIC_NAME, QUOTE, SPACE, isNamePart, isNameStart } = codes;
const { finished, joinHash, PartHash } = seriesHash;
const { LinePlace, WITHOUT_LABEL } = linePlace;

/** Reads the lines that nearly all are, without a look at each character; others are for the full parser. */
export class FastLineParser {
  readonly #maxLabels: number;
  readonly #maxLength: number;
  readonly #names = new LabelNames();
  readonly #values = new LabelValues();
  readonly #number = new SampleNumber();
  #block = new TextBlock("", new Uint8Array(0), "");
  /** Before each label's value; the first has the metric's name, too. */
  readonly #places = [new LinePlace()];
  /** So many places are known to have labels of different names. */
  #different = 0;
  #name = "";
  #nameHigh = 0;
  #nameLow = 0;
  /** How many bytes more than characters there are before this line, and in what was read of it. */
  #surplus = 0;
  #ownSurplus = 0;
  #at = 0;
  #high = 0;
  #low = 0;

  constructor({ maxLabels, maxLineLength }: { maxLabels: number; maxLineLength: number }) {
    this.#maxLabels = maxLabels;
    this.#maxLength = maxLineLength;
  }

  /** Sets the next lines. */
  load(block: TextBlock): void {
    this.#block = block;
    this.#surplus = 0;
    for (const place of this.#places) place.forget();
  }

  /** The sample of the line that begins at a position, or undefined when it is not of this form. */
  read(start: number): Sample | undefined {
    const labels: Record<string, string> = {};
    this.#at = start;
    this.#ownSurplus = 0;
    if (!this.#takeSeries(labels)) return undefined;
    const value = this.#number.read(this.#block, this.#at);
    this.#at = this.#number.end;
    if (value === undefined || this.#at - start > this.#maxLength) return undefined;
    this.#surplus += this.#ownSurplus;
    return { name: this.#name, labels, value };
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
    if (!this.#block.isAscii()) this.#surplus += surplusOf(this.#block.bytes, start, end);
  }

  /** The name and the labels, up to behind the blank before the value. */
  #takeSeries(labels: Record<string, string>): boolean {
    const first = this.#placeAt(0);
    const at = first.valueAt(this.#block, this.#at);
    if (at >= 0) this.#at = at;
    else if (!this.#readName(first)) return false;
    this.#high = this.#nameHigh;
    this.#low = this.#nameLow;
    return first.label === WITHOUT_LABEL || this.#takeLabels(labels);
  }

  /** The labels from the first value to behind the blank after the closing brace. */
  #takeLabels(labels: Record<string, string>): boolean {
    const { bytes } = this.#block;
    for (let index = 0; index < this.#maxLabels; index++) {
      const place = this.#placeAt(index);
      if (index > 0 && !this.#takeLabelName(place)) return false;
      if (index >= this.#different && !this.#isDifferent(place, index)) return false;
      if (!this.#takeLabelValue(place)) return false;
      this.#high = (this.#high + place.addHigh) | 0;
      this.#low = (this.#low + place.addLow) | 0;
      labels[place.label.text] = place.text;
      if (bytes[this.#at] === BRACE_CLOSE) {
        this.#at += 2;
        return bytes[this.#at - 1] === SPACE;
      }
    }
    return false;
  }

  #placeAt(index: number): linePlace.LinePlace {
    const known = this.#places[index];
    if (known !== undefined) return known;
    const place = new LinePlace();
    this.#places.push(place);
    return place;
  }

  /** The metric's name, with that of the first label. */
  #readName(first: linePlace.LinePlace): boolean {
    const start = this.#at;
    const end = this.#endOfName(start, METRIC_NAME);
    if (end === start) return false;
    first.forget();
    this.#setName(this.#block.text.substring(start, end));
    const code = this.#block.bytes[end];
    if (code === BRACE_OPEN) return this.#readLabelName(first, end + 1);
    if (code !== SPACE) return false;
    this.#at = end + 1;
    first.setLabel(WITHOUT_LABEL, start, this.#at - start);
    return true;
  }

  #setName(name: string): void {
    if (name === this.#name) return;
    this.#name = name;
    const { high, low } = new PartHash().addText(name);
    this.#nameHigh = finished(high);
    this.#nameLow = finished(low);
    const bound = boundLabel(name);
    for (const place of this.#places) place.setBound(bound);
  }

  #takeLabelName(place: linePlace.LinePlace): boolean {
    const at = place.valueAt(this.#block, this.#at);
    if (at < 0) {
      return this.#block.bytes[this.#at] === COMMA && this.#readLabelName(place, this.#at + 1);
    }
    this.#at = at;
    return true;
  }

  /** The name of a label, and what stands between it and the value. */
  #readLabelName(place: linePlace.LinePlace, start: number): boolean {
    const { bytes, text } = this.#block;
    const end = this.#endOfName(start, LABEL_NAME);
    if (end === start || bytes[end] !== EQUALS || bytes[end + 1] !== QUOTE) return false;
    const label = this.#names.find(text.substring(start, end));
    if (label === undefined) return false;
    place.setLabel(label, this.#at, end + 2 - this.#at);
    place.setBound(boundLabel(this.#name));
    this.#different = Math.min(this.#different, this.#places.indexOf(place));
    this.#at = end + 2;
    return true;
  }

  #endOfName(start: number, kind: number): number {
    const { bytes } = this.#block;
    if (!isNameStart(bytes[start] ?? 0, kind)) return start;
    let end = start + 1;
    while (isNamePart(bytes[end] ?? 0, kind)) end++;
    return end;
  }

  #isDifferent(place: linePlace.LinePlace, index: number): boolean {
    for (let before = 0; before < index; before++) {
      if (this.#places[before]?.label.text === place.label.text) return false;
    }
    this.#different = index + 1;
    return true;
  }

  /** A value and the quote behind it. */
  #takeLabelValue(place: linePlace.LinePlace): boolean {
    const block = this.#block;
    const at = this.#at;
    const same = place.endOfSame(block, at);
    const from = at - this.#surplus - this.#ownSurplus;
    const end = same >= 0 ? same : this.#values.read(place, block, at, from);
    if (end < 0) return false;
    this.#at = end + 1;
    this.#ownSurplus += place.surplus;
    return true;
  }
}
