/**
 * Two places for each target, which replicas hold by a lease and poll from; who finds both taken
 * follows. Whoever has the first place publishes what it sees while somebody follows.
 */

import { type StoreConnection, valuesOf } from "./connection.ts";

const PLACES = [0, 1] as const;
/** Not a place: until when somebody follows. */
const FOLLOWED = 2;

export interface PollTurn {
  readonly target: string;
  readonly holder: string;
  readonly leaseMs: number;
  readonly nowMs: number | undefined;
}

export interface PollPlace {
  /** Undefined for who follows. */
  readonly place: number | undefined;
  readonly isFollowed: boolean;
}

/** Renews each call's place, or takes one that is free. */
export async function takePollPlaces(
  connection: StoreConnection,
  calls: readonly PollTurn[],
): Promise<PollPlace[]> {
  const places = new Map<PollTurn, PollPlace>();
  // In one order everywhere, so that two replicas never wait for each other.
  const ordered = calls.toSorted((a, b) => (a.target < b.target ? -1 : 1));
  for (const call of ordered) places.set(call, await takePlace(connection, call));
  return calls.flatMap((call) => places.get(call) ?? []);
}

async function takePlace(connection: StoreConnection, call: PollTurn): Promise<PollPlace> {
  const { target, holder, leaseMs } = call;
  const nowMs = call.nowMs ?? (await connection.now());
  const until = nowMs + leaseMs;
  const [own] = await connection.query<{ place: number }>(
    `update target_pollers set until = ?3 where target = ?1 and holder = ?2 returning place`,
    target,
    holder,
    until,
  );
  const place = own?.place ?? (await freePlace(connection, { target, holder, until, nowMs }));
  if (place === undefined) {
    await connection.query(
      `insert into target_pollers (target, place, holder, until) values (?1, ${FOLLOWED}, '', ?2)
       on conflict (target, place) do update set until = excluded.until`,
      target,
      until,
    );
    return { place, isFollowed: false };
  }
  const followed = await connection.query(
    `select 1 from target_pollers where target = ?1 and place = ${FOLLOWED} and until > ?2`,
    target,
    nowMs,
  );
  return { place, isFollowed: followed.length > 0 };
}

interface Wanted {
  readonly target: string;
  readonly holder: string;
  readonly until: number;
  readonly nowMs: number;
}

async function freePlace(
  connection: StoreConnection,
  { target, holder, until, nowMs }: Wanted,
): Promise<number | undefined> {
  for (const place of PLACES) {
    const taken = await connection.query(
      `insert into target_pollers as held (target, place, holder, until) values (?1, ?2, ?3, ?4)
       on conflict (target, place) do update set holder = excluded.holder, until = excluded.until
       where held.until <= ?5 returning place`,
      target,
      place,
      holder,
      until,
      nowMs,
    );
    if (taken.length > 0) return place;
  }
  return undefined;
}

/** The replica stops: others need not wait for its places. */
export async function leavePollPlaces(
  connection: StoreConnection,
  holders: readonly string[],
): Promise<undefined[]> {
  await connection.query(
    `delete from target_pollers where holder in (select value from ${valuesOf(connection, "?1")})`,
    JSON.stringify(holders),
  );
  return holders.map(() => undefined);
}

export interface PublishedPoll {
  readonly target: string;
  readonly at: number;
  /** See packed-samples. */
  readonly body: string;
}

/** Of each target the last one stays. */
export async function publishPolls(
  connection: StoreConnection,
  polls: readonly PublishedPoll[],
): Promise<undefined[]> {
  for (const { target, at, body } of polls.toSorted((a, b) => (a.target < b.target ? -1 : 1))) {
    await connection.query(
      `insert into shared_polls as known (id, at, body) values (?1, ?2, ?3)
       on conflict (id) do update set at = excluded.at, body = excluded.body
       where known.at < excluded.at`,
      target,
      at,
      body,
    );
  }
  return polls.map(() => undefined);
}
