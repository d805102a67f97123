/**
 * Names of metrics and labels, recognised instead of read: nearly always a name is the one that stood
 * in its place on the line before.
 */
import { sameBytes } from "./four-bytes.ts";
import { finished, PartHash } from "./series-hash.ts";
import { isNamePart, isNameStart } from "./text-cursor.ts";

/** A name as it stood somewhere in the codes. */
export interface KnownName {
  text: string;
  /** Where it begins; -1 when it is not known in these codes. */
  start: number;
  /** What it adds to the hash of its series as the name of a metric. */
  addHigh: number;
  addLow: number;
  /** What the hash of a label begins with. */
  high: number;
  low: number;
}

/** Names that need care; the scanner takes it. */
const SPECIAL_NAMES: ReadonlySet<string> = new Set(["__name__", "__proto__"]);

/** A name that is not known yet. */
export function unknownName(): KnownName {
  return { text: "", start: -1, high: 0, low: 0, addHigh: 0, addLow: 0 };
}

/** Reads names of one kind after another in the bytes that were loaded last. */
export class NameReader {
  #text = "";
  #codes: Uint8Array = new Uint8Array(0);
  #words: DataView = new DataView(new ArrayBuffer(0));

  load(text: string, codes: Uint8Array, words: DataView): void {
    this.#text = text;
    this.#codes = codes;
    this.#words = words;
  }

  /** Whether the known name stands at the position. */
  isAt(known: KnownName, start: number, kind: number): boolean {
    const { length } = known.text;
    return (
      known.start >= 0 &&
      start + length < this.#codes.length &&
      !isNamePart(this.#codes[start + length] ?? 0, kind) &&
      sameBytes(this.#words, known.start, this.#words, start, length)
    );
  }

  /** Reads the name at the position; false when there is none, or one that needs care. */
  read(name: KnownName, start: number, kind: number): boolean {
    const codes = this.#codes;
    if (!isNameStart(codes[start] ?? 0, kind)) return false;
    let at = start + 1;
    while (at < codes.length && isNamePart(codes[at] ?? 0, kind)) at++;
    const text = asKey(this.#text.substring(start, at));
    const isSpecial = SPECIAL_NAMES.has(text);
    name.text = text;
    // A name that needs care is never recognised on the next line.
    name.start = isSpecial ? -1 : start;
    const part = new PartHash().addText(text);
    name.addHigh = finished(part.high);
    name.addLow = finished(part.low);
    part.addSeparator();
    name.high = part.high;
    name.low = part.low;
    return !isSpecial;
  }
}

/** The text as objects have it for their keys: they take it several times as fast as a text just cut. */
function asKey(text: string): string {
  return Object.keys({ [text]: 0 })[0] ?? text;
}
