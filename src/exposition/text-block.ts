/** Bytes of whole lines that are read together, with the texts that are cut from them. */

/** Valid UTF-8 in three forms whose positions are kept apart. */
export class TextBlock {
  /** One character for each byte. */
  readonly text: string;
  readonly bytes: Uint8Array;
  /** The same bytes, to be read four at a time. */
  readonly words: DataView;
  /** What the bytes are as UTF-8; it is shorter than `text` when there are characters outside ASCII. */
  readonly decoded: string;
  /** Seldom: it saves a look for one in each value. */
  readonly hasBackslash: boolean;

  constructor(text: string, bytes: Uint8Array, decoded: string) {
    this.text = text;
    this.bytes = bytes;
    this.words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.decoded = decoded;
    this.hasBackslash = text.includes("\\");
  }

  /** Whether so many bytes from a position on are the same as from an earlier one on. */
  isRepeated(earlier: number, start: number, length: number): boolean {
    const words = this.words;
    const last = length - 4;
    if (last < 0) return this.#isFewRepeated(earlier, start, length);
    for (let step = 0; step < last; step += 4) {
      if (words.getInt32(earlier + step, true) !== words.getInt32(start + step, true)) return false;
    }
    return words.getInt32(earlier + last, true) === words.getInt32(start + last, true);
  }

  #isFewRepeated(earlier: number, start: number, length: number): boolean {
    for (let step = 0; step < length; step++) {
      if (this.bytes[earlier + step] !== this.bytes[start + step]) return false;
    }
    return true;
  }

  isAscii(): boolean {
    return this.decoded.length === this.text.length;
  }
}
