/** What a schema finds wrong, in the words of whoever wrote the value. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { z } from "zod";
import { checkShape } from "../../src/diagnosis/checks/check.ts";
import { readBySchema } from "../../src/knowledge/schema-words.ts";

function problemOf(schema: z.ZodType, value: unknown): string {
  const read = readBySchema(schema, value);
  assert.ok("problem" in read);
  return `${read.problem.path.map(String).join(".")} ${read.problem.words}`;
}

const CHECK = { id: "a", expr: "up", finding: "It is so.", needs: [{ series: "up" }] };

for (const [what, change, expected] of [
  [
    "a mistyped key",
    { severty: "warning" },
    /^severty is not a known key: did you mean severity\?$/,
  ],
  [
    "one within a list",
    { needs: [{ series: "up", hstory: "5m" }] },
    /^needs\.0\.hstory .*history\?$/,
  ],
  [
    "one within one of two forms",
    { first: [{ do: "It.", unles: "a" }] },
    /^first.*unles.*unless\?$/,
  ],
  [
    "a key like none",
    { needs: [{ series: "up", qqqqqq: 1 }] },
    /not a known key; there are series/,
  ],
  ["a missing value", { expr: undefined }, /^expr is missing$/],
  ["a number for a text", { expr: 5 }, /^expr must be text; put a number in quotes$/],
  ["a text for a flag", { event: "yes" }, /^event must be true or false$/],
  ["a value of another list", { severity: "bad" }, /^severity must be one of .*critical/],
  ["an empty list", { needs: [] }, /^needs must /],
  ["an empty text", { finding: "" }, /^finding must not be empty$/],
  ["neither of two forms", { first: 5 }, /^first must be text or keys with values/],
] as const) {
  test(`${what} is named with its place and without a validator's terms`, () => {
    const words = problemOf(checkShape, { ...CHECK, ...change });
    assert.match(words, expected);
    assert.doesNotMatch(words, /unrecognized|invalid|expected|received/i);
  });
}
