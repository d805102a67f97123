/** Digests of one database. */

import { randomUUID } from "node:crypto";
import type { DigestStore } from "../../features/delivery/digest-ports.ts";
import type { Database } from "./database.ts";
import { incidentOf } from "./rows.ts";

/** The port of digests, as features use it. */
export function createDigestStore(database: Database): DigestStore {
  const { call } = database;
  const nowMs = (): number | undefined => database.now?.();
  return {
    gather: (channel, limits) => {
      const id = `digest-${randomUUID()}`;
      return call("gatherDigests", {
        channel,
        ...limits,
        id,
        key: `${id}.${randomUUID()}`,
        nowMs: nowMs(),
      });
    },
    async digest(id) {
      const rows = await call("readDigests", id);
      const [first] = rows;
      if (first === undefined) return undefined;
      const incidents = rows.map(({ state, incident_ts: ts }) =>
        incidentOf({ state, message_ts: ts }),
      );
      const { channel, message_ts: ts } = first;
      return { id, channel, incidents, ...(ts === null ? {} : { messageTs: ts }) };
    },
    async setMessage(id, messageTs) {
      await call("saveDigestMessages", { id, message_ts: messageTs ?? null });
    },
    leave: (incidentId) => call("leaveDigests", incidentId),
  };
}
