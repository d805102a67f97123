/**
 * The values of some hundred series over some dozen snapshots, packed into bytes.
 *
 * Most series of a server are counters and sizes: whole numbers that grow slowly or not at all. They
 * take one or two bytes a value here instead of eight; a series that did not change takes nine bytes
 * in all. Numbers with a fraction are kept as they are, once for each change.
 *
 * All of it lies in memory that threads can share: what a person asks is evaluated in a thread of its
 * own, and copying an hour of 100,000 series there would stop this one.
 */

/** Series of a page, and snapshots of a block: one bit of a 32-bit word for each snapshot. */
export const PAGE_SERIES = 1024;
export const BLOCK_SLOTS = 32;

/** Values that are still being written: one row of slots for each series. */
export interface OpenPage {
  /** A bit for each slot of a series that holds a value. */
  readonly presence: Uint32Array;
  readonly values: Float64Array;
}

/** What threads share of a page. */
export interface SharedPage {
  readonly presence: Uint32Array;
  /** Where each series begins in the bytes; one more entry says where the last one ends. */
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
}

export interface PackedPage extends SharedPage {
  /** The same bytes, for reading numbers. */
  readonly numbers: DataView;
}

/** A page that another thread packed, ready to be read. */
export function withNumbers({ presence, offsets, bytes }: SharedPage): PackedPage {
  return { presence, offsets, bytes, numbers: new DataView(bytes.buffer) };
}

const CONSTANT = 0;
const WHOLE = 1;
const CHANGES = 2;

/** A kind, a word of changes and all values. */
const MAX_SERIES_BYTES = 1 + 4 + 8 * BLOCK_SLOTS;

/** Whole numbers are packed as differences, which stay exact up to this size. */
const MAX_WHOLE = 2 ** 52;

const MAX_BITS = 2 ** 31 - 1;

/** An empty page in memory that threads share. */
export function createOpenPage(): OpenPage {
  return {
    presence: new Uint32Array(new SharedArrayBuffer(4 * PAGE_SERIES)),
    values: new Float64Array(new SharedArrayBuffer(8 * PAGE_SERIES * BLOCK_SLOTS)),
  };
}

/** Packs a page. */
export function packPage({ presence, values }: OpenPage): PackedPage {
  const writer = { view: new DataView(new ArrayBuffer(PAGE_SERIES * MAX_SERIES_BYTES)), at: 0 };
  const offsets = new Uint32Array(new SharedArrayBuffer(4 * (PAGE_SERIES + 1)));
  const row = new Float64Array(BLOCK_SLOTS);
  for (let series = 0; series < PAGE_SERIES; series++) {
    offsets[series] = writer.at;
    const count = compact(presence[series] ?? 0, values, series * BLOCK_SLOTS, row);
    if (count > 0) {
      packRow(row, count, writer);
    }
  }
  offsets[PAGE_SERIES] = writer.at;
  const bytes = new Uint8Array(new SharedArrayBuffer(writer.at));
  bytes.set(new Uint8Array(writer.view.buffer, 0, writer.at));
  return withNumbers({ presence, offsets, bytes });
}

/** Unpacks the present values of a series, one after the other; the result is their number. */
export function unpackRow(page: PackedPage, series: number, row: Float64Array): number {
  const count = bitCount(page.presence[series] ?? 0);
  const at = page.offsets[series] ?? 0;
  if (count === 0) {
    return 0;
  }

  switch (page.bytes[at] ?? CONSTANT) {
    case CONSTANT:
      row.fill(page.numbers.getFloat64(at + 1), 0, count);
      break;
    case WHOLE:
      unpackWhole(page.bytes, at + 1, count, row);
      break;
    default:
      unpackChanges(page.numbers, at + 1, count, row);
  }
  return count;
}

function bitCount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

interface Writer {
  readonly view: DataView;
  at: number;
}

/** Moves the present values of a row together; the result is their number. */
function compact(presence: number, values: Float64Array, start: number, row: Float64Array): number {
  let count = 0;
  for (let slot = 0; slot < BLOCK_SLOTS; slot++) {
    if ((presence & (1 << slot)) !== 0) {
      row[count++] = values[start + slot] ?? 0;
    }
  }
  return count;
}

function packRow(row: Float64Array, count: number, writer: Writer): void {
  const { view } = writer;
  if (isConstant(row, count)) {
    view.setUint8(writer.at, CONSTANT);
    view.setFloat64(writer.at + 1, row[0] ?? 0);
    writer.at += 9;
  } else if (isWhole(row, count)) {
    view.setUint8(writer.at++, WHOLE);
    packWhole(row, count, writer);
  } else {
    view.setUint8(writer.at++, CHANGES);
    packChanges(row, count, writer);
  }
}

function isConstant(row: Float64Array, count: number): boolean {
  for (let at = 1; at < count; at++) {
    if (!Object.is(row[at], row[0])) {
      return false;
    }
  }
  return true;
}

function isWhole(row: Float64Array, count: number): boolean {
  for (let at = 0; at < count; at++) {
    const value = row[at] ?? 0;
    if (Math.abs(value) > MAX_WHOLE || !Number.isInteger(value) || Object.is(value, -0)) {
      return false;
    }
  }
  return true;
}

/** Differences in groups of seven bits, the sign in the lowest one, so that small ones are short. */
function packWhole(row: Float64Array, count: number, writer: Writer): void {
  let before = 0;
  for (let at = 0; at < count; at++) {
    const value = row[at] ?? 0;
    const difference = value - before;
    let rest = difference < 0 ? -2 * difference - 1 : 2 * difference;
    // Bit operations are fast, but hold only 31 bits; what is larger is divided first.
    while (rest > MAX_BITS) {
      const high = Math.floor(rest / 128);
      writer.view.setUint8(writer.at++, 128 | (rest - high * 128));
      rest = high;
    }
    while (rest > 127) {
      writer.view.setUint8(writer.at++, 128 | (rest & 127));
      rest >>= 7;
    }
    writer.view.setUint8(writer.at++, rest);
    before = value;
  }
}

function unpackWhole(bytes: Uint8Array, start: number, count: number, row: Float64Array): void {
  let position = start;
  let value = 0;
  for (let at = 0; at < count; at++) {
    let byte = bytes[position++] ?? 0;
    let bits = byte & 127;
    for (let shift = 7; byte > 127 && shift < 28; shift += 7) {
      byte = bytes[position++] ?? 0;
      bits |= (byte & 127) << shift;
    }
    if (byte > 127) {
      let rest = bits;
      for (let factor = 2 ** 28; byte > 127; factor *= 128) {
        byte = bytes[position++] ?? 0;
        rest += (byte & 127) * factor;
      }
      const half = Math.floor(rest / 2);
      value += half * 2 === rest ? half : -half - 1;
    } else {
      value += (bits & 1) === 0 ? bits >> 1 : -(bits >> 1) - 1;
    }
    row[at] = value;
  }
}

function packChanges(row: Float64Array, count: number, writer: Writer): void {
  const wordAt = writer.at;
  writer.at += 4;
  let changes = 0;
  for (let at = 0; at < count; at++) {
    if (at === 0 || !Object.is(row[at], row[at - 1])) {
      changes |= 1 << at;
      writer.view.setFloat64(writer.at, row[at] ?? 0);
      writer.at += 8;
    }
  }
  writer.view.setUint32(wordAt, changes >>> 0);
}

function unpackChanges(bytes: DataView, start: number, count: number, row: Float64Array): void {
  const changes = bytes.getUint32(start);
  let position = start + 4;
  let value = 0;
  for (let at = 0; at < count; at++) {
    if ((changes & (1 << at)) !== 0) {
      value = bytes.getFloat64(position);
      position += 8;
    }
    row[at] = value;
  }
}
