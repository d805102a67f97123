/** Bytes of whole lines that are read together, with the texts that are cut from them. */

import * as fourBytes from "./four-bytes.ts";

const { sameBytes } = fourBytes;

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
    return sameBytes(this.words, earlier, this.words, start, length);
  }

  isAscii(): boolean {
    return this.decoded.length === this.text.length;
  }
}
