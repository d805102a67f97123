import assert from "node:assert/strict";
import { test } from "node:test";
import { matchingRows } from "../../src/search/matching-rows.ts";
import { readOwnKnowledge } from "./own-knowledge.ts";

const PAGE = `What clients print.

| Text | Means |
|---|---|
| \`Topic orders not present after 60000 ms\` | no metadata |
| \`Connect to ipv4#... failed: Connection refused\`, \`Connection setup timed out\` | nothing listens |

Others:

| Text | Means |
| --- | :-- |
| \`dial tcp ...: connection refused\` | a firewall |
| \`EOF\` | too short to be told by |
`;

const rowsOf = (text: string, log?: string): string[] =>
  (matchingRows(PAGE, { text, ...(log === undefined ? {} : { log }) })?.markdown ?? "")
    .split("\n")
    .filter((line) => line.startsWith("| `"));

test("a pasted text finds its row, whatever stands in its gaps, under the table's heading", () => {
  const line = "%3|17|FAIL| Connect to ipv4#10.0.0.5:9092 failed: Connection refused (after 0ms)";
  assert.deepEqual(matchingRows(PAGE, { text: line })?.markdown.split("\n").slice(0, 2), [
    "| Text | Means |",
    "|---|---|",
  ]);
  assert.match(rowsOf(line).join(), /nothing listens/);
  assert.equal(rowsOf(line).length, 1);
  assert.equal(
    matchingRows(PAGE, { text: line })?.text,
    "Connect to ipv4#... failed: Connection refused, Connection setup timed out nothing listens",
  );
});

test("another topic and another time are found by the log text that the page names", () => {
  const line = "Topic payments not present after 30000 ms";
  assert.deepEqual(rowsOf(line), []);
  assert.match(rowsOf(line, "Topic <topic> not present after <n> ms").join(), /no metadata/);
});

test("a row whose own text was pasted goes before another example of the log text", () => {
  const page = `| Text | Means |
|---|---|
| \`Connect to 127.0.0.1 failed: refused\` | this machine |
| \`Connect to ... failed: refused\` | a firewall |`;
  const text = "FAIL: Connect to 10.0.0.5 failed: refused";
  assert.equal(
    matchingRows(page, { text, log: "Connect to <address> failed" })?.text,
    "Connect to ... failed: refused a firewall",
  );
});

test("rows of two tables stand under the heading of each", () => {
  const text = "Connection setup timed out\ndial tcp 10.0.0.5:9092: connection refused";
  assert.equal(rowsOf(text).length, 2);
  assert.equal(matchingRows(PAGE, { text })?.markdown.split("\n\n").length, 2);
});

test("what no row has, and what is too short, finds none", () => {
  for (const text of ["disk is full", "unexpected EOF", "", "| |", "`".repeat(50)]) {
    assert.equal(matchingRows(PAGE, { text }), undefined, text);
  }
});

test("each error text of clients that leads to a table has its row there", () => {
  for (const anchor of [
    "error-texts-of-kafka-clients",
    "error-texts-of-go-python-and-node-clients",
    "client-errors-that-this-server-never-sends",
  ]) {
    const section = readOwnKnowledge().section(`TROUBLESHOOTING.md#${anchor}`);
    assert.ok(section !== undefined, anchor);
    const { logs, markdown } = section;
    const without = logs.filter((log) => matchingRows(markdown, { text: log, log }) === undefined);
    assert.deepEqual(without, []);
  }
});
