/**
 * Turns bytes that arrive in chunks into texts of whole lines.
 *
 * A line feed is never part of a longer UTF-8 sequence, so cutting the bytes there first and
 * decoding afterwards keeps every character whole, wherever a chunk ends.
 */
import { type BodyReader, TOO_LONG } from "./body-reader.ts";
import { codesOf, wideCodesOf } from "./text-cursor.ts";

export interface LineReader {
  write(chunk: Uint8Array): void;
  end(): void;
}

const LINE_FEED = 10;

/** Bytes decoded at once: the texts of samples are cut from this and keep it in memory. */
const BLOCK_BYTES = 64 * 1024;

/** Bytes decoded at once where a block has characters outside ASCII. */
const PIECE_BYTES = 2 * 1024;

/** A character of a JavaScript string takes at most three bytes of UTF-8. */
const BYTES_PER_CHARACTER = 3;

/** A carriage return and a line feed. */
const LINE_END_BYTES = 2;

export function createLineReader(body: BodyReader, maxLineLength: number): LineReader {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const maxBytes = maxLineLength * BYTES_PER_CHARACTER + LINE_END_BYTES;
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let skipping = false;

  function hold(part: Uint8Array): void {
    if (skipping || pendingBytes + part.length > maxBytes) {
      skipping = true;
      pending = [];
      pendingBytes = 0;
    } else if (part.length > 0) {
      pending.push(part.slice());
      pendingBytes += part.length;
    }
  }

  /** Completes the line that earlier chunks began. */
  function release(): void {
    if (skipping) {
      body.addBroken(TOO_LONG);
    } else {
      readBlock(joined(pending, pendingBytes));
    }
    pending = [];
    pendingBytes = 0;
    skipping = false;
  }

  function readBlock(bytes: Uint8Array): void {
    const text = decoded(bytes);
    if (text === undefined) {
      readLineByLine(bytes);
    } else if (text.length === bytes.length) {
      body.readLines(text, bytes);
    } else {
      readPieces(bytes);
    }
  }

  /** One character outside ASCII slows down only the few lines around it. */
  function readPieces(bytes: Uint8Array): void {
    for (let start = 0; start < bytes.length; ) {
      const found = bytes.indexOf(LINE_FEED, start + PIECE_BYTES);
      const piece = bytes.subarray(start, found < 0 ? bytes.length : found + 1);
      const text = decoder.decode(piece);
      body.readLines(text, text.length === piece.length ? piece : wideCodesOf(text));
      start += piece.length;
    }
  }

  /** A block that is not UTF-8 loses only those lines that are not. */
  function readLineByLine(bytes: Uint8Array): void {
    let start = 0;
    while (start < bytes.length) {
      const found = bytes.indexOf(LINE_FEED, start);
      const end = found < 0 ? bytes.length : found + 1;
      const text = decoded(bytes.subarray(start, end));
      if (text !== undefined) {
        body.readLines(text, codesOf(text));
      } else {
        body.addBroken(end - start > maxBytes ? TOO_LONG : "the line is not UTF-8");
      }
      start = end;
    }
  }

  function decoded(bytes: Uint8Array): string | undefined {
    try {
      return decoder.decode(bytes);
    } catch {
      return undefined;
    }
  }

  function readPart(part: Uint8Array): void {
    let start = 0;
    if (pendingBytes > 0 || skipping) {
      const first = part.indexOf(LINE_FEED);
      start = first < 0 ? part.length : first + 1;
      hold(part.subarray(0, start));
      if (first >= 0) {
        release();
      }
    }

    const last = part.lastIndexOf(LINE_FEED) + 1;
    if (last > start) {
      readBlock(part.subarray(start, last));
    }
    hold(part.subarray(Math.max(start, last)));
  }

  return {
    write(chunk) {
      for (let start = 0; start < chunk.length; start += BLOCK_BYTES) {
        readPart(chunk.subarray(start, start + BLOCK_BYTES));
      }
    },
    end() {
      if (pendingBytes > 0 || skipping) {
        release();
      }
    },
  };
}

function joined(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
