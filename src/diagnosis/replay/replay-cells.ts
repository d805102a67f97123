/**
 * The values of one series over many snapshots as a short text.
 *
 * A cell is `~n` (not in n snapshots), `=n` (n times the value before), `+n` or `-n` (a whole number
 * more or less than before), or `#value`.
 */

export interface Cells {
  /** The value in a snapshot; snapshots come in their order. */
  add(slot: number, value: number): void;
  text(): string;
}

/** Writes the values of one series, snapshot by snapshot. */
export function createCells(): Cells {
  const cells: string[] = [];
  let next = 0;
  let previous = Number.NaN;
  let repeats = 0;
  const endRepeats = (): void => {
    if (repeats > 0) cells.push(`=${repeats}`);
    repeats = 0;
  };
  return {
    add(slot, value) {
      if (slot > next) {
        endRepeats();
        cells.push(`~${slot - next}`);
      }
      if (cells.length > 0 && Object.is(value, previous)) repeats += 1;
      else {
        endRepeats();
        cells.push(cellOf(value, previous));
      }
      previous = value;
      next = slot + 1;
    },
    text() {
      endRepeats();
      return cells.join(" ");
    },
  };
}

function cellOf(value: number, previous: number): string {
  const difference = value - previous;
  const isWhole = [value, previous, difference].every(Number.isSafeInteger);
  if (isWhole && !Object.is(value, -0)) return difference < 0 ? `${difference}` : `+${difference}`;
  return Object.is(value, -0) ? "#-0" : `#${value}`;
}

const CELL = /^(?:[~=]\d+|[+-]\d+|#\S+)$/;

/** Hands over slot and value of every cell; false for a text that is none of ours. */
export function readCells(
  text: string,
  slots: number,
  visit: (slot: number, value: number) => void,
): boolean {
  let slot = 0;
  let value = Number.NaN;
  for (const cell of text.split(" ")) {
    if (!CELL.test(cell)) return false;
    const content = Number(cell.slice(1));
    const isRepeat = cell.startsWith("=");
    const isGap = cell.startsWith("~");
    const end = slot + (isRepeat || isGap ? content : 1);
    if (end > slots) return false;
    if (cell.startsWith("#")) value = content;
    else if (!isRepeat && !isGap) value += Number(cell);
    for (; slot < end; slot += 1) if (!isGap) visit(slot, value);
  }
  return true;
}
