/** Each claim of the threat model names the tests that prove it, and they are there. */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";

const MODEL = "docs/threat-model.md";
const text = readFileSync(MODEL, "utf8");

/** The rows of the table under a heading, without its head. */
function rowsUnder(heading: string): string[][] {
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test("every claim names tests that exist, and that hold some", () => {
  const claims = rowsUnder("Claims");
  assert.ok(claims.length > 5, `${MODEL} has its table of claims`);
  for (const [claim = "", proofs = ""] of claims) {
    const files = proofs.split(",").map((file) => file.trim());
    for (const file of files) {
      assert.ok(existsSync(file), `"${claim}" names ${file}`);
      const holds = /\b(?:test|it)\(|describeFuzzers\(|assert\./.test(readFileSync(file, "utf8"));
      assert.ok(holds, `${file} proves nothing`);
    }
  }
});

test("what SECURITY.md leads to is there", () => {
  const links = readFileSync("SECURITY.md", "utf8").matchAll(/\]\(([^)#:]+)\)/g);
  for (const [, file = ""] of links) assert.ok(existsSync(file), file);
});
