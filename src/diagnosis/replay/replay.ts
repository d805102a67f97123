/**
 * A diagnosis that can be made again: the question and the snapshots it was answered from, as text.
 *
 * One line per series, since a series changes little from one snapshot to the next. Whoever stores
 * the text compresses it.
 */

import { z } from "zod";
import { parseJson } from "../../exposition/parse-json.ts";
import type { Sample } from "../../exposition/sample.ts";
import {
  finished,
  joinHash,
  PRIME_HIGH,
  PRIME_LOW,
  SEED_HIGH,
  SEED_LOW,
} from "../../exposition/series-hash.ts";
import type { HistoryReader } from "../../history/history.ts";
import { createMatcher } from "../../history/matcher.ts";
import type { Check } from "../checks/check.ts";
import { createCells, readCells } from "./replay-cells.ts";
import type { Reach } from "./replay-reach.ts";

interface ReplaySnapshot {
  readonly timeMs: number;
  readonly samples: readonly Sample[];
}

export interface ReplayQuestion {
  /** Name and addresses, as the commands of the answer name them. */
  readonly target: { readonly name: string; readonly http: string; readonly kafka: string };
  /** The moment that was judged. */
  readonly nowMs: number;
  readonly topic?: string | undefined;
  readonly group?: string | undefined;
  readonly windowMs?: number | undefined;
  /** What the answer said besides, such as that there was hardly any history. */
  readonly notes: readonly string[];
}

interface Replay {
  readonly question: ReplayQuestion;
  /** The checks it was answered by, as `checksDigest` has them. */
  readonly checks: string;
  readonly snapshots: readonly ReplaySnapshot[];
}

export type ReadReplay =
  | { readonly kind: "replay"; readonly replay: Replay }
  | { readonly kind: "unreadable"; readonly reason: string };

const FORMAT = "streamline-replay 1";

const head = z.object({
  question: z.object({
    target: z.object({ name: z.string(), http: z.string(), kafka: z.string() }),
    nowMs: z.number(),
    topic: z.string().optional(),
    group: z.string().optional(),
    windowMs: z.number().optional(),
    notes: z.array(z.string()),
  }),
  checks: z.string(),
  times: z.array(z.number()),
});
const seriesHead = z.tuple([z.string(), z.record(z.string(), z.string())]);

export interface ToWrite {
  readonly question: ReplayQuestion;
  readonly checks: string;
  readonly history: HistoryReader;
  readonly reach: Reach;
}

/** The text of a replay: what the history holds of the metrics within reach. */
export function writeReplay({ question, checks, history, reach }: ToWrite): string {
  const times = timesOf(history);
  const lines: string[] = [];
  for (const name of history.names()) {
    const reachMs = reach === undefined ? Infinity : reach.get(name);
    if (reachMs === undefined) continue;
    const fromMs = question.nowMs - reachMs;
    lines.push(...metricLines(history, { name, times, fromMs }));
  }
  return `${[FORMAT, JSON.stringify({ question, checks, times }), ...lines].join("\n")}\n`;
}

/** When the snapshots were taken, oldest first. */
function timesOf(history: HistoryReader): number[] {
  const times: number[] = [];
  let beforeMs = history.stats().lastMs;
  while (beforeMs !== undefined) {
    times.push(beforeMs);
    beforeMs = history.slotAt(beforeMs - 1, Infinity)?.timeMs;
  }
  return times.toReversed();
}

interface Metric {
  readonly name: string;
  readonly times: readonly number[];
  readonly fromMs: number;
}

function metricLines(history: HistoryReader, { name, times, fromMs }: Metric): string[] {
  const slots = new Map(times.map((timeMs, slot) => [timeMs, slot]));
  const range = history.between(fromMs, times.at(-1) ?? 0);
  const room = range.capacity;
  const window = { times: new Float64Array(room), values: new Float64Array(room), length: 0 };
  return history.select([createMatcher("__name__", "=", name)]).flatMap((series) => {
    range.read(series, window);
    const labels = history.metric(series)?.labels;
    if (window.length === 0 || labels === undefined) return [];
    const cells = createCells();
    for (let n = 0; n < window.length; n += 1) {
      cells.add(slots.get(window.times[n] ?? 0) ?? 0, window.values[n] ?? 0);
    }
    return [`${JSON.stringify([name, labels])}\t${cells.text()}`];
  });
}

/** Reads what `writeReplay` wrote; a text by others is refused with a reason. */
export function readReplay(text: string): ReadReplay {
  const [format, first = "", ...lines] = text.trimEnd().split("\n");
  if (format !== FORMAT) return unreadable(`it does not begin with "${FORMAT}"`);
  const parsed = head.safeParse(parseJson(first));
  if (!parsed.success) return unreadable("its second line lacks question and times");
  const { question, checks, times } = parsed.data;
  const snapshots = times.map((timeMs) => ({ timeMs, samples: [] as Sample[] }));
  for (const [index, line] of lines.entries()) {
    if (!readSeries(line, snapshots)) return unreadable(`line ${index + 3} is not a series`);
  }
  return { kind: "replay", replay: { question, checks, snapshots } };
}

function readSeries(line: string, snapshots: readonly { readonly samples: Sample[] }[]): boolean {
  const [first = "", cells = ""] = line.split("\t");
  const parsed = seriesHead.safeParse(parseJson(first));
  if (!parsed.success) return false;
  const [name, labels] = parsed.data;
  return readCells(cells, snapshots.length, (slot, value) => {
    snapshots[slot]?.samples.push({ name, labels, value });
  });
}

/** Equal for equal checks: tells whether an answer was made by the checks of today. */
export function checksDigest(checks: readonly Check[]): string {
  const text = JSON.stringify(checks.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
  // As of a series, over UTF-16 units: it only has to notice a change, and 64 bits take a tenth of a second.
  let high = SEED_HIGH;
  let low = SEED_LOW;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, PRIME_HIGH);
    low = Math.imul(low ^ code, PRIME_LOW);
  }
  return joinHash(finished(high) >>> 0, finished(low)).toString(16);
}

function unreadable(reason: string): ReadReplay {
  return { kind: "unreadable", reason };
}
