/** Whole lines that wait for those behind them, since a string goes on there; up to so many bytes. */
import { joinBytes } from "./pending-line.ts";
import { QUOTE } from "./text-cursor.ts";

/** Reads whole lines; the result is how many bytes at the end have to wait, none when they are the last. */
export type ReadLines = (bytes: Uint8Array, isLast: boolean) => number;

/** Hands lines on, each with those that waited before it. */
export function createOpenLines(
  read: ReadLines,
  maxBytes: number,
): (bytes: Uint8Array, isLast: boolean) => void {
  let parts: Uint8Array[] = [];
  let held = 0;

  function hold(bytes: Uint8Array): void {
    // The chunk's memory may be used again.
    if (bytes.length > 0) parts.push(bytes.slice());
    held += bytes.length;
  }

  /** Only a quote ends a string: without one there is nothing to look at again. */
  function goesOn(bytes: Uint8Array): boolean {
    return held > 0 && held + bytes.length <= maxBytes && !bytes.includes(QUOTE);
  }

  return (bytes, isLast) => {
    if (!isLast && goesOn(bytes)) {
      hold(bytes);
      return;
    }
    const lines = held === 0 ? bytes : joinBytes([...parts, bytes], held + bytes.length);
    parts = [];
    held = 0;
    hold(lines.subarray(lines.length - read(lines, isLast)));
  };
}
