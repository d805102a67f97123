/** A recording's file as looks, one after the other: text or gzip, also when its end is missing. */

import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { createLineReader, type RecordedLook } from "./recorded-look.ts";

export interface RecordingProblems {
  /** Lines that are no looks; the first line of our own format, which names it, is none of them. */
  broken: number;
  /** The file ends in the middle, as when the recorder was killed. */
  isCut: boolean;
}

/** First line of a file that `record` wrote. */
export const RECORDING_FORMAT = "streamline-recording 1";

/**
 * Reads a file's looks in their order. What cannot be read is counted in `problems` and left out;
 * only a file that cannot be opened throws.
 */
export async function* readRecording(
  file: string,
  problems: RecordingProblems,
): AsyncGenerator<RecordedLook> {
  const read = createLineReader();
  let isFirst = true;
  for await (const line of linesOf(await textOf(file), problems)) {
    const isHead = isFirst && line.includes(RECORDING_FORMAT);
    isFirst = false;
    if (isHead || line.trim() === "") continue;
    const look = read(line);
    if (look === undefined) problems.broken += 1;
    else yield look;
  }
}

async function textOf(file: string): Promise<Readable> {
  const bytes = createReadStream(file);
  return (await isGzip(file)) ? bytes.pipe(createGunzip()) : bytes;
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

async function* linesOf(text: Readable, problems: RecordingProblems): AsyncGenerator<string> {
  const failed = new Promise<void>((resolve) => text.once("error", () => resolve()));
  const lines = createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY });
  void failed.then(() => {
    problems.isCut = true;
    lines.close();
  });
  yield* lines;
}
