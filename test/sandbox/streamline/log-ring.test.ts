import assert from "node:assert/strict";
import { test } from "node:test";
import { createLogRing, LOG_RING_ENTRIES } from "../../../src/sandbox/streamline/log-ring.ts";

const ALL = { minLevel: undefined, limit: 100_000 };

test("the ring keeps the last 10,000 entries and ids go on", () => {
  const ring = createLogRing();
  for (let index = 1; index <= 25_000; index += 1) {
    ring.write({ level: "INFO", target: "t", message: `line ${index}` }, index);
  }
  const entries = ring.read(ALL);
  assert.equal(entries.length, LOG_RING_ENTRIES);
  assert.equal(entries[0]?.id, 15_001);
  assert.equal(entries.at(-1)?.message, "line 25000");
  assert.equal(ring.latestId, 25_000);
  assert.equal(ring.size, LOG_RING_ENTRIES);
});

test("a limit takes the newest entries and gives them oldest first", () => {
  const ring = createLogRing();
  for (const message of ["a", "b", "c"]) ring.write({ level: "INFO", target: "t", message }, 1);
  assert.deepEqual(
    ring.read({ ...ALL, limit: 2 }).map(({ message }) => message),
    ["b", "c"],
  );
  assert.deepEqual(ring.read({ ...ALL, limit: 0 }), []);
});

test("level and id filter; skipped entries leave a gap in the ids", () => {
  const ring = createLogRing();
  ring.write({ level: "INFO", target: "t", message: "first" }, 1);
  ring.skip(10);
  ring.write({ level: "ERROR", target: "t", message: "second" }, 2);
  assert.deepEqual(
    ring.read({ ...ALL, afterId: 1 }).map(({ id }) => id),
    [12],
  );
  assert.deepEqual(
    ring.read({ ...ALL, minLevel: "WARN" }).map(({ id }) => id),
    [12],
  );
  assert.equal(ring.read({ ...ALL, minLevel: "TRACE" }).length, 2);
});

test("a search looks at message and target, ignoring case, and not at fields", () => {
  const ring = createLogRing();
  const fields = { error: "WAL backpressure: 1000 pending writes" };
  ring.write(
    { level: "ERROR", target: "streamline::data_plane", message: "Failed to append", fields },
    1,
  );
  assert.equal(ring.read({ ...ALL, pattern: "FAILED" }).length, 1);
  assert.equal(ring.read({ ...ALL, pattern: "data_plane" }).length, 1);
  assert.equal(ring.read({ ...ALL, pattern: "backpressure" }).length, 0);
});
