import assert from "node:assert/strict";
import { test } from "node:test";
import { readPage } from "../../src/knowledge/read-page.ts";

const FEW = 100;
const MANY = 10_001;

function problemOf(text: string): unknown {
  const read = readPage({ file: "long.md", folder: "x", text });
  return read.kind === "problem" ? read.problem : undefined;
}

test("a paragraph of ten thousand links or tags is refused where it begins, before it is parsed", () => {
  const reason = "a paragraph has too many links or tags";
  const problem = { file: "long.md", line: 3, reason };
  assert.deepEqual(problemOf(`# A\n\n${"[a](b) ".repeat(MANY)}`), problem);
  assert.deepEqual(problemOf(`# A\n\na ${"<b>x</b>".repeat(MANY)}`), problem);
  assert.deepEqual(problemOf(`# A\n\nfirst\n${"[a](b)\n".repeat(MANY)}`), problem);
});

test("as much in code, in rows of a table or in many paragraphs is read", () => {
  const row = `| ${"[a](b) ".repeat(FEW)} |\n`;
  assert.equal(problemOf(`# A\n\n\`\`\`\n${"[".repeat(MANY)}\n\`\`\`\n`), undefined);
  assert.equal(problemOf(`| a |\n|---|\n${row.repeat(MANY / FEW + 1)}`), undefined);
  assert.equal(problemOf(`${"[a](b) ".repeat(FEW)}\n\n`.repeat(MANY / FEW + 1)), undefined);
});
