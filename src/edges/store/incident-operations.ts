/** Reading the incidents that something is decided about. */

import { forUpdate, type StoreConnection, valuesOf } from "./connection.ts";

/** An incident as it stands in its table. */
export interface StoredIncident {
  readonly id: string;
  readonly group_key: string;
  /** The incident as JSON, all but its message's timestamp. */
  readonly state: string;
  readonly message_ts: string | null;
  /** Grows with each change of the state. */
  readonly version: number;
}

const STORED = "incidents.id, incidents.group_key, state, message_ts, version";

/** The latest incident of each group, by hash of the group's key. */
export async function latestOfGroups(
  connection: StoreConnection,
  groups: readonly string[],
): Promise<(StoredIncident | undefined)[]> {
  const rows = await latestRows(connection, groups, { columns: STORED });
  const found = new Map(rows.map((row) => [row.group_key, row]));
  return groups.map((group) => found.get(group));
}

interface Latest {
  readonly columns: string;
  /** Nobody changes them before this transaction ends. */
  readonly isLocking?: boolean;
}

/** The latest incident of each group, locked if that is asked for, in the order of their ids. */
export function latestRows(
  connection: StoreConnection,
  groups: readonly string[],
  { columns, isLocking = false }: Latest,
): Promise<StoredIncident[]> {
  return connection.query<StoredIncident>(
    `select ${columns} from ${valuesOf(connection, "?1")}
     join incidents on incidents.id = (
       select id from incidents ofgroup where ofgroup.group_key = given.value
       order by changed_at desc, id desc limit 1)
     order by incidents.id${isLocking ? forUpdate(connection, "of incidents") : ""}`,
    JSON.stringify([...new Set(groups)]),
  );
}

/**
 * An operation of a group commit: the incidents in the order of the ids, undefined for those that are not
 * there.
 */
export async function incidentsById(
  connection: StoreConnection,
  ids: readonly string[],
): Promise<(StoredIncident | undefined)[]> {
  const rows = await connection.query<StoredIncident>(
    `select ${STORED} from incidents where id in (select value from ${valuesOf(connection, "?1")})`,
    JSON.stringify([...new Set(ids)]),
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => found.get(id));
}

export interface ChannelSpan {
  readonly channel: string;
  /** What changed since then counts, and all that fires. */
  readonly sinceMs: number;
}

/** More than this many groups do not fire in one channel. */
const MOST_IN_CHANNEL = 500;

/** Incidents that another app's posts opened in each channel, changed last first. */
export async function externalInChannels(
  connection: StoreConnection,
  spans: readonly ChannelSpan[],
): Promise<StoredIncident[][]> {
  const all: StoredIncident[][] = [];
  for (const span of spans) all.push(await externalRows(connection, span, STORED));
  return all;
}

/** Incidents that another app's posts opened in one channel: those that fire, and those that changed lately. */
export function externalRows(
  connection: StoreConnection,
  { channel, sinceMs }: ChannelSpan,
  columns: string,
): Promise<StoredIncident[]> {
  const ofChannel = "channel = ?1 and external = 1";
  return connection.query<StoredIncident>(
    `select ${columns} from incidents where id in (
       select id from incidents where ${ofChannel} and status = 'firing'
       union
       select id from incidents where ${ofChannel} and changed_at >= ?2)
     order by changed_at desc, id desc limit ${MOST_IN_CHANNEL}`,
    channel,
    sinceMs,
  );
}
