/** What is done to digests: gathering new incidents that wait, and keeping the list true. */

import { PRIORITY } from "../../incidents/notice-priority.ts";
import { forUpdate, type StoreConnection, valuesOf } from "./connection.ts";
import { addDigestCalls } from "./digest-calls.ts";
import { addDigestNotices } from "./digest-notices.ts";
import { STATE } from "./outbox-lanes.ts";
import { type StoredMessage, saveMessages } from "./save-incidents.ts";

export interface Gathering {
  readonly channel: string;
  /** So many may wait before they are gathered. */
  readonly threshold: number;
  /** Incidents that one digest names at most. */
  readonly most: number;
  /** A digest takes in new incidents for so long after it was begun. */
  readonly openMs: number;
  /** Of a digest that is begun now, and of its notice. */
  readonly id: string;
  readonly key: string;
  readonly nowMs: number | undefined;
}

/** In a channel that has a digest, more than these join it: each would wait for a second. */
const JOIN_ABOVE = 2;

interface OpenDigest {
  readonly id: string;
  readonly members: number;
}

/** How many incidents each call gathered. */
export async function gatherDigests(
  connection: StoreConnection,
  calls: readonly Gathering[],
): Promise<number[]> {
  const counts: number[] = [];
  for (const call of calls) counts.push(await gather(connection, call));
  return counts;
}

async function gather(connection: StoreConnection, call: Gathering): Promise<number> {
  const nowMs = call.nowMs ?? (await connection.now());
  const waiting = await connection.query<{ incident_id: string }>(
    `select incident_id from outbox
     where state = ${STATE.ready} and channel = ?1 and kind = 'incident'
       and priority between ${PRIORITY.first} and ${PRIORITY.edit - 1} and attempts = settled
       and exists (select 1 from incidents where id = outbox.incident_id and external = 0)
       and not exists (select 1 from digest_members where incident_id = outbox.incident_id)
     order by priority, id limit ?2${forUpdate(connection, "skip locked")}`,
    call.channel,
    Math.max(call.most, call.threshold + 1),
  );
  if (waiting.length <= Math.min(call.threshold, JOIN_ABOVE)) return 0;
  const [open] = await connection.query<OpenDigest>(
    `select id, members from digests
     where channel = ?1 and created_at >= ?2 and created_at <= ?3 and members < ?4
     order by created_at desc limit 1${forUpdate(connection)}`,
    call.channel,
    nowMs - call.openMs,
    nowMs,
    call.most,
  );
  if (open === undefined && waiting.length <= call.threshold) return 0;
  const digest = open ?? { id: call.id, members: 0 };
  const ids = waiting.slice(0, call.most - digest.members).map((row) => row.incident_id);
  if (open === undefined) {
    await connection.query(
      "insert into digests (id, channel, members, created_at) values (?1, ?2, 0, ?3)",
      call.id,
      call.channel,
      nowMs,
    );
  }
  await takeIn(connection, { digestId: digest.id, ids, nowMs });
  await addDigestNotices(connection, [{ digestId: digest.id, key: call.key }], nowMs);
  return ids.length;
}

interface TakenIn {
  readonly digestId: string;
  readonly ids: readonly string[];
  readonly nowMs: number;
}

/** The incidents are named by the digest from now on: what waits to be said of them is dropped. */
async function takeIn(
  connection: StoreConnection,
  { digestId, ids, nowMs }: TakenIn,
): Promise<void> {
  const given = JSON.stringify(ids);
  await connection.query(
    `insert into digest_members (incident_id, digest_id, alone)
     select value, ?2, 0 from ${valuesOf(connection, "?1")}`,
    given,
    digestId,
  );
  const dropped = await connection.query<{ key: string; kind: string; notice: string }>(
    `delete from outbox where lane in (select value from ${valuesOf(connection, "?1")})
     returning key, kind, notice`,
    given,
  );
  const calls = dropped.filter(({ kind }) => kind === "mention");
  await addDigestCalls(
    connection,
    calls.map(({ key, notice }) => ({ digestId, key, notice })),
    nowMs,
  );
  await connection.query(
    "update digests set members = members + ?2 where id = ?1",
    digestId,
    ids.length,
  );
}

export interface StoredDigest {
  readonly id: string;
  readonly channel: string;
  readonly message_ts: string | null;
  readonly state: string;
  readonly incident_ts: string | null;
}

/** Each digest with its incidents, a row for each. */
export async function readDigests(
  connection: StoreConnection,
  ids: readonly string[],
): Promise<StoredDigest[][]> {
  const rows = await connection.query<StoredDigest>(
    `select digests.id, digests.channel, digests.message_ts, incidents.state,
       incidents.message_ts as incident_ts
     from digests
     join digest_members on digest_members.digest_id = digests.id
     join incidents on incidents.id = digest_members.incident_id
     where digests.id in (select value from ${valuesOf(connection, "?1")})`,
    JSON.stringify(ids),
  );
  return ids.map((id) => rows.filter((row) => row.id === id));
}

/** An operation of a group commit: which message is the digest's, none where it is gone. */
export async function saveDigestMessages(
  connection: StoreConnection,
  calls: readonly { readonly id: string; readonly message_ts: string | null }[],
): Promise<undefined[]> {
  for (const { id, message_ts: ts } of calls) {
    await connection.query("update digests set message_ts = ?2 where id = ?1", id, ts);
  }
  return calls.map(() => undefined);
}

/**
 * From now on the incident has a message of its own, and the digest leads to it. False when no digest
 * names it, or when it has left before.
 */
export async function leaveDigests(
  connection: StoreConnection,
  incidents: readonly string[],
): Promise<boolean[]> {
  const results: boolean[] = [];
  for (const incidentId of incidents) {
    const left = await connection.query(
      `update digest_members set alone = 1 where incident_id = ?1 and alone = 0
       returning digest_id`,
      incidentId,
    );
    results.push(left.length > 0);
  }
  return results;
}

export interface PlacedMessage extends StoredMessage {
  /** Of the notice that shows again the digest which names the incident. */
  readonly key: string;
  readonly nowMs: number | undefined;
}

/** Where incidents' messages are now; a digest that names one leads to it from now on. */
export async function placeMessages(
  connection: StoreConnection,
  calls: readonly PlacedMessage[],
): Promise<undefined[]> {
  const nowMs = calls[0]?.nowMs ?? (await connection.now());
  const placed = calls.filter(({ message_ts: ts }) => ts !== null);
  const [members] = await Promise.all([
    connection.query<{ incident_id: string; digest_id: string }>(
      `select incident_id, digest_id from digest_members
       where incident_id in (select value from ${valuesOf(connection, "?1")})`,
      JSON.stringify(placed.map(({ id }) => id)),
    ),
    saveMessages(connection, calls),
  ]);
  const notices = members.flatMap(({ incident_id: id, digest_id: digestId }) =>
    placed.filter((each) => each.id === id).map(({ key }) => ({ digestId, key })),
  );
  await addDigestNotices(connection, notices, nowMs);
  return calls.map(() => undefined);
}
