/** Wildcards agree with the regular expressions they stand for, and stay fast where those do not. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  globWildcard,
  matchesWildcard,
  simpleRegex,
} from "../../../src/diagnosis/checks/wildcard.ts";
import fc from "../../support/fast-check.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b", "ä", "😀"), maxLength: 12 });

test("a glob matches what its regular expression matches", () => {
  const glob = fc.string({ unit: fc.constantFrom("a", "b", "😀", "*", "?"), maxLength: 8 });
  fc.assert(
    fc.property(glob, text, (pattern, value) => {
      const source = pattern.replace(/\*/g, ".*").replace(/\?/g, ".");
      const expected = new RegExp(`^(?:${source})$`, "su").test(value);
      assert.equal(matchesWildcard(globWildcard(pattern), value), expected);
    }),
    { numRuns: 2_000 },
  );
});

test("a simple regular expression matches as a whole, as in PromQL", () => {
  const part = fc.constantFrom("a", "b", "ä", ".", ".*", ".+", "|", "\\.", "-");
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), text, (parts, value) => {
      const source = parts.join("");
      const alternatives = simpleRegex(source);
      assert.ok(alternatives !== undefined);
      const actual = alternatives.some((each) => matchesWildcard(each, value));
      assert.equal(actual, new RegExp(`^(?:${source})$`, "su").test(value), source);
    }),
    { numRuns: 2_000 },
  );
});

test("what goes beyond is not guessed at", () => {
  for (const source of ["a*", "(a|b)", "[ab]", "a{2}", "^a", "a$", "\\d", "a?"]) {
    assert.equal(simpleRegex(source), undefined, source);
  }
});

test("a pattern made to stall a regular expression is decided at once", () => {
  const pattern = globWildcard("*a".repeat(200));
  assert.equal(matchesWildcard(pattern, `${"a".repeat(5_000)}b`), false);
});
