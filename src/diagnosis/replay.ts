/**
 * A diagnosis that can be made again: the question and the snapshots it was answered from, as text.
 *
 * One line per series, since a series changes little from one snapshot to the next. A cell is
 * `~n` (not in n snapshots), `=n` (n times the value before), `+n` or `-n` (a whole number more or
 * less), or `#value`. Compressed by whoever stores it, an hour of a common server is some 50 kB.
 */

import { z } from "zod";
import type { Labels, Sample } from "../exposition/sample.ts";
import type { Check } from "./check.ts";
import { labelsKey } from "./evidence.ts";

export interface ReplaySnapshot {
  readonly timeMs: number;
  readonly samples: Iterable<Sample>;
}

export interface Question {
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

export interface Replay {
  readonly question: Question;
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

/** The text of a replay; only series of these metrics are kept, all when undefined. */
export function writeReplay(
  {
    question,
    checks,
    snapshots,
  }: Omit<Replay, "snapshots"> & {
    readonly snapshots: Iterable<ReplaySnapshot>;
  },
  metrics: ReadonlySet<string> | undefined,
): string {
  const times: number[] = [];
  const columns = new Map<string, Column>();
  for (const { timeMs, samples } of snapshots) {
    for (const { name, labels, value } of samples) {
      if (metrics !== undefined && !metrics.has(name)) continue;
      const key = `${name} ${labelsKey(labels)}`;
      const column = columns.get(key) ?? createColumn(name, labels);
      columns.set(key, column);
      column.add(times.length, value);
    }
    times.push(timeMs);
  }
  const lines = [...columns.values()].map((column) => column.line());
  return `${[FORMAT, JSON.stringify({ question, checks, times }), ...lines].join("\n")}\n`;
}

/** Reads what `writeReplay` wrote; a text by others is refused with a reason. */
export function readReplay(text: string): ReadReplay {
  const [format, first = "", ...lines] = text.trimEnd().split("\n");
  if (format !== FORMAT) return unreadable(`it does not begin with "${FORMAT}"`);
  const parsed = head.safeParse(jsonOf(first));
  if (!parsed.success) return unreadable("its second line does not tell question and times");
  const { question, checks, times } = parsed.data;
  const snapshots = times.map((timeMs) => ({ timeMs, samples: [] as Sample[] }));
  for (const [index, line] of lines.entries()) {
    if (!readColumn(line, snapshots)) return unreadable(`line ${index + 3} is no series`);
  }
  return { kind: "replay", replay: { question, checks, snapshots } };
}

/** Equal for equal checks: tells whether an answer was made by the checks of today. */
export function checksDigest(checks: readonly Check[]): string {
  const text = JSON.stringify(checks.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index += 1) {
    // FNV-1a, over UTF-16 units: it only has to notice a change.
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

interface Column {
  add(slot: number, value: number): void;
  line(): string;
}

function createColumn(name: string, labels: Labels): Column {
  const cells: string[] = [];
  let next = 0;
  let previous = Number.NaN;
  let repeats = 0;
  const endRepeats = (): void => {
    if (repeats > 0) cells.push(`=${repeats}`);
    repeats = 0;
  };
  return {
    add(slot, value) {
      if (slot > next) {
        endRepeats();
        cells.push(`~${slot - next}`);
      }
      if (cells.length > 0 && Object.is(value, previous)) repeats += 1;
      else {
        endRepeats();
        cells.push(cellOf(value, previous));
      }
      previous = value;
      next = slot + 1;
    },
    line() {
      endRepeats();
      return `${JSON.stringify([name, labels])}\t${cells.join(" ")}`;
    },
  };
}

function cellOf(value: number, previous: number): string {
  const difference = value - previous;
  const isWhole = [value, previous, difference].every(Number.isSafeInteger);
  if (isWhole && !Object.is(value, -0)) return difference < 0 ? `${difference}` : `+${difference}`;
  return Object.is(value, -0) ? "#-0" : `#${value}`;
}

function readColumn(line: string, snapshots: readonly { readonly samples: Sample[] }[]): boolean {
  const [first = "", cells = ""] = line.split("\t");
  const parsed = seriesHead.safeParse(jsonOf(first));
  if (!parsed.success) return false;
  const [name, labels] = parsed.data;
  let slot = 0;
  let value = Number.NaN;
  for (const cell of cells.split(" ")) {
    const content = Number(cell.slice(1));
    if (!/^(?:[~=]\d+|[+-]\d+|#\S+)$/.test(cell)) return false;
    if (cell.startsWith("~")) {
      slot += content;
      continue;
    }
    const times = cell.startsWith("=") ? content : 1;
    if (cell.startsWith("#")) value = content;
    else if (!cell.startsWith("=")) value += Number(cell);
    if (slot + times > snapshots.length) return false;
    for (let n = 0; n < times; n += 1) {
      snapshots[slot]?.samples.push({ name, labels, value });
      slot += 1;
    }
  }
  return true;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreadable(reason: string): ReadReplay {
  return { kind: "unreadable", reason };
}
