/** Reading and writing the primitive types of the Kafka protocol, classic and flexible. */

export interface WireReader {
  int16(): number;
  int32(): number;
  boolean(): boolean;
  /** A string of the request header, which is never compact. */
  nullableString(): string | null;
  skip(bytes: number): void;
  /** Compact in a flexible version, classic otherwise. */
  string(flexible: boolean): string | null;
  /** The number of elements, -1 for null. */
  arrayLength(flexible: boolean): number;
  taggedFields(): void;
}

/** Reads from a frame; every read beyond its end throws a RangeError. */
export function createWireReader(frame: Buffer): WireReader {
  let position = 0;
  const take = (bytes: number) => {
    const start = position;
    if (bytes < 0 || start + bytes > frame.length) throw new RangeError("frame ends too early");
    position += bytes;
    return start;
  };
  const unsignedVarint = () => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = frame.readUInt8(take(1));
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError("varint is too long");
  };
  const text = (length: number) => {
    if (length < 0) return null;
    const start = take(length);
    return frame.toString("utf8", start, start + length);
  };
  const int16 = () => frame.readInt16BE(take(2));
  const int32 = () => frame.readInt32BE(take(4));
  return {
    int16,
    int32,
    boolean: () => frame.readUInt8(take(1)) !== 0,
    nullableString: () => text(int16()),
    skip: (bytes) => void take(bytes),
    string: (flexible) => text(flexible ? unsignedVarint() - 1 : int16()),
    arrayLength: (flexible) => (flexible ? unsignedVarint() - 1 : int32()),
    taggedFields() {
      for (let left = unsignedVarint(); left > 0; left -= 1) {
        unsignedVarint();
        take(unsignedVarint());
      }
    },
  };
}

export interface WireWriter {
  int8(value: number): WireWriter;
  int16(value: number): WireWriter;
  int32(value: number): WireWriter;
  bytes(value: Buffer): WireWriter;
  string(value: string | null, flexible: boolean): WireWriter;
  array<Item>(items: readonly Item[], flexible: boolean, write: (item: Item) => void): WireWriter;
  /** No tagged fields; nothing at all in a version that has none. */
  noTags(flexible: boolean): WireWriter;
  /** The frame with its length before it. */
  frame(): Buffer;
}

/** An empty writer, big-endian as the Kafka protocol is; each call appends and returns the same writer. */
export function createWireWriter(): WireWriter {
  const chunks: Buffer[] = [];
  const put = (bytes: number, write: (buffer: Buffer) => void) => {
    const buffer = Buffer.alloc(bytes);
    write(buffer);
    chunks.push(buffer);
    return writer;
  };
  const writer: WireWriter = {
    int8: (value) => put(1, (buffer) => buffer.writeInt8(value)),
    int16: (value) => put(2, (buffer) => buffer.writeInt16BE(value)),
    int32: (value) => put(4, (buffer) => buffer.writeInt32BE(value)),
    bytes(value) {
      chunks.push(value);
      return writer;
    },
    string(value, flexible) {
      const content = Buffer.from(value ?? "");
      if (flexible) chunks.push(unsignedVarint(value === null ? 0 : content.length + 1));
      else writer.int16(value === null ? -1 : content.length);
      chunks.push(content);
      return writer;
    },
    array(items, flexible, write) {
      if (flexible) chunks.push(unsignedVarint(items.length + 1));
      else writer.int32(items.length);
      items.forEach(write);
      return writer;
    },
    noTags(flexible) {
      if (flexible) chunks.push(Buffer.of(0));
      return writer;
    },
    frame() {
      const body = Buffer.concat(chunks);
      const length = Buffer.alloc(4);
      length.writeInt32BE(body.length);
      return Buffer.concat([length, body]);
    },
  };
  return writer;
}

function unsignedVarint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest % 128) | 0x80);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}
