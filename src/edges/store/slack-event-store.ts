/** What Slack sent and nobody answered yet, and how far channels were read. */

import type { ChannelPositions, EventInbox } from "../../features/missed-events/event-inbox.ts";
import type { Database } from "./database.ts";

/** The port of events. One that was begun is given out again when its lease is over. */
export function createEventInbox(database: Database): EventInbox & {
  /** Frees what a process that died had begun, where this process is the store's only one. */
  recover(): Promise<void>;
} {
  const { call } = database;
  const nowMs = (): number | undefined => database.now?.();
  return {
    take: (event, leaseMs) => call("takeEvents", { ...event, leaseMs, nowMs: nowMs() }),
    async done(id) {
      await call("answerEvents", id);
    },
    async leftOver(claim) {
      const rows = await call("leftOverEvents", { ...claim, nowMs: nowMs() });
      return rows.map(({ id, kind, body }) => ({ id, kind, body }));
    },
    async recover() {
      if (database.engine === "sqlite") await call("freeEvents", undefined);
    },
  };
}

/** The port of positions, the latest first. */
export function createChannelPositions(database: Database): ChannelPositions {
  return {
    all: (limit) =>
      database.sql
        .selectFrom("channel_positions")
        .select(["channel", "ts"])
        .orderBy("at", "desc")
        .limit(limit)
        .execute(),
    async move(positions) {
      if (positions.length > 0) await database.call("movePositions", positions);
    },
  };
}
