/**
 * Turns bytes that arrive in chunks into texts of whole lines.
 *
 * A line feed is never part of a longer UTF-8 sequence, so cutting the bytes there first and
 * decoding afterwards keeps every character whole, wherever a chunk ends.
 */
import { type BodyReader, BYTES_PER_CHARACTER, TOO_LONG } from "./body-reader.ts";
import { createOpenLines, type ReadLines } from "./open-lines.ts";
import { createPendingLine } from "./pending-line.ts";
import { LINE_FEED } from "./text-cursor.ts";
import { textOfBytes } from "./utf8.ts";

export interface LineReader {
  write(chunk: Uint8Array): void;
  end(): void;
}

/** Bytes decoded at once: the texts of samples are cut from this and keep it in memory. */
const BLOCK_BYTES = 64 * 1024;

const NOTHING = new Uint8Array(0);

/** A carriage return and a line feed. */
const LINE_END_BYTES = 2;

/** Cuts chunks of bytes into lines, of which one that is too long or no UTF-8 costs no other. */
export function createLineReader(body: BodyReader, maxLineLength: number): LineReader {
  const maxBytes = maxLineLength * BYTES_PER_CHARACTER + LINE_END_BYTES;
  const readBlock = createOpenLines(blockReader(body, maxBytes), maxBytes);
  const pending = createPendingLine(maxBytes);

  /** Completes the line that earlier chunks began. */
  function release(): void {
    const line = pending.release();
    if (line === undefined) {
      readBlock(NOTHING, true);
      body.addBroken(TOO_LONG);
    } else readBlock(line, false);
  }

  function readPart(part: Uint8Array): void {
    let start = 0;
    if (pending.isBegun()) {
      const first = part.indexOf(LINE_FEED);
      start = first < 0 ? part.length : first + 1;
      pending.hold(part.subarray(0, start));
      if (first >= 0) release();
    }
    const last = part.lastIndexOf(LINE_FEED) + 1;
    if (last > start) readBlock(part.subarray(start, last), false);
    pending.hold(part.subarray(Math.max(start, last)));
  }

  return {
    write(chunk) {
      for (let start = 0; start < chunk.length; start += BLOCK_BYTES) {
        readPart(chunk.subarray(start, start + BLOCK_BYTES));
      }
    },
    end() {
      if (pending.isBegun()) release();
      readBlock(NOTHING, true);
    },
  };
}

/** Reads whole lines; a block that is not UTF-8 loses only those lines that are not. */
function blockReader(body: BodyReader, maxBytes: number): ReadLines {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  function decoded(bytes: Uint8Array): string | undefined {
    try {
      return decoder.decode(bytes);
    } catch {
      return undefined;
    }
  }

  function readText(bytes: Uint8Array, text: string, isLast: boolean): number {
    const single = text.length === bytes.length ? text : textOfBytes(bytes);
    return body.readLines(single, bytes, text, isLast);
  }

  /** Lines that are UTF-8 are read together, since a string may go over some of them. */
  function readLineByLine(bytes: Uint8Array, isLast: boolean): number {
    let first = 0;
    for (let start = 0; start < bytes.length; ) {
      const found = bytes.indexOf(LINE_FEED, start);
      const end = found < 0 ? bytes.length : found + 1;
      if (decoded(bytes.subarray(start, end)) === undefined) {
        const before = bytes.subarray(first, start);
        readText(before, decoded(before) ?? "", true);
        body.addBroken(end - start > maxBytes ? TOO_LONG : "the line is not UTF-8");
        first = end;
      }
      start = end;
    }
    const rest = bytes.subarray(first);
    return readText(rest, decoded(rest) ?? "", isLast);
  }

  return (bytes, isLast) => {
    const text = decoded(bytes);
    return text === undefined ? readLineByLine(bytes, isLast) : readText(bytes, text, isLast);
  };
}
