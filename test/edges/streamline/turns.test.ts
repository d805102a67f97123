/** Many names, few turns, and nobody left out. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createTurns } from "../../../src/edges/streamline/turns.ts";
import fc from "../../support/fast-check.ts";

test("a name that had its turn waits for its interval", () => {
  const turns = createTurns({ everyMs: 1_000, most: 5 });
  assert.deepEqual(turns.next(["a"], 0), ["a"]);
  turns.took("a", 0);
  assert.deepEqual(turns.next(["a"], 999), []);
  assert.deepEqual(turns.next(["a"], 1_000), ["a"]);
});

test("who was given a turn and did not take it comes first the next time", () => {
  const turns = createTurns({ everyMs: 0, most: 2 });
  turns.took("a", 0);
  assert.deepEqual(turns.next(["a", "b", "c"], 1), ["b", "c"]);
  turns.took("b", 1);
  assert.deepEqual(turns.next(["a", "b", "c"], 2), ["c", "a"]);
});

test("urgent names come first, and the others keep a quarter of the turns", () => {
  const turns = createTurns({ everyMs: 0, most: 4 });
  const isUrgent = (name: string): boolean => name.startsWith("u");
  const names = ["a", "b", "u1", "u2", "u3", "u4"];
  assert.deepEqual(turns.next(names, 0, isUrgent), ["u1", "u2", "u3", "a"]);
  turns.took("a", 0);
  turns.took("u1", 0);
  assert.deepEqual(turns.next(names, 1, isUrgent), ["u2", "u3", "u4", "b"]);
  assert.deepEqual(turns.next(["a", "u1"], 2, isUrgent), ["u1", "a"]);
});

test("a name that went away and came back is new", () => {
  const turns = createTurns({ everyMs: 1_000, most: 5 });
  turns.took("a", 0);
  turns.next([], 1);
  assert.deepEqual(turns.next(["a"], 2), ["a"]);
});

test("as many polls as it takes, and every name had exactly one turn", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string(), { maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      (names, most) => {
        const turns = createTurns({ everyMs: 1_000_000, most });
        const seen: string[] = [];
        for (let poll = 0; poll < Math.ceil(names.length / most); poll++) {
          const next = turns.next(names, poll);
          assert.ok(next.length <= most);
          for (const name of next) turns.took(name, poll);
          seen.push(...next);
        }
        assert.deepEqual(seen.toSorted(), names.toSorted());
      },
    ),
  );
});
