/** Notices that are joined to one which waits already, instead of being added. */

import { joinDifferences, type Notice } from "../../incidents/notice.ts";
import { forUpdate, rowsOf, type StoreConnection, valuesOf } from "./connection.ts";
import type { NoticeDraft } from "./notice-rows.ts";
import { STATE } from "./outbox-lanes.ts";

export interface WaitingNotice {
  readonly id: number;
  readonly incident_id: string;
  readonly kind: string;
  readonly notice: string;
  readonly priority: number;
}

/**
 * What waits already of the incidents that these notices are about.
 *
 * Edits coalesce: a row that nobody has begun will show the latest state anyway. So do differences,
 * which are joined. A row that is under way may have read the state before, so it does not count;
 * in PostgreSQL the row is locked, so that no replica begins it before this state can be read.
 */
export async function coalescingWith(
  connection: StoreConnection,
  drafts: readonly NoticeDraft[],
): Promise<readonly WaitingNotice[]> {
  const incidents = drafts.filter(isCoalescing).map(({ incidentId }) => incidentId);
  if (incidents.length === 0) return [];
  return connection.query<WaitingNotice>(
    `select id, incident_id, kind, notice, priority from outbox
     where incident_id in (select value from ${valuesOf(connection, "?1")})
       and kind in ('incident', 'changed') and state <> ${STATE.taken}
     order by id${forUpdate(connection)}`,
    JSON.stringify([...new Set(incidents)]),
  );
}

/** Writes into what waits what can be joined to it; the others. */
export async function withoutCoalesced(
  connection: StoreConnection,
  drafts: readonly NoticeDraft[],
  rows: readonly WaitingNotice[],
): Promise<readonly NoticeDraft[]> {
  if (rows.length === 0) return drafts;
  const waiting = new Map(rows.map((row) => [`${row.incident_id} ${row.kind}`, row]));
  const joined = new Map<number, { id: number; notice: string; priority: number }>();
  const added: NoticeDraft[] = [];
  for (const draft of drafts) {
    const row = waiting.get(`${draft.incidentId} ${draft.kind}`);
    if (row === undefined || !isCoalescing(draft)) {
      added.push(draft);
      continue;
    }
    const notice = joinedNotice(row.notice, draft.notice);
    const priority = Math.min(row.priority, draft.priority);
    if (notice !== row.notice || priority !== row.priority) {
      joined.set(row.id, { id: row.id, notice, priority });
    }
  }
  await rewrite(connection, [...joined.values()]);
  return added;
}

function isCoalescing({ kind }: NoticeDraft): boolean {
  return kind === "incident" || kind === "changed";
}

function joinedNotice(waiting: string, next: string): string {
  const first = JSON.parse(waiting) as Notice;
  const second = JSON.parse(next) as Notice;
  return first.kind === "changed" && second.kind === "changed"
    ? JSON.stringify(joinDifferences(first, second))
    : waiting;
}

async function rewrite(
  connection: StoreConnection,
  rows: readonly { id: number; notice: string; priority: number }[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = { id: "bigint", notice: "text", priority: "integer" } as const;
  await connection.query(
    `update outbox set notice = given.notice, priority = given.priority
     from ${rowsOf(connection, "?1", columns)} where outbox.id = given.id`,
    JSON.stringify(rows),
  );
}
