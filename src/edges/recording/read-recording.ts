/** A recording's file as polls, one after the other: text or gzip, also when its end is missing. */

import { open } from "node:fs/promises";
import { pipeline, type Readable } from "node:stream";
import { constants, createGunzip } from "node:zlib";
import { createPollReader, type RecordedPoll } from "./recorded-poll.ts";

export interface RecordingProblems {
  /** Lines that are no polls; the first line of our own format, which names it, is none of them. */
  broken: number;
  /** The file ends in the middle, as when the recorder was killed. */
  isCut: boolean;
}

/** First line of a file that `record` wrote. */
export const RECORDING_FORMAT = "streamline-recording 1";

/**
 * Reads a file's polls in their order. What cannot be read is counted in `problems` and left out;
 * only a file that cannot be opened throws.
 */
export async function* readRecording(
  file: string,
  problems: RecordingProblems,
): AsyncGenerator<RecordedPoll> {
  const read = createPollReader();
  let isFirst = true;
  for await (const { text, isWhole } of linesOf(await textOf(file), problems)) {
    const isHead = isFirst && text.includes(RECORDING_FORMAT);
    isFirst = false;
    if (isHead || text.trim() === "") continue;
    const poll = read(text);
    if (poll !== undefined) yield poll;
    else if (isWhole) problems.broken += 1;
    else problems.isCut = true;
  }
}

/** A gzip whose end is missing gives what it holds (zlib's manual: finishFlush). */
async function textOf(file: string): Promise<Readable> {
  const handle = await open(file);
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  const bytes = handle.createReadStream({ start: 0 });
  if (buffer[0] !== 0x1f || buffer[1] !== 0x8b) return bytes;
  return pipeline(bytes, createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }), () => undefined);
}

interface TextLine {
  readonly text: string;
  /** It ended with a line feed. */
  readonly isWhole: boolean;
}

async function* linesOf(text: Readable, problems: RecordingProblems): AsyncGenerator<TextLine> {
  let rest = "";
  try {
    for await (const chunk of text.setEncoding("utf8")) {
      // Joined once for each line: one of a large /metrics comes in hundreds of chunks.
      const parts = String(chunk).split("\n");
      const last = parts.pop() ?? "";
      for (const part of parts) {
        yield { text: rest + part, isWhole: true };
        rest = "";
      }
      rest += last;
    }
  } catch {
    // Damaged in the middle: what came before it has been read.
    problems.isCut = true;
  }
  yield { text: rest, isWhole: false };
}
