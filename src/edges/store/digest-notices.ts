/** Notices of digests: what a digest names is said by it, and one notice that waits is enough for all. */

import { PRIORITY } from "../../incidents/notice-priority.ts";
import { rowsOf, type StoreConnection } from "./connection.ts";
import { promoteHeads, STATE } from "./outbox-lanes.ts";

export interface DigestNotice {
  readonly digestId: string;
  readonly key: string;
}

/** A digest is shown as it is when its notice is delivered, so one that waits is enough. */
export async function addDigestNotices(
  connection: StoreConnection,
  notices: readonly DigestNotice[],
  nowMs: number,
): Promise<void> {
  const given = [
    ...new Map(notices.map(({ digestId, key }) => [digestId, { id: digestId, key }])).values(),
  ];
  if (given.length === 0) return;
  await connection.query(
    `insert into outbox
       (key, incident_id, lane, channel, kind, notice, priority, state, due_at, created_at)
     select given.key, digests.id, digests.id, digests.channel, 'digest', '{"kind":"digest"}',
       case when digests.message_ts is null then ${PRIORITY.first} else ${PRIORITY.edit} end,
       ${STATE.behind}, ?2, ?2
     from ${rowsOf(connection, "?1", { id: "text", key: "text" })}
     join digests on digests.id = given.id
     where not exists (
       select 1 from outbox waits where waits.lane = digests.id and waits.kind = 'digest'
         and waits.state <> ${STATE.taken})`,
    JSON.stringify(given),
    nowMs,
  );
  await promoteHeads(
    connection,
    given.map(({ id }) => id),
    nowMs,
  );
}
