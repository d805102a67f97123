/**
 * The series of a sample line as far as it has been read: name, labels and a hash of both.
 *
 * Neighbouring lines mostly differ in their last label, so each line resumes behind the labels that
 * begin exactly as on the line before, instead of reading them again. That halves the time a body
 * takes.
 */
import { setLabel } from "./sample.ts";
import { type Codes, LABEL_NAME, type TextCursor } from "./text-cursor.ts";

/** Any odd number: tells a label from one with name and value exchanged. */
const VALUE_SALT = 0x5bd1e995;

export class SeriesPath {
  name = "";
  labelCount = 0;

  #high = 0;
  #low = 0;
  readonly #names: string[] = [];
  /** Where in the codes each name stands, when it stands there without quotes; else -1. */
  readonly #nameStarts: number[] = [];
  readonly #values: string[] = [];
  /** Where to resume behind so many labels, counted from the start of the line, and the hash there. */
  readonly #marks: { labels: number; offset: number; high: number; low: number }[] = [];
  #markCount = 0;
  #codes: Codes = new Uint8Array(0);
  /** The same codes, when they are bytes. */
  #bytes: DataView | undefined;
  /** The line read last, as positions in the codes; equal when there is none. */
  #start = 0;
  #end = 0;

  /** Sets the codes that the next lines are cut from, and so forgets the line before. */
  load(codes: Codes): void {
    this.#codes = codes;
    this.#bytes =
      codes instanceof Uint8Array
        ? new DataView(codes.buffer, codes.byteOffset, codes.byteLength)
        : undefined;
    this.#start = 0;
    this.#end = 0;
    this.#markCount = 0;
    this.#nameStarts.fill(-1);
  }

  /**
   * Begins a line with what it has in common with the one before. The result is the position where
   * reading goes on; it is behind a comma when labelCount is not 0, and else the start.
   */
  resume(start: number, end: number): number {
    const common = this.#commonLength(start, end);
    this.#start = start;
    this.#end = end;
    while (this.#markCount > 0 && (this.#marks[this.#markCount - 1]?.offset ?? 0) > common) {
      this.#markCount--;
    }

    const mark = this.#markCount > 0 ? this.#marks[this.#markCount - 1] : undefined;
    this.labelCount = mark?.labels ?? 0;
    this.#high = mark?.high ?? 0;
    this.#low = mark?.low ?? 0;
    if (mark === undefined) {
      this.name = "";
    }
    return start + (mark?.offset ?? 0);
  }

  /** Notes that everything before this position, a comma at the end, may be resumed from. */
  mark(at: number): void {
    if (this.labelCount === 0) {
      return;
    }
    const mark = this.#marks[this.#markCount] ?? { labels: 0, offset: 0, high: 0, low: 0 };
    this.#marks[this.#markCount++] = mark;
    mark.labels = this.labelCount;
    mark.offset = at - this.#start;
    mark.high = this.#high;
    mark.low = this.#low;
  }

  setName(name: string, { high, low }: TextCursor): void {
    this.name = name;
    this.#add(high, low);
  }

  /**
   * A label name without quotes, or "". When it has stood in this place of an earlier line already,
   * the result is the string made then: an object takes a name that it knows several times as fast.
   */
  takeLabelName(cursor: TextCursor): string {
    const known = this.#names[this.labelCount] ?? "";
    const before = this.#nameStarts[this.labelCount] ?? -1;
    return before >= 0 && cursor.skipSameName(before, known.length)
      ? known
      : cursor.takeName(LABEL_NAME);
  }

  /** False when the name is taken already. Its position is -1 when it is quoted. */
  addLabel(name: string, value: string, nameStart: number): boolean {
    if (name === "__name__") {
      return false;
    }
    for (let at = 0; at < this.labelCount; at++) {
      if (this.#names[at] === name) {
        return false;
      }
    }
    this.#names[this.labelCount] = name;
    this.#nameStarts[this.labelCount] = nameStart;
    this.#values[this.labelCount] = value;
    this.labelCount++;
    return true;
  }

  /** Adds the hash of a label: its value was taken last, its name had this hash. */
  addHash(value: TextCursor, nameHigh: number, nameLow: number): void {
    this.#add(
      Math.imul(nameHigh, VALUE_SALT) ^ value.high,
      Math.imul(nameLow, VALUE_SALT) ^ value.low,
    );
  }

  /** The same series at two times is not the same sample. */
  addTime(timestampMs: number): void {
    this.#add(timestampMs % 0x7fffffff, Math.trunc(timestampMs / 0x7fffffff));
  }

  /** A hash of name and labels as a safe integer; the same for every order of the labels. */
  hash(): number {
    return this.#high * 2 ** 21 + (this.#low >>> 11);
  }

  toLabels(): Record<string, string> {
    const labels: Record<string, string> = {};
    for (let at = 0; at < this.labelCount; at++) {
      const name = this.#names[at] ?? "";
      const value = this.#values[at] ?? "";
      setLabel(labels, name, value);
    }
    return labels;
  }

  #commonLength(start: number, end: number): number {
    const before = this.#start;
    const codes = this.#codes;
    const length = Math.min(end - start, this.#end - before);
    let at = this.#bytes === undefined ? 0 : commonWords(this.#bytes, before, start, length);
    while (at < length && codes[before + at] === codes[start + at]) {
      at++;
    }
    return at;
  }

  /** Adds up the mixed hashes of the parts, so that the order of labels makes no difference. */
  #add(high: number, low: number): void {
    this.#high = (this.#high + mixed(high)) | 0;
    this.#low = (this.#low + mixed(low)) | 0;
  }
}

/** Four bytes at a time: how much of the common length can be found so. */
function commonWords(bytes: DataView, one: number, other: number, length: number): number {
  const last = length - 4;
  let at = 0;
  while (at <= last && bytes.getInt32(one + at) === bytes.getInt32(other + at)) {
    at += 4;
  }
  return at;
}

/** The finishing step of MurmurHash3 (public domain): every bit of the input moves every bit. */
function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
