/** Whether the store can write: a row that is written for that alone. */

import type { StoreConnection } from "./connection.ts";

/** An operation of a group commit; it throws what keeps the store from writing. */
export async function probeWriting(
  connection: StoreConnection,
  calls: readonly undefined[],
): Promise<undefined[]> {
  await connection.query(
    `insert into store_probe (id, at) values (1, ?1)
     on conflict (id) do update set at = excluded.at`,
    await connection.now(),
  );
  return calls.map(() => undefined);
}
