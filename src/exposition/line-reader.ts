/**
 * Turns bytes that arrive in chunks into texts of whole lines.
 *
 * A line feed is never part of a longer UTF-8 sequence, so cutting the bytes there first and
 * decoding afterwards keeps every character whole, wherever a chunk ends.
 */
import { type BodyReader, BYTES_PER_CHARACTER, TOO_LONG } from "./body-reader.ts";
import { textOfBytes } from "./utf8.ts";

export interface LineReader {
  write(chunk: Uint8Array): void;
  end(): void;
}

const LINE_FEED = 10;

/** Bytes decoded at once: the texts of samples are cut from this and keep it in memory. */
const BLOCK_BYTES = 64 * 1024;

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
    } else {
      body.readLines(text.length === bytes.length ? text : textOfBytes(bytes), bytes);
    }
  }

  /** A block that is not UTF-8 loses only those lines that are not. */
  function readLineByLine(bytes: Uint8Array): void {
    let start = 0;
    while (start < bytes.length) {
      const found = bytes.indexOf(LINE_FEED, start);
      const end = found < 0 ? bytes.length : found + 1;
      const line = bytes.subarray(start, end);
      if (decoded(line) !== undefined) {
        body.readLines(textOfBytes(line), line);
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
