/**
 * `record --target URL --out FILE`: polls a server as the bot does and writes down what
 * came, so that a wrong answer becomes a case that can be played again (`eval FILE`).
 */

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { constants, createGzip } from "node:zlib";
import type { Target } from "../../diagnosis/target.ts";
import { parseDuration } from "../../promql/duration.ts";
import { parseArguments } from "../cli/parse-arguments.ts";
import { clock } from "../clock.ts";
import { redaction } from "../redaction.ts";
import { SAMPLER_DEFAULTS } from "../streamline/sampler.ts";
import { createSnapshotPoll } from "../streamline/snapshot-poll.ts";
import { createTargetClient } from "../streamline/target-client.ts";
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
  const url = URL.canParse(values.target) ? new URL(values.target) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    return `--target is "${values.target}", and must be an address like http://10.0.0.5:9094`;
  }
  if (values.out === "") return "--out is missing: the file to write";
  const everyMs = parseDuration(values.every) ?? 0;
  const forMs = parseDuration(values.for) ?? 0;
  if (everyMs < 1_000) return `--every is "${values.every}", and must be a time of 1s or more`;
  if (forMs <= 0) return `--for is "${values.for}", and must be a time like 30m`;
  const megabytes = Number(values.most);
  if (!(megabytes > 0)) return `--most is "${values.most}", and must be a number of megabytes`;
  const target: Target = {
    name: "recorded",
    http: url.origin + url.pathname.replace(/\/+$/, ""),
    kafka: values.kafka === "" ? `${url.hostname}:9092` : values.kafka,
    labels: {},
    timeoutMs: 5_000,
    maxBodyBytes: 32 * 1024 * 1024,
  };
  return { target, file: values.out, everyMs, forMs, mostBytes: megabytes * 1024 ** 2 };
}

/** Records until the time is over, the file is full or the signal comes; resolves with the polls. */
export async function record(
  { target, file, everyMs, forMs, mostBytes }: RecordSettings,
  signal: AbortSignal,
): Promise<number> {
  const real = createTargetClient({ clock });
  const recording = recordingClient(real, () => clock.now());
  const poll = createSnapshotPoll({
    poll: recording.client,
    target,
    clock,
    settings: SAMPLER_DEFAULTS,
  });
  const gzip = createGzip();
  const out = gzip.pipe(createWriteStream(file, { mode: 0o600 }));
  await once(out, "open");
  const write = async (line: string): Promise<void> => {
    gzip.write(`${await redaction.longText(line)}\n`);
    // What was written can be read although the recorder is killed later.
    await new Promise<void>((resolve) => gzip.flush(constants.Z_SYNC_FLUSH, resolve));
  };
  await write(JSON.stringify({ format: RECORDING_FORMAT, everyMs }));
  const endMs = clock.now() + forMs;
  let polls = 0;
  while (!signal.aborted && clock.now() < endMs && out.bytesWritten < mostBytes) {
    const beganMs = clock.now();
    const { timeMs } = await poll();
    await write(recording.takeLine(timeMs));
    polls += 1;
    await clock.sleep(Math.max(0, everyMs - (clock.now() - beganMs)), signal);
  }
  gzip.end();
  await once(out, "close");
  await real.close();
  return polls;
}
