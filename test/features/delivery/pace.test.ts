/** How fast a channel is written to, and that what is urgent finds room. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createPace, wayOf } from "../../../src/features/delivery/pace.ts";
import { PRIORITY } from "../../../src/incidents/notice-priority.ts";

function setUp() {
  let now = 1_000_000;
  const pace = createPace(() => now);
  /** For how long rows of this priority must wait in the channel. */
  const wait = (channel: string, priority: number = PRIORITY.first): number =>
    Math.max(
      0,
      ...pace
        .waiting()
        .filter(({ from, to }) => from <= priority && priority <= to)
        .flatMap((each) => ([channel, "*"].includes(each.channel) ? [each.ms] : [])),
    );
  const post = (channel: string, times = 1): void => {
    for (let count = 0; count < times; count += 1) pace.take(channel, "post");
  };
  return {
    pace,
    post,
    wait,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

test("a channel takes four posts at once, then one a second", () => {
  const { post, pass, wait } = setUp();
  for (let count = 0; count < 4; count += 1) {
    assert.equal(wait("C1"), 0);
    post("C1");
  }
  assert.equal(wait("C1"), 1_000);
  pass(1_000);
  assert.equal(wait("C1"), 0);
  post("C1");
  assert.equal(wait("C1"), 1_000);
});

test("posts beyond the pace are waited for afterwards", () => {
  const { post, wait } = setUp();
  post("C1", 10);
  assert.equal(wait("C1"), 7_000);
});

test("a channel that was quiet may burst again", () => {
  const { post, pass, wait } = setUp();
  post("C1", 4);
  pass(4_000);
  post("C1", 3);
  assert.equal(wait("C1"), 0);
});

test("what explains leaves room for what names, and the rest leaves more", () => {
  const { post, wait } = setUp();
  post("C1", 2);
  assert.equal(wait("C1", PRIORITY.rest), 1_000);
  assert.equal(wait("C1", PRIORITY.verdict), 0);
  post("C1");
  assert.equal(wait("C1", PRIORITY.verdict), 1_000);
  assert.equal(wait("C1", PRIORITY.state), 0);
  assert.equal(wait("C1", PRIORITY.first), 0);
});

test("what was taken and not used costs nothing", () => {
  const { pace, post, wait } = setUp();
  post("C1", 4);
  pace.giveBack("C1", "post");
  assert.equal(wait("C1"), 0);
});

test("channels do not wait for each other", () => {
  const { post, wait } = setUp();
  post("C1", 9);
  assert.equal(wait("C2"), 0);
});

test("edits and posts have a pace each; that of edits is one for all channels", () => {
  const { pace, post, wait } = setUp();
  post("C1", 9);
  assert.equal(wait("C1", PRIORITY.edit), 0);
  for (let count = 0; count < 12; count += 1) pace.take("C1", "edit");
  assert.ok(wait("C2", PRIORITY.edit) > 0);
  assert.equal(wait("C2", PRIORITY.first), 0);
  assert.deepEqual([wayOf(PRIORITY.edit), wayOf(PRIORITY.first)], ["edit", "post"]);
});

test("a channel is held for as long as Slack asked, and the longest hold counts", () => {
  const { pace, pass, wait } = setUp();
  pace.hold("C1", "post", 30_000);
  pace.hold("C1", "post", 5_000);
  assert.equal(wait("C1"), 30_000);
  pass(29_999);
  assert.equal(wait("C1"), 1);
  pass(1);
  assert.equal(wait("C1"), 0);
});

test("edits are limited for the whole app, so replicas that deliver share them", () => {
  const editsIn = (minutes: number, replicas: number): number => {
    const { pace, pass, wait } = setUp();
    pace.share(replicas);
    let edits = 0;
    for (let ms = 0; ms < minutes * 60_000; ms += 100) {
      while (wait("C1", PRIORITY.edit) === 0) {
        pace.take("C1", "edit");
        edits += 1;
      }
      pass(100);
    }
    return edits;
  };
  const alone = editsIn(10, 1);
  for (const replicas of [2, 3, 20]) {
    const all = replicas * editsIn(10, replicas);
    assert.ok(all <= alone * 1.1 && all >= alone / 2, `${replicas}: ${all} instead of ${alone}`);
  }
});

test("a replica that is alone again has all edits for itself", () => {
  const { pace, pass, wait } = setUp();
  pace.share(10);
  pace.take("C1", "edit");
  assert.ok(wait("C1", PRIORITY.edit) > 0);
  pace.share(1);
  pass(2_000);
  assert.equal(wait("C1", PRIORITY.edit), 0);
});
