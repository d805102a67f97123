/** Writing incidents, with their alerts and their messages. */

import { rowsOf, type StoreConnection } from "./connection.ts";

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
