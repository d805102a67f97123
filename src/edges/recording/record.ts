/**
 * `record --target URL --out FILE`: polls a server as the bot does and writes down what
 * came, so that a wrong answer becomes a case that can be played again (`eval FILE`).
 */

import { existsSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Target } from "../../diagnosis/target.ts";
import { parseDuration } from "../../promql/duration.ts";
import { parseArguments } from "../cli/parse-arguments.ts";
import { terminalTargets } from "../cli/terminal-target.ts";
import { clock } from "../clock.ts";
import { redaction } from "../redaction.ts";
import { SAMPLER_DEFAULTS } from "../streamline/sampler.ts";
import { createSnapshotPoll } from "../streamline/snapshot-poll.ts";
import { createTargetClient } from "../streamline/target-client.ts";
import { LARGEST_METRICS } from "./kept-body.ts";
import { RECORDING_FORMAT } from "./read-recording.ts";
import { recordingClient } from "./recording-client.ts";

export const RECORD_USAGE =
  "streamline-bot record --target http://HOST:9094 --out FILE.jsonl.gz [--kafka HOST:9092] [--every 15s] [--for 1h] [--most 50] (megabytes)";

export interface RecordSettings {
  readonly target: Target;
  readonly file: string;
  readonly everyMs: number;
  readonly forMs: number;
  /** The file ends before it grows larger than this. */
  readonly mostBytes: number;
}

/** The settings that the words ask for, or the sentence that says what is wrong with them. */
export function readRecordWords(words: readonly string[]): RecordSettings | string {
  try {
    return settingsOf(parseArguments({ args: [...words], options: OPTIONS }).values);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const OPTIONS = {
  target: { type: "string", default: "" },
  out: { type: "string", default: "" },
  kafka: { type: "string", default: "" },
  every: { type: "string", default: "15s" },
  for: { type: "string", default: "1h" },
  most: { type: "string", default: "50" },
} as const;

function settingsOf(
  values: Readonly<Record<keyof typeof OPTIONS, string>>,
): RecordSettings | string {
  if (values.target === "") return "--target is missing: the address of the server to record";
  const chosen = terminalTargets(
    { target: values.target, ...(values.kafka === "" ? {} : { kafka: values.kafka }) },
    {},
  );
  if (chosen.kind === "usage") return chosen.problem;
  const [server] = chosen.targets;
  if (server === undefined) return `--target ${values.target} is no address`;
  if (values.out === "") return "--out is missing: the file to write";
  if (existsSync(values.out)) return `--out is "${values.out}", which is there already`;
  const everyMs = parseDuration(values.every) ?? 0;
  const forMs = parseDuration(values.for) ?? 0;
  if (everyMs < 1_000) return `--every is "${values.every}", and must be a time of 1s or more`;
  if (forMs <= 0) return `--for is "${values.for}", and must be a time like 30m`;
  const megabytes = Number(values.most);
  if (!(megabytes > 0)) return `--most is "${values.most}", and must be a number of megabytes`;
  const target: Target = {
    name: "recorded",
    http: server.http,
    kafka: server.kafka,
    labels: {},
    timeoutMs: 5_000,
    maxBodyBytes: LARGEST_METRICS,
  };
  return { target, file: values.out, everyMs, forMs, mostBytes: megabytes * 1024 ** 2 };
}

interface EndedRecording {
  readonly polls: number;
  /** It ended since the next poll would have made the file too large. */
  readonly isFull: boolean;
}

/**
 * Records until the time is over, the file is full or the signal comes; resolves with what it holds.
 * Rejects when the file is there already or cannot be written.
 */
export async function record(
  { target, file, everyMs, forMs, mostBytes }: RecordSettings,
  signal: AbortSignal,
): Promise<EndedRecording> {
  // A recording of an incident cannot be had again.
  const handle = await open(file, "wx", 0o600);
  const real = createTargetClient({ clock });
  try {
    const recording = recordingClient(real, () => clock.now());
    const poll = createSnapshotPoll({
      poll: recording.client,
      target,
      clock,
      settings: SAMPLER_DEFAULTS,
    });
    const write = lineWriter(handle, mostBytes);
    await write(JSON.stringify({ format: RECORDING_FORMAT, everyMs }));
    const endMs = clock.now() + forMs;
    let polls = 0;
    // A machine with much other work may be away for longer than the whole time: one poll there is.
    while (!signal.aborted && (polls === 0 || clock.now() < endMs)) {
      const beganMs = clock.now();
      const { timeMs } = await poll();
      if (!(await write(recording.takeLine(timeMs)))) return { polls, isFull: true };
      polls += 1;
      const nextMs = Math.min(beganMs + everyMs, endMs);
      await clock.sleep(Math.max(0, nextMs - clock.now()), signal);
    }
    return { polls, isFull: false };
  } finally {
    await real.close();
    await handle.close();
  }
}

const zipped = promisify(gzip);

/**
 * Writes each line as a gzip of its own, one after the other: all of them can be read when the recorder
 * is killed later (RFC 1952, 2.2: members follow each other). False for a line that is too large for
 * what is left of `mostBytes`, which is not written.
 */
function lineWriter(handle: FileHandle, mostBytes: number): (line: string) => Promise<boolean> {
  let left = mostBytes;
  return async (line) => {
    const member = await zipped(`${await redaction.longText(line)}\n`);
    if (member.length > left) return false;
    left -= member.length;
    await handle.writeFile(member);
    return true;
  };
}
