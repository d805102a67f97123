import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceWithin, editDistance } from "../../src/spelling/edit-distance.ts";
import fc from "../support/fast-check.ts";

/** The textbook's table, for checking the quick one. */
function slowDistance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  const at = (i: number, j: number): number => table[i]?.[j] ?? 0;
  for (let j = 0; j <= b.length; j += 1) table[0]?.splice(j, 1, j);
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const put = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1);
      let cost = Math.min(put, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, at(i - 2, j - 2) + 1);
      table[i]?.splice(j, 1, cost);
    }
  }
  return at(a.length, b.length);
}

test("the edit distance is the textbook's, and stops at its limit", () => {
  const word = fc.stringMatching(/^[abc]{0,9}$/);
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 5 }), (a, b, limit) => {
      assert.equal(editDistance(a, b, limit), Math.min(slowDistance(a, b), limit + 1));
    }),
    { numRuns: 2_000 },
  );
});

test("swapped neighbours are one error", () => {
  assert.equal(editDistance("replicaiton", "replication", 2), 1);
});

test("the distance is the least over all parts of the text", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 7 });
  fc.assert(
    fc.property(letters, letters, (pattern, text) => {
      const parts = Array.from({ length: text.length + 1 }, (_, start) =>
        Array.from({ length: text.length + 1 - start }, (_, length) =>
          defined(pattern, text.slice(start, start + length)),
        ),
      );
      assert.equal(distanceWithin(pattern, text), Math.min(...parts.flat()));
    }),
  );
});

/** The definition, word for word. */
function defined(a: string, b: string): number {
  if (a === "") return b.length;
  if (b === "") return a.length;
  return Math.min(
    defined(a.slice(1), b) + 1,
    defined(a, b.slice(1)) + 1,
    defined(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1),
  );
}
