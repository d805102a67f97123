import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

/** Of the programs of the checkout that take words those that start quickly; the others read them alike. */
const PROGRAMS = [
  "test/chaos/run.ts",
  "test/e2e/pair.ts",
  "test/promql/compare-random.ts",
  "test/run.ts",
];

for (const program of PROGRAMS) {
  test(`${program} names an unknown option with its usage, and says its usage when asked`, () => {
    const run = (word: string) =>
      spawnSync(process.execPath, [program, word], { encoding: "utf8" });
    const wrong = run("--casses");
    assert.equal(wrong.status, 2);
    assert.match(wrong.stdout + wrong.stderr, /--casses/);
    assert.match(wrong.stderr, /^usage/m);
    assert.doesNotMatch(wrong.stderr, /\n {4}at /);
    const asked = run("--help");
    assert.equal(asked.status, 0);
    assert.match(asked.stdout, /^usage/);
  });
}

test("eval names a file that is not there, where all its cases once passed for none", () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ["test/eval/run.ts", "/nowhere.jsonl.gz"],
    {
      encoding: "utf8",
    },
  );
  assert.equal(status, 2);
  assert.match(stderr, /\/nowhere\.jsonl\.gz is no file/);
});

test("a reader that has read enough ends the program without a word", () => {
  const { status, stderr, stdout } = spawnSync(
    "sh",
    ["-c", `{ "${process.execPath}" src/edges/cli/rights.ts; echo "ended $?" >&2; } | head -c 1`],
    { encoding: "utf8" },
  );
  assert.equal(status, 0);
  assert.equal(stdout.length, 1);
  assert.equal(stderr, "ended 0\n");
});
