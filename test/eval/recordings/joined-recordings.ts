/**
 * One recording after another, as of one server that was restarted in between: what the first left in
 * memory, such as rates, baselines and what is over, must not colour what is said of the second.
 */

import { dirname, join } from "node:path";
import { readRecording } from "../../../src/edges/recording/read-recording.ts";
import type { RecordedPoll } from "../../../src/edges/recording/recorded-poll.ts";
import { partsOf, withBody, withLines } from "./changed-metrics.ts";
import type { LabelledRecording } from "./labels.ts";

/** A restart takes so long. */
const DOWN_MS = 10_000;

/** The polls of the recording `first` of the same folder, then those of `recording`. */
export async function* followedBy(
  first: string,
  recording: LabelledRecording,
  polls: AsyncIterable<RecordedPoll>,
): AsyncGenerator<RecordedPoll> {
  if (first === recording.name) return yield* polls;
  const file = join(dirname(recording.file), `${first}.jsonl.gz`);
  const before: RecordedPoll[] = [];
  for await (const poll of readRecording(file, { broken: 0, isCut: false })) before.push(poll);
  const endMs = recording.startMs - recording.uptimeAtStartS * 1_000 - DOWN_MS;
  const shiftMs = endMs - (before.at(-1)?.timeMs ?? 0);
  for (const poll of before) yield shifted(poll, shiftMs);
  const left = leftBy(before);
  for await (const poll of polls) yield goingOn(poll, left);
}

function shifted(poll: RecordedPoll, shiftMs: number): RecordedPoll {
  const http = [...poll.http].map(([path, reply]) => {
    if (!path.startsWith("/api/v1/logs")) return [path, reply] as const;
    const later = (_: string, ms: string): string => `"timestamp":${Number(ms) + shiftMs}`;
    return [path, withBody(reply, (body) => body.replace(/"timestamp":(\d+)/g, later))] as const;
  });
  return { ...poll, timeMs: poll.timeMs + shiftMs, http: new Map(http) };
}

interface Left {
  /** Of /metrics: what a restart leaves as it was. */
  readonly gauges: ReadonlyMap<string, number>;
  readonly usedBytes: number;
}

const METRICS = "/metrics";
const ON_DISK = /^streamline_log_(end_offset|size_bytes)\{/;

function leftBy(polls: readonly RecordedPoll[]): Left {
  const gauges = new Map<string, number>();
  let usedBytes = 0;
  for (const { http } of polls) {
    for (const [path, reply] of http) {
      if (reply.kind !== "answered") continue;
      if (path.endsWith("/system")) {
        usedBytes = Number(/"storage":\{"used_bytes":(\d+)/.exec(reply.body)?.[1] ?? usedBytes);
      }
      if (path !== METRICS) continue;
      for (const { name, value } of reply.body.split("\n").flatMap((line) => partsOf(line) ?? [])) {
        if (ON_DISK.test(name)) gauges.set(name, Number(value));
      }
    }
  }
  return { gauges, usedBytes };
}

function goingOn(poll: RecordedPoll, { gauges, usedBytes }: Left): RecordedPoll {
  const inMetrics = (line: string): string[] => {
    const { name = "", value } = partsOf(line) ?? {};
    const base = gauges.get(name);
    return [base === undefined ? line : `${name} ${Number(value) + base}`];
  };
  const inLag = (text: string): string =>
    text.replace(
      /"topic":"([^"]*)","partition":(\d+),"current_offset":(\d+),"log_end_offset":(\d+)/g,
      (_, topic: string, partition: string, current: string, end: string) => {
        const base =
          gauges.get(`streamline_log_end_offset{topic="${topic}",partition="${partition}"}`) ?? 0;
        return `"topic":"${topic}","partition":${partition},"current_offset":${Number(current) + base},"log_end_offset":${Number(end) + base}`;
      },
    );
  const inSystem = (text: string): string =>
    text.replace(
      /"storage":\{"used_bytes":(\d+)/,
      (_, used: string) => `"storage":{"used_bytes":${Number(used) + usedBytes}`,
    );
  const http = [...poll.http].map(([path, reply]) => {
    if (path === METRICS) return [path, withLines(reply, inMetrics)] as const;
    if (path.endsWith("/lag")) return [path, withBody(reply, inLag)] as const;
    return [path, path.endsWith("/system") ? withBody(reply, inSystem) : reply] as const;
  });
  return { ...poll, http: new Map(http) };
}
