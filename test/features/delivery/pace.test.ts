import assert from "node:assert/strict";
import { test } from "node:test";
import { createPace } from "../../../src/features/delivery/pace.ts";

function setUp() {
  let now = 1_000_000;
  const pace = createPace({ now: () => now });
  return {
    pace,
    pass: (ms: number) => {
      now += ms;
    },
    /** For how long the channel must wait. */
    wait: (channel: string) => (pace.waiting().get(channel) ?? now) - now,
  };
}

test("a channel takes four posts at once, then one a second", () => {
  const { pace, pass, wait } = setUp();
  for (let count = 0; count < 4; count += 1) {
    assert.equal(wait("C1"), 0);
    pace.note("C1");
  }
  assert.equal(wait("C1"), 1_000);
  pass(1_000);
  assert.equal(wait("C1"), 0);
  pace.note("C1");
  assert.equal(wait("C1"), 1_000);
});

test("posts beyond the pace are waited for afterwards", () => {
  const { pace, wait } = setUp();
  for (let count = 0; count < 10; count += 1) pace.note("C1");
  assert.equal(wait("C1"), 7_000);
});

test("a channel that was quiet may burst again", () => {
  const { pace, pass, wait } = setUp();
  for (let count = 0; count < 4; count += 1) pace.note("C1");
  pass(4_000);
  for (let count = 0; count < 4; count += 1) {
    assert.equal(wait("C1"), 0);
    pace.note("C1");
  }
  assert.equal(wait("C1"), 1_000);
});

test("channels do not wait for each other", () => {
  const { pace, wait } = setUp();
  for (let count = 0; count < 9; count += 1) pace.note("C1");
  assert.equal(wait("C2"), 0);
  assert.deepEqual([...pace.waiting().keys()], ["C1"]);
});

test("a channel is held for as long as Slack asked, and the longest hold counts", () => {
  const { pace, pass, wait } = setUp();
  pace.hold("C1", 30_000);
  pace.hold("C1", 5_000);
  assert.equal(wait("C1"), 30_000);
  pass(29_999);
  assert.equal(wait("C1"), 1);
  pass(1);
  assert.equal(wait("C1"), 0);
});
