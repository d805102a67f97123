import assert from "node:assert/strict";
import { test } from "node:test";
import { METRICS } from "../../../src/sandbox/streamline/metric-catalogue.ts";
import type { Model } from "../../../src/sandbox/streamline/model.ts";
import { SCENARIOS } from "../../../src/sandbox/streamline/scenarios/index.ts";
import { snapshotAt } from "../../../src/sandbox/streamline/snapshot.ts";
import fc from "../../support/fast-check.ts";
import { modelFor, pollAfter } from "./polls.ts";
import { START_MS } from "./simulated.ts";

const FITTING = SCENARIOS.filter(({ shape }) => shape === undefined).map(({ id }) => id);

function textAt(model: Model, atMs: number): string {
  const poll = snapshotAt(model, atMs, ["/metrics", "/api/v1/logs?limit=10000", "/api/v1/topics"]);
  return JSON.stringify([...poll.http]);
}

test("the same seed gives the same server, byte for byte; another seed gives another", () => {
  const atMs = START_MS + 300_000;
  const first = textAt(modelFor("shop", 3), atMs);
  assert.equal(textAt(modelFor("shop", 3), atMs), first);
  assert.notEqual(textAt(modelFor("shop", 4), atMs), first);
});

test("it does not matter in which pieces time passes", () => {
  const atMs = START_MS + 120_000;
  const expected = textAt(modelFor(), atMs);
  const pieces = fc.array(fc.integer({ min: 0, max: 119_999 }), { maxLength: 20 });
  fc.assert(
    fc.property(pieces, (moments) => {
      const model = modelFor();
      for (const ms of moments.toSorted((a, b) => a - b)) model.advance(START_MS + ms);
      assert.equal(textAt(model, atMs), expected);
    }),
    { numRuns: 8 },
  );
});

test("a fork goes on from the same state, and neither it nor a fault in it changes the server it left", () => {
  const forkMs = START_MS + 60_000;
  const atMs = START_MS + 300_000;
  const origin = modelFor();
  const before = textAt(origin, forkMs);
  const forks = [origin.fork(1), origin.fork(1), origin.fork(2)].map((fork) => {
    assert.equal(textAt(fork, forkMs), before);
    return fork;
  });
  const [one, same, other] = forks.map((fork) => textAt(fork, atMs));
  assert.equal(one, same);
  assert.notEqual(one, other);
  for (const fork of forks) {
    fork.faults.set("consumer-stopped");
    fork.advance(atMs + 60_000);
    assertConsistent(fork);
  }
  assert.deepEqual(origin.faults.active(), []);
  assert.equal(textAt(origin, atMs), textAt(modelFor(), atMs));
});

test("after a start what a slow group had not read yet is hidden from it: its lag falls and nothing is sent", () => {
  const model = modelFor();
  const lag = "/api/v1/consumer-groups/fulfilment/lag";
  model.faults.set("consumer-slow");
  const before = pollAfter(model, 4 * 60_000);
  assert.ok(before.number(lag, "total_lag") > 100_000);
  model.faults.set("just-restarted", "mild");
  const after = pollAfter(model, 60_000);
  assert.ok(after.number(lag, "total_lag") < before.number(lag, "total_lag") / 2);
  const words = ['topic="orders"'];
  assert.ok(
    after.sum("streamline_bytes_out_total", ...words) <
      after.sum("streamline_bytes_in_total", ...words),
  );
});

test("a moment that has passed changes nothing", () => {
  const model = modelFor();
  model.advance(START_MS + 10_000);
  model.advance(START_MS);
  assert.equal(model.nowMs, START_MS + 10_000);
});

test("whatever is wrong, two things at once included, the server stays consistent", () => {
  const ids = fc.uniqueArray(fc.constantFrom(...FITTING), { minLength: 1, maxLength: 2 });
  fc.assert(
    fc.property(ids, fc.constantFrom("mild" as const, "severe" as const), (chosen, magnitude) => {
      const model = modelFor();
      for (const id of chosen) model.faults.set(id, magnitude);
      for (let minute = 1; minute <= 4; minute += 1) {
        model.advance(START_MS + minute * 60_000);
        assertConsistent(model);
      }
      model.faults.clearAll();
      model.advance(model.nowMs + 60_000);
      assertConsistent(model);
      assert.equal(model.conditions().process, "up");
    }),
    { numRuns: 25 },
  );
});

function assertConsistent({ state }: Model): void {
  for (const { partitions } of state.topics) {
    for (const partition of partitions) {
      assert.ok(partition.startOffset <= partition.endOffset, "start is not after end");
      assert.ok(Number.isInteger(partition.endOffset), "offsets are whole");
      assert.ok(partition.sealedBytes >= 0 && partition.activeBytes >= 0, "sizes are not negative");
    }
  }
  assert.ok(state.connections >= 0);
  for (const [name, series] of state.recorder.values) {
    const isCounter = METRICS[name].type === "counter";
    for (const [labels, value] of series) {
      assert.ok(Number.isFinite(value) && value >= 0, `${name}{${labels}} is ${value}`);
      assert.ok(!isCounter || Number.isInteger(value), `${name}{${labels}} counts ${value}`);
    }
  }
}

test("counters only grow while the process lives", () => {
  const model = modelFor();
  model.faults.set("wal-backpressure", "mild");
  model.faults.set("connection-churn", "mild");
  const before = new Map(model.state.recorder.values.get("streamline_requests_total"));
  model.advance(START_MS + 90_000);
  const after = model.state.recorder.values.get("streamline_requests_total");
  for (const [labels, value] of before) assert.ok((after?.get(labels) ?? -1) >= value, labels);
});

test("a restart begins with empty memory and what the disk holds", () => {
  const model = modelFor();
  model.advance(START_MS + 60_000);
  const before = pollAfter(model, 60_000);
  model.faults.set("just-restarted", "mild");
  const after = pollAfter(model, 60_000);
  assert.ok(after.sum("streamline_requests_total") < before.sum("streamline_requests_total") / 10);
  const topics = ["orders", "payments", "clicks"];
  for (const topic of topics) {
    const path = `/api/v1/topics/${topic}`;
    assert.ok(after.number(path, "total_messages") > 0.9 * before.number(path, "total_messages"));
  }
  assert.equal(after.logged("Kafka protocol listener started").length, 1);
});

test("an unclean end makes the next start replay; a clean one does not", () => {
  for (const [id, replays] of [
    ["just-restarted", 1],
    ["counter-reset", 0],
  ] as const) {
    const model = modelFor();
    model.faults.set(id, "mild");
    const poll = pollAfter(model, 60_000);
    assert.equal(poll.logged("Replaying WAL entries").length, replays, id);
  }
});

test("two faults at once both show, and clearing one leaves the other", () => {
  const model = modelFor();
  model.faults.set("slow-wal-sync", "severe");
  model.faults.set("connection-churn", "severe");
  const p99 = ['api_key="produce"', 'quantile="0.99"'];
  const both = pollAfter(model, 120_000);
  assert.ok(both.sum("streamline_request_duration_seconds", ...p99) > 1);
  assert.ok(both.rate("streamline_connections_total") > 50);
  model.faults.clear("slow-wal-sync");
  const one = pollAfter(model, 120_000);
  assert.ok(one.sum("streamline_request_duration_seconds", ...p99) < 0.05);
  assert.ok(one.rate("streamline_connections_total") > 50);
});

test("setting a fault again restarts it with the new magnitude", () => {
  const model = modelFor();
  model.faults.set("http-slow", 3);
  model.advance(START_MS + 60_000);
  model.faults.set("http-slow", 5);
  assert.equal(model.faults.active().length, 1);
  assert.equal(model.conditions().http.delayMs, 5_000);
  assert.equal(model.faults.active()[0]?.sinceMs, START_MS + 60_000);
});

test("a cluster offers cluster faults, a single node does not", () => {
  const ids = (model: Model) => model.faults.list.map(({ id }) => id);
  assert.ok(ids(modelFor("cluster")).includes("cluster-leaderless"));
  assert.ok(!ids(modelFor("shop")).includes("cluster-leaderless"));
  assert.ok(ids(modelFor("empty")).includes("empty-server"));
  assert.ok(!ids(modelFor("shop")).includes("empty-server"));
});

test("a full disk comes on its own when the data directory has grown to the end", () => {
  const model = modelFor();
  model.faults.set("disk-filling", 20);
  model.advance(START_MS + 25 * 60_000);
  const poll = pollAfter(model, 60_000);
  const full = poll.logged("Failed to append batch");
  assert.ok(full.length > 100);
  assert.equal(full[0]?.fields?.["error"], "IO error: No space left on device (os error 28)");
});
