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

  isAscii(): boolean {
    return this.decoded.length === this.text.length;
  }
}
