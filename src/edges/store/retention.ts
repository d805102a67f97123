/**
 * How long each table keeps its rows, and how they go: in small batches while the bot runs, so that
 * nobody waits for them.
 *
 * | table | kept | why |
 * |---|---|---|
 * | incidents (with their alerts, feedback on them, and digests) | 400 days | the same week of last year can be compared |
 * | notifications | 30 days | the largest rows; a timeline or a silence's preview looks back days |
 * | audit | 90 days | a quarter's review; it names people, so no longer than that |
 * | notes | 365 days | those who write runbooks may be busy for a while |
 * | questions | 90 days | what nobody has asked for so long is no gap that hurts |
 * | outbox | 7 days | what could not be delivered for a week helps nobody |
 * | slack_events | 1 day | Slack repeats an event for an hour at most |
 * | shared_polls | 1 day | the last poll of a target, for replicas that do not poll it |
 *
 * An incident that fires is kept however old it is. page_orders, subscriptions and channel_positions
 * are settings: they grow with people and channels, not with time; heartbeats, channel_holders
 * and target_pollers with sources, channels and targets. late_copies are removed after minutes.
 */

import type { RetentionConfig } from "../../config/config.ts";
import type { Log } from "../../features/shared/ports.ts";
import { DAY_MS } from "../../promql/duration.ts";
import type { Database } from "./database.ts";
import { OLD_ROWS, type PrunedTable } from "./prune-operations.ts";

/** Rows that go at once: some milliseconds of work. */
const BATCH = 250;
/** Between batches, so that they take a small part of the time. */
const PAUSE_MS = 50;

export interface PruneOptions {
  readonly database: Pick<Database, "call">;
  readonly times: RetentionConfig;
  readonly nowMs: number;
  readonly log: Log;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Removes what is too old from every table; returns how many rows of each. */
export async function pruneStore(options: PruneOptions): Promise<Record<PrunedTable, number>> {
  const { database, nowMs, log, sleep } = options;
  const removed = Object.fromEntries(Object.keys(OLD_ROWS).map((table) => [table, 0])) as Record<
    PrunedTable,
    number
  >;
  for (const [table, keptMs] of keptTimes(options.times)) {
    for (;;) {
      const count = await database.call("pruneRows", {
        table,
        beforeMs: nowMs - keptMs,
        limit: BATCH,
      });
      removed[table] += count;
      if (count < BATCH) break;
      await sleep(PAUSE_MS);
    }
  }
  if (removed.outbox > 0) {
    log.error({ notices: removed.outbox }, "notices that could not be delivered were given up");
  }
  const total = Object.values(removed).reduce((sum, count) => sum + count, 0);
  if (total > 0) log.info({ removed }, "old rows were removed from the store");
  return removed;
}

function keptTimes(times: RetentionConfig): [PrunedTable, number][] {
  return [
    ["incidents", times.incidents],
    ["digests", times.incidents],
    ["feedback", times.incidents],
    ["notifications", times.notifications],
    ["audit", times.audit],
    ["notes", times.notes],
    ["questions", times.questions],
    ["outbox", times.undelivered],
    ["slack_events", DAY_MS],
    ["shared_polls", DAY_MS],
  ];
}
