/** Adds rows to the audit log. */

import { rowsOf, type StoreConnection } from "./connection.ts";

export interface StoredAudit {
  readonly at: number;
  readonly who: string;
  readonly action: string;
  readonly incident_id: string | null;
  /** JSON. */
  readonly detail: string;
}

const COLUMNS = {
  n: "integer",
  at: "bigint",
  who: "text",
  action: "text",
  incident_id: "text",
  detail: "text",
} as const;

/** An operation of a group commit: one statement for all rows. */
export async function addAudit(
  connection: StoreConnection,
  rows: readonly StoredAudit[],
): Promise<undefined[]> {
  if (rows.length === 0) return [];
  await connection.query(
    `insert into audit (at, who, action, incident_id, detail)
     select at, who, action, incident_id, detail
     from ${rowsOf(connection, "?1", COLUMNS)} order by n`,
    JSON.stringify(rows.map((row, n) => ({ n, ...row }))),
  );
  return rows.map(() => undefined);
}
