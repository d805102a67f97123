/**
 * Known texts in the server's in-memory log, as counters of ours.
 *
 * Each poll asks for what came after the last one. The ring keeps 10,000 entries of INFO or above
 * and is lost at a restart, when its ids begin again at 1 (streamline-facts 1.3); a restart is
 * noticed as the start time has it, since a process that dies young has no lower uptime after it.
 * Whenever the ring is read from its beginning again,
 * entries no younger than the newest one seen are no news, so that none is counted twice.
 */

import type { z } from "zod";
import { LOG_SIGNATURES, signaturesIn } from "../../diagnosis/checks/log-signatures.ts";
import { series } from "../../diagnosis/checks/own-series.ts";
import { API } from "../../diagnosis/health/api-answers.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Snapshot } from "../../history/history.ts";
import { ask, type Source } from "./source.ts";
import { createStartTracker } from "./start-tracker.ts";
import type { TargetClient } from "./target-client.ts";

export interface LogSourceOptions {
  readonly poll: Pick<TargetClient, "get">;
  readonly target: Target;
  readonly absentForMs: number;
  /** The last that is known of the target: where another poller left off, counting goes on. */
  readonly earlier?: () => Snapshot | undefined;
}

/**
 * Entries per request, the newest; in a storm of errors the count is what was seen, at least.
 * Warnings only, since every client that comes or goes writes INFO; the first
 * request after a start also takes those, because a start tells of replay and recovery there.
 */
const LIMIT = 1_000;

type Entries = z.infer<typeof API.logs>["entries"];

interface Cursor {
  readonly afterId: number;
  /** Of the process, as `createStartTracker` has it. */
  readonly start: number;
  /** By the server's clock; undefined while no entry had a time. */
  readonly newestMs: number | undefined;
}

/** A source of samples; it keeps the counters over a target's restarts. */
export function createLogSource(options: LogSourceOptions): Source {
  // All at zero from the start: increase() cannot see a counter's first value.
  const counts = new Map(LOG_SIGNATURES.map(({ id }): [string, number] => [id, 0]));
  const starts = createStartTracker();
  let cursor: Cursor | undefined;
  let ownMs = Number.NEGATIVE_INFINITY;
  let absentSinceMs = Number.NEGATIVE_INFINITY;

  function count(entries: Entries): void {
    for (const id of entries.flatMap(signaturesIn)) counts.set(id, (counts.get(id) ?? 0) + 1);
  }

  function goOnFrom(earlier: Snapshot | undefined): void {
    if (earlier === undefined || earlier.timeMs <= ownMs) return;
    for (const [id, total] of countsIn(earlier)) counts.set(id, total);
    cursor = { afterId: 0, start: 0, newestMs: earlier.timeMs };
  }

  return {
    async sample(moment) {
      goOnFrom(options.earlier?.());
      ownMs = moment.atMs;
      const start = starts.startOf(moment.atMs, moment.info.uptimeSeconds);
      if (moment.atMs - absentSinceMs < options.absentForMs) return [];
      const from = positionOf(cursor, start);
      const logs = await ask(options, pathOf(from), API.logs);
      if (logs.kind === "absent") absentSinceMs = moment.atMs;
      if (logs.kind !== "value") return [];
      const { entries, latest_id: latestId } = logs.value;
      // What the ring held before our first poll happened at an unknown time: it is the baseline.
      if (cursor !== undefined) count(from.afterId > 0 ? entries : newsIn(entries, cursor));
      cursor = {
        afterId: nextAfter(from.afterId, latestId),
        start,
        newestMs: newestOf(entries, cursor),
      };
      return [...counts].map(([signature, total]) =>
        series("log_signature_total", { signature }, total),
      );
    },
  };
}

function* countsIn({ samples }: Snapshot): Generator<[string, number]> {
  for (const { name, labels, value } of samples) {
    const signature = labels["signature"];
    if (name === "log_signature_total" && signature !== undefined) yield [signature, value];
  }
}

interface Position {
  readonly afterId: number;
  readonly level: "INFO" | "WARN";
}

function positionOf(cursor: Cursor | undefined, start: number): Position {
  const isNewProcess = cursor === undefined || cursor.afterId === 0 || start !== cursor.start;
  return isNewProcess ? { afterId: 0, level: "INFO" } : { afterId: cursor.afterId, level: "WARN" };
}

/** Of a ring that is read from its beginning, what was not in it before. */
function newsIn(entries: Entries, { newestMs }: Cursor): Entries {
  return newestMs === undefined
    ? entries
    : entries.filter(({ timestamp }) => timestamp === undefined || timestamp > newestMs);
}

function newestOf(entries: Entries, cursor: Cursor | undefined): number | undefined {
  const times = entries.flatMap(({ timestamp }) => timestamp ?? []);
  return times.reduce<number | undefined>(
    (newest, each) => (newest === undefined || each > newest ? each : newest),
    cursor?.newestMs,
  );
}

/** Ids that go backwards are those of a new process: its log is read from the beginning. */
function nextAfter(afterId: number, latestId: number | undefined): number {
  if (latestId === undefined) return afterId;
  return latestId < afterId ? 0 : latestId;
}

function pathOf({ afterId, level }: Position): string {
  return `/api/v1/logs?level=${level}&limit=${LIMIT}&after=${afterId}`;
}
