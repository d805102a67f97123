/** Taking rows of the outbox, and when the next may be taken. */

import { ALL_CHANNELS, type HeldBack } from "../../features/delivery/delivery-ports.ts";
import { PRIORITY_SPANS } from "../../incidents/notice-priority.ts";
import { type HolderParameters, inOwnChannels, isHeldByOther } from "./channel-holders.ts";
import { forUpdate, rowsOf, type StoreConnection } from "./connection.ts";
import type { ClaimedNotice, StoredNotice } from "./notice-rows.ts";
import { LONGEST_WAIT_MS, STATE } from "./outbox-lanes.ts";

export interface Claim {
  readonly limit: number;
  readonly leaseMs: number;
  /** Rows that are left. */
  readonly except: readonly HeldBack[];
  /** The replica that takes them, see channel-holders. */
  readonly holder: string;
  /** For tests; else the database's clock counts. */
  readonly nowMs: number | undefined;
}

/** Takes rows for workers, the most urgent first; two that ask at the same time get different ones. */
export async function claimNotices(
  connection: StoreConnection,
  claims: readonly Claim[],
): Promise<ClaimedNotice[][]> {
  const taken: ClaimedNotice[][] = [];
  for (const claim of claims) {
    const nowMs = claim.nowMs ?? (await connection.now());
    const woken = wakeDue(connection, nowMs);
    const [rows] = await Promise.all([takeReady(connection, claim, nowMs), woken]);
    taken.push(await inOwnChannels(connection, rows, { holder: claim.holder, nowMs }));
  }
  return taken;
}

/** Rows whose wait is over, and those of workers that let their lease end. */
async function wakeDue(connection: StoreConnection, nowMs: number): Promise<void> {
  const waits = `state in (${STATE.postponed}, ${STATE.taken})`;
  const wake = (isOver: string, time: number) =>
    connection.query(
      `update outbox set state = ${STATE.ready} where id in (
         select id from outbox where ${waits} and ${isOver}${forUpdate(connection, "skip locked")})`,
      time,
    );
  await Promise.all([
    wake("due_at <= ?1", nowMs),
    // By a clock that was set back since.
    wake("due_at > ?1", nowMs + LONGEST_WAIT_MS),
  ]);
}

/** The channels with a head that is ready, found by as many steps in the index. */
const CHANNELS = `recursive channels(channel) as (
  select min(channel) from outbox where state = ${STATE.ready}
  union all
  select (select min(channel) from outbox
          where state = ${STATE.ready} and channel > channels.channel)
  from channels where channels.channel is not null)`;

const SPANS = PRIORITY_SPANS.map(([low, high]) => `select ${low} as low, ${high} as high`).join(
  " union all ",
);

interface SpanParameters extends HolderParameters {
  readonly held: string;
}

/**
 * Each channel with the spans of priority that are not held back, as `open`: what is ready there is
 * found by the index, however much waits.
 */
function openSpans(connection: StoreConnection, parameters: SpanParameters): string {
  const held = rowsOf(connection, parameters.held, {
    channel: "text",
    low: "bigint",
    high: "bigint",
  });
  return `with ${CHANNELS},
    open as (
      select channels.channel, spans.low, spans.high
      from channels cross join (${SPANS}) as spans
      where channels.channel is not null and not ${isHeldByOther(parameters)} and not exists (
        select 1 from ${held}
        where (given.channel = channels.channel or given.channel = '${ALL_CHANNELS}')
          and given.low <= spans.low and given.high >= spans.high))`;
}

function heldParameter(except: readonly HeldBack[]): string {
  return JSON.stringify(except.map(({ channel, from, to }) => ({ channel, low: from, high: to })));
}

const READY_IN_OPEN = `ready.state = ${STATE.ready} and ready.channel = open.channel
  and ready.priority between open.low and open.high`;

async function takeReady(
  connection: StoreConnection,
  { limit, leaseMs, except, holder }: Claim,
  nowMs: number,
): Promise<StoredNotice[]> {
  const best = `(select id from outbox ready
    where ${READY_IN_OPEN} order by priority, id limit ?1)`;
  // PostgreSQL would read the table for each channel, if it were not given the ids.
  const among = connection.engine === "postgres" ? `= any(array${best})` : `in ${best}`;
  const rows = await connection.query<StoredNotice>(
    `${openSpans(connection, { held: "?3", holder: "?4", now: "?5" })}
     update outbox
     set state = ${STATE.taken}, attempts = attempts + 1, due_at = ?2
     where id in (
       select id from outbox where state = ${STATE.ready} and id in (
         select candidate.id from open join outbox candidate on candidate.id ${among}
         order by candidate.priority, candidate.id limit ?1)
       ${forUpdate(connection, "skip locked")})
     returning id, key, incident_id, channel, notice, priority, attempts, settled, created_at`,
    limit,
    nowMs + leaseMs,
    heldParameter(except),
    holder,
    nowMs,
  );
  return rows.toSorted((a, b) => a.priority - b.priority || a.id - b.id);
}

export interface NextDueCall {
  readonly except: readonly HeldBack[];
  readonly holder: string;
  readonly nowMs: number | undefined;
}

/** In how many milliseconds the next row may be taken; undefined when none waits. */
export async function nextDueIn(
  connection: StoreConnection,
  calls: readonly NextDueCall[],
): Promise<(number | undefined)[]> {
  const found: (number | undefined)[] = [];
  for (const { except, holder, nowMs } of calls) {
    const now = nowMs ?? (await connection.now());
    const ready = connection.query(
      `${openSpans(connection, { held: "?1", holder: "?2", now: "?3" })}
       select channel from open
       where exists (select 1 from outbox ready where ${READY_IN_OPEN}) limit 1`,
      heldParameter(except),
      holder,
      now,
    );
    const waiting = connection.query<{ due: number | null }>(
      `select min(due_at) as due from (
         select min(due_at) as due_at from outbox where state = ${STATE.postponed}
         union all
         select min(due_at) as due_at from outbox where state = ${STATE.taken}) as waits`,
    );
    const [open, [next]] = await Promise.all([ready, waiting]);
    const due = next?.due ?? undefined;
    if (open.length > 0) found.push(0);
    else found.push(due === undefined ? undefined : Math.max(0, due - now));
  }
  return found;
}

/**
 * Takes back what a process that died had begun, and what a clock that was set back since keeps
 * waiting. Only where nobody else can be at work.
 */
export async function takeBackLeases(
  connection: StoreConnection,
  calls: readonly undefined[],
): Promise<undefined[]> {
  await connection.query(
    `update outbox set state = ${STATE.ready}
     where state = ${STATE.taken} or (state = ${STATE.postponed} and due_at > ?1)`,
    await connection.now(),
  );
  return calls.map(() => undefined);
}
