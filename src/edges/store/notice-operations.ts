/** Adds notices to the outbox, in the transaction that writes what they are about. */

import { rowsOf, type StoreConnection, valuesOf } from "./connection.ts";
import { addDigestCalls } from "./digest-calls.ts";
import { addDigestNotices } from "./digest-notices.ts";
import { coalescingWith, withoutCoalesced } from "./joined-notices.ts";
import type { NoticeDraft } from "./notice-rows.ts";
import { promoteHeads, STATE } from "./outbox-lanes.ts";
import { type Telling, toSubscribers } from "./subscriber-operations.ts";

const DRAFT = {
  n: "integer",
  key: "text",
  incident_id: "text",
  lane: "text",
  channel: "text",
  kind: "text",
  notice: "text",
  priority: "integer",
  due_at: "bigint",
  created_at: "bigint",
} as const;

interface Added {
  readonly notices: readonly NoticeDraft[];
  readonly tellings: readonly Telling[];
  readonly nowMs: number;
}

/**
 * Adds notices, in order. Call it with the incidents' rows locked: a lane's order is the order in
 * which its incident changed.
 */
export async function addNotices(
  connection: StoreConnection,
  { notices, tellings, nowMs }: Added,
): Promise<void> {
  if (notices.length + tellings.length === 0) return;
  const [members, waiting, told] = await Promise.all([
    digestMembers(connection, notices),
    coalescingWith(connection, notices),
    toSubscribers(connection, tellings),
  ]);
  const own = [
    ...(await withoutDigested(connection, { drafts: notices, members, nowMs })),
    ...told,
  ];
  const added = await withoutCoalesced(connection, own, waiting);
  if (added.length === 0) return;
  const rows = added.map((draft, n) => ({
    n,
    key: draft.key,
    incident_id: draft.incidentId,
    lane: draft.lane,
    channel: draft.channel,
    kind: draft.kind,
    notice: draft.notice,
    priority: draft.priority,
    due_at: nowMs + draft.delayMs,
    created_at: draft.createdAt,
  }));
  const inserted = connection.query(
    `insert into outbox
       (key, incident_id, lane, channel, kind, notice, priority, state, due_at, created_at)
     select key, incident_id, lane, channel, kind, notice, priority, ${STATE.behind}, due_at, created_at
     from ${rowsOf(connection, "?1", DRAFT)} order by n`,
    JSON.stringify(rows),
  );
  const lanes = added.map(({ lane }) => lane);
  await Promise.all([inserted, promoteHeads(connection, lanes, nowMs)]);
}

/**
 * Drops what waits to be said of incidents in the channel that they leave; a digest there leads to
 * them from now on. What is under way finds out by itself.
 */
export async function leaveChannels(
  connection: StoreConnection,
  incidents: readonly string[],
): Promise<void> {
  if (incidents.length === 0) return;
  const lanes = incidents.flatMap((id) => [id, `${id}/edit`]);
  const dropped = connection.query(
    `delete from outbox
     where state <> ${STATE.taken} and lane in (select value from ${valuesOf(connection, "?1")})`,
    JSON.stringify(lanes),
  );
  const left = connection.query(
    `update digest_members set alone = 1
     where incident_id in (select value from ${valuesOf(connection, "?1")})`,
    JSON.stringify(incidents),
  );
  await Promise.all([dropped, left]);
}

interface DigestMember {
  readonly incident_id: string;
  readonly digest_id: string;
  readonly alone: number;
}

async function digestMembers(
  connection: StoreConnection,
  drafts: readonly NoticeDraft[],
): Promise<readonly DigestMember[]> {
  if (drafts.length === 0) return [];
  return connection.query<DigestMember>(
    `select incident_id, digest_id, alone from digest_members
     where incident_id in (select value from ${valuesOf(connection, "?1")})`,
    JSON.stringify([...new Set(drafts.map(({ incidentId }) => incidentId))]),
  );
}

interface Digested {
  readonly drafts: readonly NoticeDraft[];
  readonly members: readonly DigestMember[];
  readonly nowMs: number;
}

/**
 * What a digest names is shown by the digest, which is shown again and calls people; only what people are told
 * themselves, and incidents that somebody had explained, speak for themselves.
 */
async function withoutDigested(
  connection: StoreConnection,
  { drafts, members: rows, nowMs }: Digested,
): Promise<readonly NoticeDraft[]> {
  if (rows.length === 0) return drafts;
  const members = new Map(rows.map((row) => [row.incident_id, row]));
  const shown = drafts.flatMap(({ incidentId, key }) => {
    const member = members.get(incidentId);
    return member === undefined ? [] : [{ digestId: member.digest_id, key: `${key}.digest` }];
  });
  await addDigestNotices(connection, shown, nowMs);
  const calls = drafts.flatMap(({ incidentId, key, kind, notice }) => {
    const member = members.get(incidentId);
    return member === undefined || member.alone === 1 || kind !== "mention"
      ? []
      : [{ digestId: member.digest_id, key, notice }];
  });
  await addDigestCalls(connection, calls, nowMs);
  return drafts.filter(({ incidentId, kind }) => {
    const member = members.get(incidentId);
    return member === undefined || member.alone === 1 || kind === "subscribed";
  });
}
