/**
 * What a recording would be like elsewhere: other loads and latencies, other names, polls at other
 * times or lost, a server that does not answer everything. A rule that has its reason in the server
 * holds there, too; one that was fitted to a recording does not.
 */

import type { Reply } from "../../../src/diagnosis/reply.ts";
import type { RecordedPoll } from "../../../src/edges/recording/recorded-poll.ts";
import {
  copiedGroups,
  copiedTopics,
  farther,
  foreignSeries,
  renamed,
  scaledLatency,
  scaledLoad,
  twinGroups,
} from "./changed-metrics.ts";
import type { LabelledRecording } from "./labels.ts";

/** A poll as it is played; `lost` as if it had not been taken. */
type Altered = RecordedPoll | "lost";
type Alter = (poll: RecordedPoll, number: number) => Altered;

export interface Variant {
  readonly about: string;
  /** Of so many lines of 5 s one is a poll. */
  readonly everyLines?: number;
  readonly alter?: (recording: LabelledRecording) => Alter;
  /** Before it came this recording of the same folder, and a restart. */
  readonly after?: string;
}

/** A line of a recording is written every 5 s, and a bot polls every 15 s. */
export const USUAL_LINES = 3;

const LOGS = /^\/api\/v1\/logs/;
const GROUPS = /^\/api\/v1\/consumer-groups/;
const LAG = /\/lag$/;
const METRICS = /^\/metrics$/;

export const VARIANTS: Readonly<Record<string, Variant>> = {
  "as-recorded": { about: "what was recorded, polled every 15 s" },
  "every-5s": { about: "polled every 5 s", everyLines: 1 },
  "every-10s": { about: "polled every 10 s", everyLines: 2 },
  "every-20s": { about: "polled every 20 s", everyLines: 4 },
  "every-30s": { about: "polled every 30 s", everyLines: 6 },
  "lost-10": { about: "one poll of ten is lost", alter: losing(0.1) },
  "lost-25": { about: "one poll of four is lost", alter: losing(0.25) },
  "metrics-lost-25": {
    about: "one /metrics of four comes too late",
    alter: (recording) => answering(METRICS, () => LATE, chanceOf(recording, 0.25)),
  },
  "groups-lost-25": {
    about: "one list of groups and lag of four comes too late",
    alter: (recording) => answering(GROUPS, () => LATE, chanceOf(recording, 0.25)),
  },
  "no-log": { about: "a build without the log", alter: () => answering(LOGS, () => ABSENT) },
  "no-groups": { about: "no list of groups", alter: () => answering(GROUPS, () => ABSENT) },
  "no-lag": { about: "no lag of groups", alter: () => answering(LAG, () => ABSENT) },
  "log-clock-1h": {
    about: "the server's clock is an hour behind",
    alter: () => answering(LOGS, inBody(shiftedTimestamps(-3_600_000))),
  },
  "log-clock+10m": {
    about: "the server's clock is ten minutes ahead",
    alter: () => answering(LOGS, inBody(shiftedTimestamps(600_000))),
  },
  "latency-0.5": { about: "everything takes half as long", alter: () => scaledLatency(0.5) },
  "latency-0.7": { about: "everything takes 0.7 of the time", alter: () => scaledLatency(0.7) },
  "latency-1.3": { about: "everything takes 1.3 times as long", alter: () => scaledLatency(1.3) },
  "far-150ms": { about: "the bot is 150 ms away", alter: () => farther(150) },
  "load-0.5": { about: "half of the load", alter: () => scaledLoad(0.5) },
  "load-2": { about: "twice the load", alter: () => scaledLoad(2) },
  "other-names": { about: "other topics, groups and partitions", alter: () => renamed },
  "ten-times-topics": { about: "nine idle topics beside each", alter: () => copiedTopics(9) },
  "hundred-groups": { about: "99 idle groups beside each", alter: () => copiedGroups(99) },
  "three-groups-alike": { about: "two groups more that fare alike", alter: () => twinGroups(2) },
  "foreign-series": { about: "series of other programs in /metrics", alter: () => foreignSeries },
  "uneven-polls": { about: "polled every 10, 15 or 20 s", everyLines: 1, alter: unevenly },
  "polled-from-the-fault-on": { about: "the bot starts with the fault", alter: startingBefore(0) },
  "polled-60s-before": { about: "the bot starts 60 s before the fault", alter: startingBefore(60) },
  "gap-90s": { about: "no poll from 120 s until 30 s before the fault", alter: gapBefore(120, 30) },
  ...Object.fromEntries(
    [
      "cpu-quota-5",
      "control-high-healthy",
      "fsync-slow-150ms",
      "oversized-60s-then-normal",
      "slow-consumer",
    ].map((after) => [`after:${after}`, { about: `${after} came before`, after }] as const),
  ),
};

/** Throws with all names for one that is none. */
export function variantOf(name: string): Variant {
  const variant = VARIANTS[name];
  if (variant !== undefined) return variant;
  throw new Error(`there is no variant ${name}: ${Object.keys(VARIANTS).join(", ")}`);
}

const ABSENT: Reply = { kind: "answered", status: 404, headers: {}, body: "", ms: 1, bytes: 0 };
const LATE: Reply = { kind: "timeout", ms: 2_000, afterMs: 2_000, connected: true };

function losing(share: number): NonNullable<Variant["alter"]> {
  return (recording) => {
    const isLost = chanceOf(recording, share);
    return (poll, number) => (isLost(number) ? "lost" : poll);
  };
}

/** Of lines every 5 s those that are polls: the next one comes 10, 15 or 20 s later, 15 s on average. */
function unevenly({ name }: LabelledRecording): Alter {
  let next = 0;
  return (poll, number) => {
    if (number < next) return "lost";
    next = number + 2 + (hashOf(`${name} uneven ${number}`) % 3);
    return poll;
  };
}

function startingBefore(seconds: number): NonNullable<Variant["alter"]> {
  return ({ expect }) => {
    const firstMs = Math.min(...expect.map(({ fromMs }) => fromMs)) - seconds * 1_000;
    return (poll) => (Number.isFinite(firstMs) && poll.timeMs < firstMs ? "lost" : poll);
  };
}

/** From so many seconds before the fault until so many: nothing was polled. */
function gapBefore(fromS: number, toS: number): NonNullable<Variant["alter"]> {
  return ({ expect }) => {
    const firstMs = Math.min(...expect.map(({ fromMs }) => fromMs));
    const isIn = (ms: number): boolean =>
      ms > firstMs - fromS * 1_000 && ms < firstMs - toS * 1_000;
    return (poll) => (isIn(poll.timeMs) ? "lost" : poll);
  };
}

function answering(
  path: RegExp,
  change: (reply: Reply) => Reply,
  isMeant: (number: number) => boolean = () => true,
): Alter {
  return (poll, number) => {
    if (!isMeant(number)) return poll;
    const http = new Map(poll.http);
    for (const [key, reply] of http) if (path.test(key)) http.set(key, change(reply));
    return { ...poll, http };
  };
}

function inBody(change: (body: string) => string): (reply: Reply) => Reply {
  return (reply) => (reply.kind === "answered" ? { ...reply, body: change(reply.body) } : reply);
}

function shiftedTimestamps(byMs: number): (body: string) => string {
  return (body) =>
    body.replace(/"timestamp":(\d+)/g, (_, ms: string) => `"timestamp":${Number(ms) + byMs}`);
}

/** The same lines at every run, others for each recording. */
function chanceOf({ name }: LabelledRecording, share: number): (number: number) => boolean {
  return (number) => hashOf(`${name} ${number}`) / 2 ** 32 < share;
}

/** FNV-1a with a last mixing, since its high bits hardly change with the last letter. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
