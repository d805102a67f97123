/** What of a pasted log is looked up. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { pastedLines, withoutColors } from "../../src/search/pasted-lines.ts";
import fc from "../support/fast-check.ts";

for (const [pasted, line] of [
  ["2026-11-23T03:00:00.123456Z ERROR streamline: disk is full", "streamline: disk is full"],
  ["\u001B[2m2026-11-23T03:00:00Z\u001B[0m \u001B[31mERROR\u001B[0m no space", "no space"],
  ["[31mERROR[0m no space left", "no space left"],
  ["Nov 23 03:00:00 broker-1 streamlined: refused", "broker-1 streamlined: refused"],
  ["03:00:00,123 [WARN] fsync is slow", "fsync is slow"],
  [
    "[2026-11-23 03:00:00,123] ERROR [ReplicaManager broker=1] gone",
    "[ReplicaManager broker=1] gone",
  ],
] as const) {
  test(`${JSON.stringify(pasted)} is looked up without time, level and colour`, () => {
    assert.deepEqual(
      pastedLines(pasted).map(({ text }) => text),
      [line],
    );
  });
}

test("of a stack trace the frames are left out, and what went wrong is read from the rest", () => {
  const trace = [
    "java.io.IOException: No space left on device",
    "\tat java.io.FileOutputStream.write(FileOutputStream.java:1)",
    "\tat example.Producer.send(Producer.java:42)",
    "Caused by: disk quota exceeded",
    "\t... 12 more",
    "starting shutdown",
    "12345",
  ].join("\n");
  assert.deepEqual(
    pastedLines(trace).map(({ text, isTelling }) => [text, isTelling]),
    [
      ["java.io.IOException: No space left on device", false],
      ["Caused by: disk quota exceeded", true],
      ["starting shutdown", false],
    ],
  );
});

test("a line that repeats is one, and of a long log both ends are read", () => {
  assert.equal(pastedLines("ERROR no space\n".repeat(500)).length, 1);
  const long = Array.from({ length: 5_000 }, (_, n) => `line number ${n} of the log`).join("\n");
  const lines = pastedLines(long);
  assert.equal(lines.length, 60);
  assert.match(lines[0]?.text ?? "", /number 0 /);
  assert.match(lines.at(-1)?.text ?? "", /number 4999 /);
});

test("any text has lines, and no colours", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 500 }), (text) => {
      assert.ok(pastedLines(text).length <= 60);
      assert.doesNotMatch(withoutColors(`${text}\u001B[1;31mred\u001B[0m`), /\[1;31m/);
    }),
  );
});
