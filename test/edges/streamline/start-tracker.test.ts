import assert from "node:assert/strict";
import { test } from "node:test";
import { createStartTracker } from "../../../src/edges/streamline/start-tracker.ts";

const BEGIN_MS = Date.UTC(2026, 0, 15, 10);

/** How many different processes were seen at these moments (seconds) with these uptimes. */
function processes(...polls: readonly (readonly [atSeconds: number, uptime: number])[]): number {
  const tracker = createStartTracker();
  return new Set(polls.map(([at, uptime]) => tracker.startOf(BEGIN_MS + at * 1_000, uptime))).size;
}

test("one process has one start, however late its answers come", () => {
  assert.equal(processes([0, 100], [15, 115.4], [30, 129.1], [45, 145]), 1);
});

test("restarts between polls are seen although the uptime does not fall", () => {
  // Read every 10 s of a server that was killed every 20 s: two falls for six restarts.
  const uptimes = [9, 19.4, 3.9, 8.1, 9, 8.8, 9.1];
  assert.equal(processes(...uptimes.map((uptime, n) => [n * 10, uptime] as const)), 6);
});

test("a clock that is set forward by an hour is not a restart, a lower uptime after it is one", () => {
  assert.equal(processes([0, 100], [3_600, 115]), 1);
  assert.equal(processes([0, 100], [3_600, 15]), 2);
});
