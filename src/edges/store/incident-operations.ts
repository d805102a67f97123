/** What is done to incidents: reading what is decided about, and checking that it is still so. */

import { forUpdate, rowsOf, type StoreConnection, valuesOf } from "./connection.ts";

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
  const rows = await latest(connection, groups, { columns: STORED });
  const found = new Map(rows.map((row) => [row.group_key, row]));
  return groups.map((group) => found.get(group));
}

interface Latest {
  readonly columns: string;
  /** Nobody changes them before this transaction ends. */
  readonly isLocking?: boolean;
}

function latest(
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
  for (const span of spans) all.push(await externalIn(connection, span, STORED));
  return all;
}

function externalIn(
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

/** What a decision was made on. It counts only if that is still so when it is written. */
export type Expectation =
  | { readonly kind: "incident"; readonly id: string; readonly mark: string }
  | { readonly kind: "group"; readonly group: string; readonly mark: string }
  | ({ readonly kind: "channel"; readonly mark: string } & ChannelSpan);

/** Stands for the states of some incidents. */
export function markOf(rows: readonly Pick<StoredIncident, "id" | "version">[]): string {
  return rows.map(({ id, version }) => `${id} ${version}`).join(",");
}

/** A word for what is expected, by which two expectations of the same thing are known. */
export function expectedSubject(expected: Expectation): string {
  switch (expected.kind) {
    case "incident":
      return `incident ${expected.id}`;
    case "group":
      return `group ${expected.group}`;
    case "channel":
      return `channel ${expected.channel}`;
  }
}

/**
 * Locks what is expected, so that no replica changes it before this transaction ends, and tells how
 * it stands: subject -> mark. Locks are taken in one order everywhere: groups and channels, then
 * incidents by id.
 */
export async function marksNow(
  connection: StoreConnection,
  expected: readonly Expectation[],
): Promise<ReadonlyMap<string, string>> {
  const groups = expected.flatMap((each) => (each.kind === "group" ? [each.group] : []));
  const channels = expected.flatMap((each) => (each.kind === "channel" ? [each] : []));
  const ids = expected.flatMap((each) => (each.kind === "incident" ? [each.id] : []));
  const columns = "incidents.id, incidents.group_key, version";
  const named = lockNames(connection, [
    ...groups,
    ...channels.map(({ channel }) => `posts ${channel}`),
  ]);
  if (groups.length > 0 && ids.length > 0) {
    await named;
    const found = await latest(connection, groups, { columns });
    await lockIncidents(connection, [...ids, ...found.map(({ id }) => id)]);
  }
  // Sent together; each statement sees what was written before its locks were free.
  const [ofGroups, byId, ofChannels] = await Promise.all([
    groups.length === 0 ? [] : latest(connection, groups, { columns, isLocking: true }),
    lockIncidents(connection, ids),
    Promise.all(channels.map((span) => externalIn(connection, span, columns))),
    named,
  ]);
  const marks = new Map<string, string>();
  for (const group of groups) marks.set(`group ${group}`, "");
  for (const row of ofGroups) marks.set(`group ${row.group_key}`, markOf([row]));
  for (const [index, span] of channels.entries()) {
    marks.set(expectedSubject(span), markOf(ofChannels[index] ?? []));
  }
  for (const row of byId) marks.set(`incident ${row.id}`, markOf([row]));
  return marks;
}

/** Groups and channels have no row to lock before their first incident. */
async function lockNames(connection: StoreConnection, names: readonly string[]): Promise<void> {
  if (connection.engine !== "postgres" || names.length === 0) return;
  await connection.query(
    `select pg_advisory_xact_lock(number) from (
       select distinct hashtextextended(value, 0) as number
       from ${valuesOf(connection, "?1")} order by number) as numbers`,
    JSON.stringify(names),
  );
}

/** Locks them in one order everywhere, and tells which version each has then. */
async function lockIncidents(
  connection: StoreConnection,
  ids: readonly string[],
): Promise<Pick<StoredIncident, "id" | "version">[]> {
  if (ids.length === 0) return [];
  return connection.query(
    `select id, version from incidents
     where id in (select value from ${valuesOf(connection, "?1")})
     order by id${forUpdate(connection)}`,
    JSON.stringify([...new Set(ids)]),
  );
}

/** An incident as it is written. */
export interface IncidentRow {
  readonly id: string;
  readonly group_key: string;
  readonly status: string;
  readonly state: string;
  readonly message_ts: string | null;
  readonly changed_at: number;
  readonly channel: string;
  readonly due_at: number | null;
  /** 1 where its message is another app's. */
  readonly external: number;
  /** 1 where its message may be another one than before; else setMessageTs alone changes it. */
  readonly moves: number;
  /** Hashes of the names of its alerts. */
  readonly alerts: readonly string[];
}

const INCIDENT = {
  id: "text",
  group_key: "text",
  status: "text",
  state: "text",
  message_ts: "text",
  changed_at: "bigint",
  channel: "text",
  due_at: "bigint",
  external: "integer",
} as const;

/**
 * Writes new incidents and changed ones, their alerts, and the message of those that moved. Each write
 * makes the version one higher.
 */
export async function saveIncidents(
  connection: StoreConnection,
  incidents: readonly IncidentRow[],
): Promise<void> {
  if (incidents.length === 0) return;
  const names = Object.keys(INCIDENT).join(", ");
  const kept = ["group_key", "status", "state", "changed_at", "channel", "due_at", "external"];
  const saved = connection.query(
    `insert into incidents (${names}, version)
     select ${names}, 1 from ${rowsOf(connection, "?1", INCIDENT)} where true
     on conflict (id) do update set
       ${kept.map((name) => `${name} = excluded.${name}`).join(", ")},
       version = incidents.version + 1`,
    JSON.stringify(incidents),
  );
  const moved = incidents.filter(({ moves }) => moves === 1);
  await Promise.all([saved, saveMessages(connection, moved), saveAlerts(connection, incidents)]);
}

/** Where an incident's message is; null where it has none. */
export interface StoredMessage {
  readonly id: string;
  readonly message_ts: string | null;
}

/** An operation of a group commit: which message is the incident's, none where it is gone. */
export async function saveMessages(
  connection: StoreConnection,
  messages: readonly StoredMessage[],
): Promise<undefined[]> {
  if (messages.length === 0) return [];
  await connection.query(
    `update incidents set message_ts = given.message_ts
     from ${rowsOf(connection, "?1", { id: "text", message_ts: "text" })}
     where incidents.id = given.id`,
    // The last one of an incident counts.
    JSON.stringify([...new Map(messages.map((each) => [each.id, each])).values()]),
  );
  return messages.map(() => undefined);
}

/** Which alerts an incident has had, with the time of its last change, by which they are listed. */
async function saveAlerts(
  connection: StoreConnection,
  incidents: readonly IncidentRow[],
): Promise<void> {
  const rows = incidents.flatMap(({ id, changed_at, alerts }) =>
    alerts.map((alert) => ({ incident_id: id, alert, changed_at })),
  );
  const columns = { incident_id: "text", alert: "text", changed_at: "bigint" } as const;
  const added = connection.query(
    `insert into incident_alerts (incident_id, alert, changed_at)
     select incident_id, alert, changed_at from ${rowsOf(connection, "?1", columns)} where true
     on conflict (alert, incident_id) do nothing`,
    JSON.stringify(rows),
  );
  const moved = connection.query(
    `update incident_alerts set changed_at = given.changed_at
     from ${rowsOf(connection, "?1", { id: "text", changed_at: "bigint" })}
     where incident_alerts.incident_id = given.id
       and incident_alerts.changed_at <> given.changed_at`,
    JSON.stringify(incidents.map(({ id, changed_at }) => ({ id, changed_at }))),
  );
  await Promise.all([added, moved]);
}
