/** Whose lag is asked when there are more groups than one poll may ask. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Reply } from "../../../src/diagnosis/reply.ts";
import { RECORDED_TARGET } from "../../../src/edges/recording/play-recording.ts";
import { createGroupSource } from "../../../src/edges/streamline/group-source.ts";

const NAMES = Array.from({ length: 60 }, (_, index) => `idle-${index}`).concat("busy");

function answered(value: unknown): Reply {
  const body = JSON.stringify(value);
  return { kind: "answered", status: 200, headers: {}, body, ms: 1, bytes: body.length };
}

/** A server of 60 groups at rest and one that commits; `members` is how many the first has. */
function serverOf(): { poll: (path: string) => Reply; asked: string[]; members: number } {
  const asked: string[] = [];
  let committed = 0;
  const server = {
    asked,
    members: 1,
    poll(path: string): Reply {
      const group = /consumer-groups\/([^/]+)\/lag$/.exec(path)?.[1];
      if (group === undefined) {
        return answered(
          NAMES.map((group_id) => {
            const members = group_id === "idle-0" ? server.members : 1;
            return { group_id, state: members > 0 ? "Stable" : "Empty", member_count: members };
          }),
        );
      }
      asked.push(group);
      committed += 1;
      const current_offset = group === "busy" ? committed : 5;
      const own = { topic: "orders", partition: 0, current_offset, log_end_offset: 9_000, lag: 1 };
      return answered({ group_id: group, partitions: [own] });
    },
  };
  return server;
}

function sourceOf(server: { poll: (path: string) => Reply }) {
  let nowMs = 0;
  const source = createGroupSource({
    poll: { get: (_target, path) => Promise.resolve(server.poll(path)) },
    target: RECORDED_TARGET,
    clock: { now: () => nowMs },
    lagEveryMs: 10_000,
    groupsPerPoll: 20,
    budgetMs: 5_000,
  });
  return async (): Promise<void> => {
    nowMs += 15_000;
    const info = { kind: "info" as const, version: "0", dataDir: "", topics: 1, uptimeSeconds: 1 };
    await source.sample({ atMs: nowMs, scraped: [], info });
  };
}

test("a group that commits is asked at every poll, and those at rest in turns", async () => {
  const server = serverOf();
  const poll = sourceOf(server);
  // Every group was asked twice, so that it is known which of them rest.
  for (let count = 0; count < 8; count++) await poll();
  server.asked.length = 0;
  for (let count = 0; count < 4; count++) await poll();
  assert.equal(server.asked.filter((group) => group === "busy").length, 4);
  assert.equal(server.asked.length, 80);
  assert.deepEqual([...new Set(server.asked)].toSorted(), NAMES.toSorted());
});

test("a group whose members leave is asked at the next poll", async () => {
  const server = serverOf();
  const poll = sourceOf(server);
  for (let count = 0; count < 8; count++) await poll();
  // One poll asks it in turn at the latest in three; its members leave when it has just been asked.
  while (!server.asked.slice(-20).includes("idle-0")) await poll();
  server.members = 0;
  server.asked.length = 0;
  await poll();
  assert.ok(server.asked.includes("idle-0"));
});
