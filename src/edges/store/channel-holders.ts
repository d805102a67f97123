/**
 * One replica at a time delivers to a channel: Slack limits what is written into it, whoever writes,
 * and a replica knows only its own pace. Channels are shared out by who takes a row first.
 */

import { rowsOf, type StoreConnection, valuesOf } from "./connection.ts";
import type { ClaimedNotice, StoredNotice } from "./notice-rows.ts";
import { STATE } from "./outbox-lanes.ts";

/** A channel to which its holder has nothing to deliver for so long is free, in milliseconds. */
const HELD_MS = 5_000;

export interface HolderParameters {
  /** Of the replica that asks. */
  readonly holder: string;
  readonly now: string;
}

/** Condition on `channels.channel`. */
export function isHeldByOther({ holder, now }: HolderParameters): string {
  return `exists (select 1 from channel_holders held where held.channel = channels.channel
    and held.holder <> ${holder} and held.until > ${now})`;
}

interface Holding {
  readonly holder: string;
  readonly nowMs: number;
}

/** The rows whose channels are the holder's now; another replica was faster with the others. */
export async function inOwnChannels(
  connection: StoreConnection,
  rows: readonly StoredNotice[],
  holding: Holding,
): Promise<ClaimedNotice[]> {
  // A SQLite file has one process.
  if (connection.engine === "sqlite") return rows.map((row) => ({ ...row, sharers: 1 }));
  if (rows.length === 0) return [];
  const own = await holdChannels(connection, [...new Set(rows.map((row) => row.channel))], holding);
  const lost = rows.filter(({ channel }) => !own.has(channel));
  if (lost.length > 0) await putBack(connection, lost);
  return rows.flatMap((row) => {
    const sharers = own.get(row.channel);
    return sharers === undefined ? [] : [{ ...row, sharers }];
  });
}

/** The channels that are the holder's now, each with how many replicas hold channels. */
async function holdChannels(
  connection: StoreConnection,
  channels: readonly string[],
  { holder, nowMs }: Holding,
): Promise<ReadonlyMap<string, number>> {
  const held = await connection.query<{ channel: string; sharers: number }>(
    `insert into channel_holders as held (channel, holder, until)
     select value, ?2, ?3 from ${valuesOf(connection, "?1")} order by value
     on conflict (channel) do update set holder = excluded.holder, until = excluded.until
     where held.holder = excluded.holder or held.until <= ?4
     returning channel, 1 + (
       select count(distinct each.holder) from channel_holders each
       where each.holder <> ?2 and each.until > ?4) as sharers`,
    JSON.stringify(channels),
    holder,
    nowMs + HELD_MS,
    nowMs,
  );
  return new Map(held.map(({ channel, sharers }) => [channel, sharers]));
}

/** As if they had not been taken. */
async function putBack(connection: StoreConnection, rows: readonly StoredNotice[]): Promise<void> {
  await connection.query(
    `update outbox set state = ${STATE.ready}, attempts = outbox.attempts - 1
     from ${rowsOf(connection, "?1", { id: "bigint" })} where outbox.id = given.id`,
    JSON.stringify(rows.map(({ id }) => ({ id }))),
  );
}

/** The replica stops: others need not wait for its channels. */
export async function releaseChannels(
  connection: StoreConnection,
  holders: readonly string[],
): Promise<undefined[]> {
  await connection.query(
    `delete from channel_holders where holder in (select value from ${valuesOf(connection, "?1")})`,
    JSON.stringify(holders),
  );
  return holders.map(() => undefined);
}
