/** The notifications that came in, as they came: what a timeline and a silence's preview are read from. */

import { rowsOf, type StoreConnection } from "./connection.ts";

export interface NotificationRow {
  readonly incident_id: string;
  readonly received_at: number;
  /** What it did: opened, changed, resolved … */
  readonly reason: string;
  /** JSON. */
  readonly body: string;
}

const COLUMNS = {
  n: "integer",
  incident_id: "text",
  received_at: "bigint",
  reason: "text",
  body: "text",
} as const;

/** Adds the rows in their order. */
export async function addNotifications(
  connection: StoreConnection,
  rows: readonly NotificationRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await connection.query(
    `insert into notifications (incident_id, received_at, reason, body)
     select incident_id, received_at, reason, body
     from ${rowsOf(connection, "?1", COLUMNS)} order by n`,
    JSON.stringify(rows.map((row, n) => ({ n, ...row }))),
  );
}
