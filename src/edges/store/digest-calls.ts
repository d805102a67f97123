/**
 * Calls of incidents that a digest names. Their own threads are not there, and an edit of the digest
 * notifies nobody, so the digest's thread calls: each person or group once for the beginning of the
 * storm, once more while nobody acknowledges, and once when it is escalated, however many incidents.
 */

import type { Notice } from "../../incidents/notice.ts";
import { PRIORITY } from "../../incidents/notice-priority.ts";
import { rowsOf, type StoreConnection, valuesOf } from "./connection.ts";
import { promoteHeads, STATE } from "./outbox-lanes.ts";

type Mention = Extract<Notice, { kind: "mention" }>;

export interface DigestCall {
  readonly digestId: string;
  /** Unique for ever. */
  readonly key: string;
  /** JSON of a mention. */
  readonly notice: string;
}

interface Called {
  readonly id: string;
  readonly message_ts: string | null;
  readonly called: string | null;
}

/** Adds a row to the outbox for each call that is new; whoever was called counts as called from now on. */
export async function addDigestCalls(
  connection: StoreConnection,
  calls: readonly DigestCall[],
  nowMs: number,
): Promise<void> {
  if (calls.length === 0) return;
  const ids = [...new Set(calls.map(({ digestId }) => digestId))];
  const digests = await connection.query<Called>(
    `select id, message_ts, called from digests
     where id in (select value from ${valuesOf(connection, "?1")})`,
    JSON.stringify(ids),
  );
  for (const digest of digests) {
    const own = calls.filter(({ digestId }) => digestId === digest.id);
    await addCallsOf(connection, { digest, calls: own, nowMs });
  }
  await promoteHeads(connection, ids, nowMs);
}

interface CallsOfDigest {
  readonly digest: Called;
  readonly calls: readonly DigestCall[];
  readonly nowMs: number;
}

async function addCallsOf(
  connection: StoreConnection,
  { digest, calls, nowMs }: CallsOfDigest,
): Promise<void> {
  const called = new Set<string>(JSON.parse(digest.called ?? "[]") as string[]);
  const rows: { id: string; key: string; notice: string }[] = [];
  for (const { key, notice } of calls) {
    const mention = JSON.parse(notice) as Mention;
    const kind = kindOf(mention);
    const who = mention.who.filter((each) => !called.has(`${kind} ${each}`));
    for (const each of who) called.add(`${kind} ${each}`);
    // A digest that is not posted yet calls everybody of the beginning itself.
    if (who.length === 0 || (kind === "first" && digest.message_ts === null)) continue;
    const call: Notice = { kind: "digest-call", who, again: kind !== "first" };
    rows.push({ id: digest.id, key: `${key}.call`, notice: JSON.stringify(call) });
  }
  await connection.query(
    "update digests set called = ?2 where id = ?1",
    digest.id,
    JSON.stringify([...called]),
  );
  if (rows.length === 0) return;
  await connection.query(
    `insert into outbox
       (key, incident_id, lane, channel, kind, notice, priority, state, due_at, created_at)
     select given.key, digests.id, digests.id, digests.channel, 'digest-call', given.notice,
       ${PRIORITY.state}, ${STATE.behind}, ?2, ?2
     from ${rowsOf(connection, "?1", { id: "text", key: "text", notice: "text" })}
     join digests on digests.id = given.id`,
    JSON.stringify(rows),
    nowMs,
  );
}

function kindOf({ again, escalated }: Mention): "first" | "again" | "escalated" {
  if (escalated === true) return "escalated";
  return again ? "again" : "first";
}
