/**
 * Some dozen snapshots of one target: the values of every series, side by side.
 *
 * The newest block is open and holds its values as they are; a block that is full is packed. The
 * times of the snapshots are kept once, not once a series.
 */
import {
  BLOCK_SLOTS,
  createOpenPage,
  type OpenPage,
  PAGE_SERIES,
  type PackedPage,
  packPage,
  type SharedPage,
  unpackRow,
  withNumbers,
} from "./packed-page.ts";

/** Values of one series in the order of time; only the first `length` entries are valid. */
export interface Window {
  times: Float64Array;
  values: Float64Array;
  length: number;
}

export interface Values {
  /** Whether a series has a value in a slot. */
  has(series: number, slot: number): boolean;
  /** The value of a series in a slot that has one. */
  read(series: number, slot: number): number;
}

export interface Block extends Values {
  /** The times of the snapshots, ascending. */
  readonly times: readonly number[];
  /** The same values in a form that is fast to read slot by slot, as long as nothing is added. */
  expand(): Values;
  /** Adds the values of a series between two slots, both included, to a window. */
  readInto(window: Window, series: number, slots: { from: number; to: number }): void;
  /** Bytes of memory. */
  readonly bytes: number;
  /** What another thread needs to read the block as it is now, without a copy of its values. */
  share(): SharedBlock;
}

/** A block for another thread: its pages lie in memory that both have. */
export type SharedBlock =
  | {
      readonly kind: "open";
      readonly times: readonly number[];
      readonly pages: readonly OpenPage[];
    }
  | {
      readonly kind: "sealed";
      readonly times: readonly number[];
      readonly pages: readonly SharedPage[];
    };

/**
 * A block that another thread shared. Of an open one only the snapshots that were there are read; the
 * ones that its owner adds meanwhile have other slots.
 */
export function openShared(shared: SharedBlock): Block {
  return shared.kind === "sealed"
    ? createSealedBlock(shared.times, shared.pages.map(withNumbers))
    : { ...openReading(shared.times, shared.pages), bytes: 0, share: () => shared };
}

export interface OpenBlock extends Block {
  readonly isFull: boolean;
  /** Begins a snapshot; values are set for it until the next one begins. */
  begin(timeMs: number): void;
  set(series: number, value: number): void;
  /** Packs what is here into a block of its own, and empties this one. */
  seal(): Block;
}

/** The block that is being written; readers see what was added at once. */
export function createOpenBlock(): OpenBlock {
  let pages: OpenPage[] = [];
  let times: number[] = [];
  // It sees what is added to the lists, so a new one is needed only with new lists.
  let reading = openReading(times, pages);

  return {
    has: (series, slot) => reading.has(series, slot),
    read: (series, slot) => reading.read(series, slot),
    get times() {
      return times;
    },
    get isFull() {
      return times.length === BLOCK_SLOTS;
    },
    get bytes() {
      return pages.length * PAGE_SERIES * (4 + 8 * BLOCK_SLOTS);
    },
    begin(timeMs) {
      times.push(timeMs);
    },
    set(series, value) {
      while (pages.length * PAGE_SERIES <= series) {
        pages.push(createOpenPage());
      }
      const page = pages[Math.floor(series / PAGE_SERIES)];
      const row = series % PAGE_SERIES;
      const slot = times.length - 1;
      if (page !== undefined) {
        page.presence[row] = (page.presence[row] ?? 0) | (1 << slot);
        page.values[row * BLOCK_SLOTS + slot] = value;
      }
    },
    expand: () => reading.expand(),
    readInto: (window, series, slots) => reading.readInto(window, series, slots),
    share: () => ({ kind: "open", times: [...times], pages: [...pages] }),
    seal() {
      const sealed = createSealedBlock(times, pages.map(packPage));
      times = [];
      // Another thread may still read the old pages.
      pages = [];
      reading = openReading(times, pages);
      return sealed;
    },
  };
}

/** What is read of values that are not packed. */
function openReading(
  times: readonly number[],
  pages: readonly OpenPage[],
): Omit<Block, "bytes" | "share"> {
  const values = valuesOf(pages);
  return {
    ...values,
    times,
    expand: () => values,
    readInto(window, series, { from, to }) {
      const page = pages[Math.floor(series / PAGE_SERIES)];
      const row = series % PAGE_SERIES;
      const presence = page?.presence[row] ?? 0;
      if (page !== undefined && presence !== 0) {
        const start = row * BLOCK_SLOTS;
        addRow(window, { times, values: page.values, start, presence, from, to });
      }
    },
  };
}

function valuesOf(pages: readonly OpenPage[]): Values {
  return {
    has: (series, slot) =>
      isPresent(pages[Math.floor(series / PAGE_SERIES)]?.presence[series % PAGE_SERIES], slot),
    read: (series, slot) =>
      pages[Math.floor(series / PAGE_SERIES)]?.values[
        (series % PAGE_SERIES) * BLOCK_SLOTS + slot
      ] ?? Number.NaN,
  };
}

function createSealedBlock(times: readonly number[], pages: readonly PackedPage[]): Block {
  const row = new Float64Array(BLOCK_SLOTS);
  const spread = new Float64Array(BLOCK_SLOTS);

  /** Unpacks a series into slots; the result says which of them hold a value. */
  function unpack(series: number): number {
    const page = pages[Math.floor(series / PAGE_SERIES)];
    const presence = page?.presence[series % PAGE_SERIES] ?? 0;
    if (page !== undefined && presence !== 0) {
      unpackRow(page, series % PAGE_SERIES, row);
      spreadRow(row, presence, { into: spread, start: 0 });
    }
    return presence;
  }

  return {
    times,
    share: () => ({
      kind: "sealed",
      times,
      pages: pages.map(({ presence, offsets, bytes }) => ({ presence, offsets, bytes })),
    }),
    bytes: pages.reduce((sum, page) => sum + pageBytes(page), 0),
    has: (series, slot) =>
      isPresent(pages[Math.floor(series / PAGE_SERIES)]?.presence[series % PAGE_SERIES], slot),
    read(series, slot) {
      unpack(series);
      return spread[slot] ?? Number.NaN;
    },
    expand: () => valuesOf(pages.map(expandPage)),
    readInto(window, series, { from, to }) {
      const page = pages[Math.floor(series / PAGE_SERIES)];
      const presence = page?.presence[series % PAGE_SERIES] ?? 0;
      if (page === undefined || presence === 0) {
        return;
      }
      const count = unpackRow(page, series % PAGE_SERIES, row);
      let values = row;
      if (count < times.length) {
        spreadRow(row, presence, { into: spread, start: 0 });
        values = spread;
      }
      addRow(window, { times, values, start: 0, presence, from, to });
    },
  };
}

function expandPage(page: PackedPage): OpenPage {
  const values = new Float64Array(PAGE_SERIES * BLOCK_SLOTS);
  const row = new Float64Array(BLOCK_SLOTS);
  for (const [series, presence] of page.presence.entries()) {
    unpackRow(page, series, row);
    spreadRow(row, presence, { into: values, start: series * BLOCK_SLOTS });
  }
  return { presence: page.presence, values };
}

/** Puts values that were moved together back into the slots that they came from. */
function spreadRow(
  row: Float64Array,
  presence: number,
  { into, start }: { into: Float64Array; start: number },
): void {
  let next = 0;
  for (let slot = 0; slot < BLOCK_SLOTS; slot++) {
    if ((presence & (1 << slot)) !== 0) {
      into[start + slot] = row[next++] ?? 0;
    }
  }
}

function pageBytes({ presence, offsets, bytes }: PackedPage): number {
  return presence.byteLength + offsets.byteLength + bytes.byteLength;
}

interface Row {
  readonly times: readonly number[];
  readonly values: Float64Array;
  readonly start: number;
  readonly presence: number;
  readonly from: number;
  readonly to: number;
}

function addRow(window: Window, row: Row): void {
  let length = window.length;
  for (let slot = row.from; slot <= row.to; slot++) {
    if ((row.presence & (1 << slot)) !== 0) {
      window.times[length] = row.times[slot] ?? 0;
      window.values[length] = row.values[row.start + slot] ?? 0;
      length++;
    }
  }
  window.length = length;
}

function isPresent(presence: number | undefined, slot: number): boolean {
  return ((presence ?? 0) & (1 << slot)) !== 0;
}
