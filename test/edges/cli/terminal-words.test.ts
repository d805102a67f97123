/** What a shell hands over, as the words of the command table. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { readTerminalWords } from "../../../src/edges/cli/terminal-words.ts";

function textOf(...args: string[]): string {
  const read = readTerminalWords(args);
  assert.ok(read.kind === "words", JSON.stringify(read));
  return read.words.text;
}

test("a name that the shell's quotes kept together stays one word", () => {
  assert.equal(textOf("lag", "my group", "orders"), '"my group" orders');
  assert.equal(textOf("lag", "it's my group"), '"it\'s my group"');
  assert.equal(textOf("lag", "group:my group"), 'group:"my group"');
  assert.equal(textOf("lag", "--group", "my group"), 'group:"my group"');
});

test("questions and expressions stay as they were typed", () => {
  assert.equal(textOf("search", "disk full"), "disk full");
  assert.equal(textOf("chart", "sum(rate(x[5m])) by (a)"), "sum(rate(x[5m])) by (a)");
});
