/** Reads the number that ends a sample line of the plain form. */
import { DecimalReader } from "./exact-decimal.ts";
import { parseNumber } from "./parse-number.ts";
import type { TextBlock } from "./text-block.ts";
import * as codes from "./text-cursor.ts";

const { LINE_FEED, SPACE, TAB } = codes;

/** Reads one number after another. */
export class SampleNumber {
  /** Where the line of the last one ends. */
  end = 0;
  readonly #decimal = new DecimalReader();

  /** The number from a position to the end of the line; undefined when there is something else. */
  read(block: TextBlock, start: number): number | undefined {
    const value = this.#decimal.read(block.bytes, start);
    const { end } = this.#decimal;
    const isWhole = block.bytes[end] === LINE_FEED || end === block.bytes.length;
    if (Number.isNaN(value) || !isWhole) return this.#readOther(block, start);
    this.end = end;
    return value;
  }

  #readOther({ bytes, text }: TextBlock, start: number): number | undefined {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    for (let at = start; at < end; at++) {
      const code = bytes[at];
      if (code === SPACE || code === TAB) return undefined;
    }
    this.end = end;
    return parseNumber(text.substring(start, end));
  }
}
