/** Who of several replicas polls which target, through the database that they share. */

import { randomUUID } from "node:crypto";
import { POLLS_ALONE, type PollPart, type PollShare } from "../streamline/poll-share.ts";
import type { Database } from "./database.ts";
import { packSamples, unpackSamples } from "./packed-samples.ts";

/** A replica that polled nothing for so many intervals, and for longer than a poll takes, is taken for dead. */
const LEASE_INTERVALS = 3;
const LONGEST_POLL_MS = 30_000;

export interface SharedPolls extends PollShare {
  /** The process stops: others may poll in its place at once. */
  release(): Promise<void>;
}

/** `intervalMs` is the time between two polls of a target. A SQLite file has one process. */
export function sharePolls(database: Database, intervalMs: number): SharedPolls {
  if (database.engine === "sqlite") return { ...POLLS_ALONE, release: () => Promise.resolve() };
  const holder = randomUUID();
  const leaseMs = Math.max(LEASE_INTERVALS * intervalMs, LONGEST_POLL_MS);
  const parts = new Map<string, PollPart>();
  return {
    async part(target) {
      const nowMs = database.now?.();
      try {
        const { place, isFollowed } = await database.call("takePollPlaces", {
          target,
          holder,
          leaseMs,
          nowMs,
        });
        const isPublisher = place === 0 && isFollowed;
        parts.set(target, place === undefined ? "follows" : isPublisher ? "publishes" : "polls");
      } catch {
        // The store says itself what is wrong with it.
      }
      return parts.get(target) ?? "polls";
    },
    async publish(target, { timeMs, samples }) {
      await database.call("publishPolls", {
        target,
        at: timeMs,
        body: await packSamples(samples),
      });
    },
    async latest(target, afterMs) {
      const row = await database.sql
        .selectFrom("shared_polls")
        .select(["at", "body"])
        .where("id", "=", target)
        .where("at", ">", afterMs)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      return { timeMs: row.at, samples: await unpackSamples(row.body) };
    },
    release: () => database.call("leavePollPlaces", holder),
  };
}
