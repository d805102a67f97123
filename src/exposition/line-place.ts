/**
 * A place of a sample line: what is written before a value, `name{label="` or `,label="`, and the value
 * that stood there last. On the next line both are nearly always recognised instead of read.
 */
import type { ReadValue } from "./known-values.ts";
import type { LabelName } from "./label-names.ts";
import type { ScannedValue } from "./scanned-value.ts";
import type { TextBlock } from "./text-block.ts";
import * as codes from "./text-cursor.ts";

const { QUOTE } = codes;

/** Stands where a metric has no labels. */
export const WITHOUT_LABEL: LabelName = { text: "", high: 0, low: 0 };

/** What stood there in the lines before, by its positions in the block that is being read. */
export class LinePlace implements ReadValue {
  label = WITHOUT_LABEL;
  /** Whether the label holds a bound, which has one spelling. */
  isBound = false;
  text = "";
  addHigh = 0;
  addLow = 0;
  /** Of the value's text. */
  surplus = 0;
  #start = 0;
  /** -1 when nothing of this block is known. */
  #length = -1;
  #valueStart = 0;
  #valueLength = -1;

  forget(): void {
    this.#length = -1;
    this.forgetValue();
  }

  forgetValue(): void {
    this.#valueLength = -1;
  }

  /** Where the value begins if what stands before it is the same again; otherwise -1. */
  valueAt(block: TextBlock, start: number): number {
    const end = start + this.#length;
    if (this.#length < 0 || end >= block.bytes.length) return -1;
    return block.isRepeated(this.#start, start, this.#length) ? end : -1;
  }

  /** Where the value ends if it is the same again; otherwise -1. */
  endOfSame(block: TextBlock, start: number): number {
    const end = start + this.#valueLength;
    if (this.#valueLength < 0 || block.bytes[end] !== QUOTE) return -1;
    return block.isRepeated(this.#valueStart, start, this.#valueLength) ? end : -1;
  }

  /** Takes what was read before a value; without a label it is the value of the sample. */
  setLabel(label: LabelName, start: number, length: number): void {
    this.label = label;
    this.#start = start;
    this.#length = length;
    this.forgetValue();
  }

  /** Sets which label of the metric holds a bound. */
  setBound(label: string): void {
    const isBound = this.label.text === label;
    if (isBound !== this.isBound) this.forgetValue();
    this.isBound = isBound;
  }

  /** Takes a value that was read. */
  setValue({ start, length, surplus }: ScannedValue, { text, addHigh, addLow }: ReadValue): void {
    this.#valueStart = start;
    this.#valueLength = length;
    this.surplus = surplus;
    this.text = text;
    this.addHigh = addHigh;
    this.addLow = addLow;
  }
}
