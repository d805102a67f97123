/** What must be posted, in order for each incident, until Slack has it. */

import { randomUUID } from "node:crypto";
import type { Outbox, OutboxRow } from "../../features/delivery/delivery-ports.ts";
import type { Notice } from "../../incidents/notice.ts";
import type { Database } from "./database.ts";
import type { ClaimedNotice } from "./notice-rows.ts";

/** The outbox of one database, which the incidents' transactions fill. */
export function createOutbox(database: Database): Outbox & {
  /**
   * Takes back what a process that died had begun, so that nobody waits for its leases. Only
   * where this process is the store's only one; replicas wait, since the other may be alive.
   */
  recover(): Promise<void>;
  /** The process stops: another replica may deliver to its channels at once. */
  release(): Promise<void>;
} {
  const { call } = database;
  const holder = randomUUID();
  const nowMs = (): number | undefined => database.now?.();
  const taken = ({ id, attempts }: Pick<OutboxRow, "id" | "attempts">) => ({
    id,
    attempt: attempts + 1,
  });
  return {
    async claimDue({ limit, leaseMs, except = [] }) {
      const rows = await call("claimNotices", { limit, leaseMs, except, holder, nowMs: nowMs() });
      return rows.map(rowOf);
    },
    renew: (row, leaseMs) => call("renewLeases", { ...taken(row), leaseMs, nowMs: nowMs() }),
    async finish(row) {
      await call("finishNotices", { ...taken(row), nowMs: nowMs() });
    },
    async postpone(row, { afterMs, isAmbiguous }) {
      await call("postponeNotices", { ...taken(row), afterMs, isAmbiguous, nowMs: nowMs() });
    },
    nextDueIn: (except = []) => call("nextDueIn", { except, holder, nowMs: nowMs() }),
    async recover() {
      if (database.engine === "sqlite") await call("takeBackLeases", undefined);
    },
    async release() {
      if (database.engine === "postgres") await call("releaseChannels", holder);
    },
  };
}

function rowOf(row: ClaimedNotice): OutboxRow {
  const earlier = row.attempts - 1;
  return {
    id: row.id,
    key: row.key,
    incidentId: row.incident_id,
    channel: row.channel,
    // Written by addNotices only, so its shape is known.
    notice: JSON.parse(row.notice) as Notice,
    priority: row.priority,
    attempts: earlier,
    isAmbiguous: earlier !== row.settled,
    createdAt: row.created_at,
    sharers: row.sharers,
  };
}
