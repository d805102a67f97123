/** Events of Slack, kept until they are answered, and remembered for as long as Slack may repeat them. */

import { forUpdate, rowsOf, type StoreConnection, valuesOf } from "./connection.ts";

export interface EventDraft {
  readonly id: string;
  readonly kind: string;
  readonly body: string;
  readonly leaseMs: number;
  readonly nowMs: number | undefined;
}

const EVENT = {
  id: "text",
  kind: "text",
  body: "text",
  received_at: "bigint",
  taken_until: "bigint",
} as const;

/** False for those that are here already: another replica has them, or they are answered. */
export async function takeEvents(
  connection: StoreConnection,
  events: readonly EventDraft[],
): Promise<boolean[]> {
  const now = events[0]?.nowMs ?? (await connection.now());
  const first = new Map(events.map((event) => [event.id, event] as const).toReversed());
  const rows = [...first.values()].map(({ id, kind, body, leaseMs }) => ({
    id,
    kind,
    // A JSON text in JSON is escaped twice, so no NUL and no half character reaches the database.
    body,
    received_at: now,
    taken_until: now + leaseMs,
  }));
  const added = await connection.query<{ id: string }>(
    `insert into slack_events (id, kind, body, received_at, answered, taken_until, attempts)
     select id, kind, body, received_at, 0, taken_until, 1
     from ${rowsOf(connection, "?1", EVENT)} where true
     on conflict (id) do nothing returning id`,
    JSON.stringify(rows),
  );
  const isNew = new Set(added.map(({ id }) => id));
  // Of two copies in one transaction the first one counts.
  return events.map(({ id }) => isNew.delete(id));
}

/** An operation of a group commit: the events are answered, and their bodies forgotten. */
export async function answerEvents(
  connection: StoreConnection,
  ids: readonly string[],
): Promise<undefined[]> {
  await connection.query(
    `update slack_events set answered = 1, body = ''
     where id in (select value from ${valuesOf(connection, "?1")})`,
    JSON.stringify(ids),
  );
  return ids.map(() => undefined);
}

export interface LeftOver {
  readonly limit: number;
  readonly leaseMs: number;
  readonly nowMs: number | undefined;
}

/** What fails so often would fail for ever, and may be what ended the process. */
const MOST_ATTEMPTS = 3;

export interface StoredEvent {
  readonly id: string;
  readonly kind: string;
  readonly body: string;
  readonly received_at: number;
}

/** Those whose replica let its time pass. */
export async function leftOverEvents(
  connection: StoreConnection,
  claims: readonly LeftOver[],
): Promise<StoredEvent[][]> {
  const all: StoredEvent[][] = [];
  for (const { limit, leaseMs, nowMs } of claims) {
    const now = nowMs ?? (await connection.now());
    const rows = await connection.query<StoredEvent>(
      `update slack_events set taken_until = ?2, attempts = attempts + 1
       where id in (
         select id from slack_events
         where answered = 0 and taken_until <= ?1 and attempts < ${MOST_ATTEMPTS}
         order by taken_until limit ?3${forUpdate(connection, "skip locked")})
       returning id, kind, body, received_at`,
      now,
      now + leaseMs,
      limit,
    );
    all.push(rows.toSorted((a, b) => a.received_at - b.received_at));
  }
  return all;
}

/** Where nobody else can be at work, what a process that died had begun is free at once. */
export async function freeEvents(
  connection: StoreConnection,
  calls: readonly undefined[],
): Promise<undefined[]> {
  await connection.query("update slack_events set taken_until = 0 where answered = 0");
  return calls.map(() => undefined);
}

export interface StoredPosition {
  readonly channel: string;
  readonly ts: string;
}

/** Slack's timestamps are seconds with six digits, of equal length until the year 2286. */
export async function movePositions(
  connection: StoreConnection,
  calls: readonly (readonly StoredPosition[])[],
): Promise<undefined[]> {
  const latest = new Map<string, string>();
  for (const { channel, ts } of calls.flat()) {
    if (ts > (latest.get(channel) ?? "")) latest.set(channel, ts);
  }
  const at = await connection.now();
  const rows = [...latest].map(([channel, ts]) => ({ channel, ts, at }));
  await connection.query(
    `insert into channel_positions (channel, ts, at)
     select channel, ts, at
     from ${rowsOf(connection, "?1", { channel: "text", ts: "text", at: "bigint" })} where true
     on conflict (channel) do update set ts = excluded.ts, at = excluded.at
     where excluded.ts > channel_positions.ts`,
    JSON.stringify(rows),
  );
  return calls.map(() => undefined);
}
