/** What the test runner says of files that pass, fail or hang, and where a file needs what there is not. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { runInLanes } from "./lanes.ts";
import { isPure } from "./pure-files.ts";

function runTests(t: TestContext, ...args: string[]) {
  const cache = mkdtempSync(join(tmpdir(), "runner-"));
  t.after(() => rmSync(cache, { recursive: true, force: true }));
  const env = Object.entries(process.env).filter(([name]) => !name.startsWith("NODE_TEST"));
  const { status, stdout } = spawnSync(process.execPath, ["test/run.ts", "--no-warm", ...args], {
    encoding: "utf8",
    env: { ...Object.fromEntries(env), STREAMLINE_BOT_CACHE: cache },
  });
  return { status, lines: stdout.trimEnd().split("\n") };
}

const fixture = (name: string): string => `test/fixtures/runner/${name}.ts`;

test("what passes and what fails is counted, the reason shown, and how far it is said", (t) => {
  const { status, lines } = runTests(t, fixture("passes"), fixture("fails"));
  assert.equal(status, 1);
  assert.equal(lines.at(-1), "3 passed, 1 failed");
  assert.ok(lines.some((line) => line.includes("this is what is wrong")));
  assert.ok(lines.some((line) => /\[ *2\/2, /.test(line)));
  assert.equal(runTests(t, fixture("passes")).status, 0);
});

test("a file that hangs is one failure, is named, and costs the others nothing", (t) => {
  const { status, lines } = runTests(t, "--timeout", "4", fixture("hangs"), fixture("passes"));
  assert.equal(status, 1);
  assert.equal(lines.at(-1), "2 passed, 1 failed");
  assert.ok(lines.some((line) => line.includes("hangs.ts was ended")));
});

test("a package that nobody knows is an error, not a file left out", (t) => {
  const { status, lines } = runTests(t, fixture("needs"));
  assert.equal(status, 1);
  assert.doesNotMatch(lines.at(-1) ?? "", /passed/);
});

test("files share a process only when they and what they import keep to themselves", () => {
  assert.equal(isPure("test/knowledge/read-page.test.ts"), true);
  assert.equal(isPure("test/edges/http/webhook.test.ts"), false);
  assert.equal(isPure("test/e2e/commands.test.ts"), false);
  assert.equal(isPure("test/runner/run.test.ts"), false);
});

test("the longest begins first, heavy ones beside light ones, and a free lane helps", async () => {
  const begun: string[] = [];
  const task = (name: string, isHeavy: boolean, seconds: number) => ({
    isHeavy,
    seconds,
    run: async () => void begun.push(name),
  });
  const tasks = [task("short", false, 1), task("heavy", true, 5), task("long", false, 9)];
  await runInLanes(tasks, { heavy: 1, light: 1 });
  assert.deepEqual(begun.slice(0, 2).toSorted(), ["heavy", "long"]);
  assert.equal(begun[2], "short");
});
