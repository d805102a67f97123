/** What a decision was made on, and checking under a lock that it is still so. */

import { forUpdate, type StoreConnection, valuesOf } from "./connection.ts";
import {
  type ChannelSpan,
  externalRows,
  latestRows,
  type StoredIncident,
} from "./incident-operations.ts";

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
    const found = await latestRows(connection, groups, { columns });
    await lockIncidents(connection, [...ids, ...found.map(({ id }) => id)]);
  }
  // Sent together; each statement sees what was written before its locks were free.
  const [ofGroups, byId, ofChannels] = await Promise.all([
    groups.length === 0 ? [] : latestRows(connection, groups, { columns, isLocking: true }),
    lockIncidents(connection, ids),
    Promise.all(channels.map((span) => externalRows(connection, span, columns))),
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
