/** What of a server's log is evidence: each entry once, whatever is read again. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { judgeCheck } from "../../../src/diagnosis/checks/judge-check.ts";
import type { Reply } from "../../../src/diagnosis/reply.ts";
import { RECORDED_TARGET } from "../../../src/edges/recording/play-recording.ts";
import { createLogSource } from "../../../src/edges/streamline/log-source.ts";
import type { Snapshot } from "../../../src/history/history.ts";
import { evidenceWith, sample } from "../../diagnosis/checks.ts";
import { ownChecks } from "../../eval/own-checks.ts";

const T0 = Date.UTC(2026, 0, 15, 10);
const FULL = "Failed to append batch: No space left on device (os error 28)";

interface Entry {
  readonly id: number;
  readonly atS: number;
}

/** A source over a server whose ring and uptime the test sets. */
function opened(earlier?: Snapshot) {
  const ring = { entries: [] as readonly Entry[], uptimeSeconds: 100 };
  const get = async (_target: unknown, path: string): Promise<Reply> => {
    const after = Number(new URL(path, "http://x").searchParams.get("after"));
    const entries = ring.entries
      .filter(({ id }) => id > after)
      .map(({ id, atS }) => ({ id, timestamp: T0 + atS * 1_000, level: "ERROR", message: FULL }));
    const body = JSON.stringify({ entries, latest_id: ring.entries.at(-1)?.id });
    return { kind: "answered", status: 200, headers: {}, body, ms: 1, bytes: body.length };
  };
  const source = createLogSource({
    poll: { get },
    target: RECORDED_TARGET,
    absentForMs: 0,
    earlier: () => earlier,
  });
  const diskFull = async (atS: number): Promise<number | undefined> => {
    const info = {
      kind: "info" as const,
      version: "0.2.0",
      dataDir: "/d",
      topics: 0,
      uptimeSeconds: ring.uptimeSeconds,
    };
    const samples = await source.sample({ atMs: T0 + atS * 1_000, scraped: [], info });
    return samples.find(({ labels }) => labels["signature"] === "disk-full")?.value;
  };
  return { ring, diskFull };
}

const entriesFrom = (first: number, count: number): Entry[] =>
  Array.from({ length: count }, (_, n) => ({ id: first + n, atS: first + n }));

test("a ring that is read from its beginning again brings no new evidence", async () => {
  const { ring, diskFull } = opened();
  ring.entries = entriesFrom(1, 5);
  assert.equal(await diskFull(10), 0);
  ring.entries = entriesFrom(1, 8);
  assert.equal(await diskFull(25), 3);
  // One answer came from elsewhere, with ids that go backwards; then the ring is there again.
  ring.entries = [];
  assert.equal(await diskFull(40), 3);
  ring.entries = [{ id: 2, atS: 2 }];
  await diskFull(55);
  ring.entries = entriesFrom(1, 8);
  await diskFull(70);
  assert.equal(await diskFull(85), 3);
});

test("where another poller left off the counters go on, with what came since", async () => {
  const samples = [sample("log_signature_total", 7, { signature: "disk-full" })];
  const { ring, diskFull } = opened({ timeMs: T0 + 8_000, samples });
  ring.entries = entriesFrom(1, 10);
  assert.equal(await diskFull(11), 9);
  assert.equal(await diskFull(26), 9);
});

test("what a new process logs is counted from its first entry", async () => {
  const { ring, diskFull } = opened();
  ring.entries = entriesFrom(1, 5);
  await diskFull(10);
  ring.entries = [
    { id: 1, atS: 20 },
    { id: 2, atS: 21 },
  ];
  ring.uptimeSeconds = 3;
  assert.equal(await diskFull(25), 2);
});

test("so is what one logs that is older at its first poll than the one before it was at its last", async () => {
  const { ring, diskFull } = opened();
  ring.uptimeSeconds = 2;
  ring.entries = entriesFrom(1, 3);
  assert.equal(await diskFull(10), 0);
  // It died at once; the next one has lived for 6 s already, and its ids are as high.
  ring.uptimeSeconds = 6;
  ring.entries = [1, 2, 3, 4].map((id) => ({ id, atS: 14 + id }));
  assert.equal(await diskFull(25), 4);
});

test("a bot that starts counting again from 0 finds no full disk in the fall of its counter", () => {
  const { checks } = ownChecks();
  const check = checks.find(({ id }) => id === "disk-full");
  assert.ok(check);
  const judge = (counts: readonly number[]): string => {
    const { evidence, nowMs } = evidenceWith(counts.length, (poll) => [
      sample("log_signature_total", counts[poll] ?? 0, { signature: "disk-full" }),
    ]);
    return judgeCheck(check, evidence, { nowMs, scope: {} }).verdict;
  };
  assert.equal(judge([0, 4, 9, 9, 9, 9, 9, 9, 0]), "healthy");
  assert.equal(judge([9, 9, 9, 9, 9, 9, 9, 0, 2]), "active");
});
