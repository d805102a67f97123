import assert from "node:assert/strict";
import { test } from "node:test";
import { createLogIndex } from "../../src/search/rank-logs.ts";

function indexOf(...logs: string[]) {
  const index = createLogIndex();
  logs.forEach((log, n) => {
    index.add(n, { id: `${n}`, file: "a.md", title: "a", headings: ["a"], text: "", logs: [log] });
  });
  return index;
}

const HELD: readonly [string, string, string][] = [
  ["the text itself", "Failed to append batch", "Failed to append batch"],
  [
    "a line around it",
    "Failed to append batch",
    "2026 ERROR x: Failed to append batch topic=orders",
  ],
  ["other capitals and spaces", "Failed to append batch", "failed  to APPEND\tbatch"],
  [
    "a value for a placeholder",
    "Size <n> exceeds maximum <m>",
    "message Size 12 exceeds maximum 10",
  ],
  [
    "a value for N",
    "Message size N exceeds maximum 1048576",
    "Message size 1298211 exceeds maximum 1048576",
  ],
  [
    "something for an ellipsis",
    "Client disconnected … Message size",
    "Client disconnected with error peer=1 Message size 3",
  ],
  [
    "a number that begins as the text ends",
    "size limit … size=3692<n>",
    "exceeds hard size limit peer=10.0.0.7:51514 size=369295687 hard_cap=268435456",
  ],
  [
    "printf's marks",
    "connect to %s failed after %d tries",
    "connect to b1:9093 failed after 3 tries",
  ],
];
for (const [what, log, line] of HELD) {
  test(`a line with ${what} is the log text`, () => {
    assert.deepEqual(indexOf(log).match(line), [{ section: 0, log, score: 1 }]);
  });
}

test("the fixed parts must come in their order", () => {
  assert.deepEqual(indexOf("alpha beta <x> gamma delta").match("gamma delta 1 alpha beta"), []);
});

test("a piece of a log text counts less than the whole", () => {
  const [match] = indexOf("WAL backpressure: <n> pending writes exceeds limit").match(
    "wal backpressure",
  );
  assert.ok(match !== undefined && match.score < 1);
});

test("of two texts in a line the longer one comes first", () => {
  const matches = indexOf("Client disconnected", "Client disconnected with error").match(
    "INFO Client disconnected with error peer=1",
  );
  assert.deepEqual(
    matches.map(({ section }) => section),
    [1, 0],
  );
});

test("a text too short to mean anything is not a log text, and a removed one is gone", () => {
  assert.deepEqual(indexOf("error").match("error"), []);
  const index = indexOf("Failed to append batch");
  index.remove(0);
  assert.deepEqual(index.match("Failed to append batch"), []);
});

test("a line of regular expression characters is text", () => {
  const log = "Handler for `GET /api/(v1)` [already] exists?";
  assert.equal(indexOf(log).match(`panic: ${log}`).length, 1);
});

test("a piece of a log text is found by two of its words, and not by one", () => {
  const index = indexOf("Heartbeat failed because it is rebalancing");
  assert.equal(index.match("it is rebalancing").length, 1);
  assert.deepEqual(index.match("rebalancing"), []);
});
