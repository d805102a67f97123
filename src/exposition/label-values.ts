/** Reads label values of the plain form: their texts, and what they add to the hash of their series. */
import { canonicalBound } from "./canonical-bound.ts";
import { KnownValues, type ReadValue } from "./known-values.ts";
import type { LinePlace } from "./line-place.ts";
import { ScannedValue } from "./scanned-value.ts";
import * as seriesHash from "./series-hash.ts";
import type { TextBlock } from "./text-block.ts";

const { finished, PartHash } = seriesHash;

/** The values of one body. */
export class LabelValues {
  readonly #values = new KnownValues();
  /** Apart from the others, since the same bytes come to another text. */
  readonly #bounds = new KnownValues();
  readonly #scanned = new ScannedValue();

  /**
   * Sets the value of a place to the one that begins at a position, and at another in the decoded text;
   * where it ends, or -1 when it is not plain.
   */
  read(place: LinePlace, block: TextBlock, start: number, from: number): number {
    const scanned = this.#scanned;
    if (!scanned.read(block, start, place.label)) return -1;
    const values = place.isBound ? this.#bounds : this.#values;
    const known = values.find(scanned, block);
    place.setValue(scanned, known ?? this.#cut(place, block, from));
    if (known === undefined) values.keep(scanned, block, place);
    return start + scanned.length;
  }

  #cut({ isBound, label }: LinePlace, { text, decoded }: TextBlock, from: number): ReadValue {
    const { start, length, surplus, high, low } = this.#scanned;
    const written =
      surplus === 0
        ? text.substring(start, start + length)
        : decoded.substring(from, from + length - surplus);
    const bound = isBound ? canonicalBound(written) : written;
    if (bound === written) return { text: written, addHigh: finished(high), addLow: finished(low) };
    const part = new PartHash().addText(label.text).addSeparator().addText(bound);
    return { text: bound, addHigh: finished(part.high), addLow: finished(part.low) };
  }
}
