// takes: 6 s
/** What the test runner says of files that pass, fail or hang, and where a file needs what there is not. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { mostlyWaits, secondsSaid } from "./durations.ts";
import { type LaneKind, runInLanes } from "./lanes.ts";
import { canShare, isPure } from "./pure-files.ts";

interface Ran {
  readonly status: number | null;
  readonly lines: readonly string[];
}

function runTests(t: TestContext, ...args: string[]): Ran {
  return runTestsIn(t, {}, ...args);
}

/** With these variables in place of what the runner would find. */
function runTestsIn(t: TestContext, changed: NodeJS.ProcessEnv, ...args: string[]): Ran {
  const cache = mkdtempSync(join(tmpdir(), "runner-"));
  t.after(() => rmSync(cache, { recursive: true, force: true }));
  const env = Object.entries(process.env).filter(([name]) => !name.startsWith("NODE_TEST"));
  const { status, stdout } = spawnSync(process.execPath, ["test/run.ts", "--no-warm", ...args], {
    encoding: "utf8",
    env: { ...Object.fromEntries(env), STREAMLINE_BOT_CACHE: cache, ...changed },
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

test("what a suite does around its tests it does around no others", (t) => {
  const { status, lines } = runTests(t, fixture("suites"), fixture("passes"));
  assert.equal(status, 0, lines.join("\n"));
  assert.equal(lines.at(-1), "5 passed, 0 failed");
});

test("an error that nobody caught fails its file and is shown, and nothing waits for it", (t) => {
  for (const [name, said] of [
    ["throws-later", "this was thrown later"],
    ["rejects", "nobody waited for this"],
  ] as const) {
    const { status, lines } = runTests(t, fixture(name), fixture("passes"));
    assert.equal(status, 1);
    assert.match(lines.at(-1) ?? "", /^[23] passed, [12] failed$/);
    assert.ok(
      lines.some((line) => line.includes(said)),
      lines.join("\n"),
    );
    assert.ok(!lines.some((line) => line.includes("was ended")));
  }
});

test("a package that nobody knows is an error, not a file left out", (t) => {
  const { status, lines } = runTests(t, fixture("needs-unknown"));
  assert.equal(status, 1);
  assert.doesNotMatch(lines.at(-1) ?? "", /passed/);
});

test("a package that is missing leaves its file out by name; where all must run, that is a failure", (t) => {
  // Neither the program nor what could install it.
  const folder = mkdtempSync(join(tmpdir(), "empty-path-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const files = [fixture("needs-prometheus"), fixture("passes")];
  const left = /left out: .*needs-prometheus\.ts .*package prometheus\b/;

  const here = runTestsIn(t, { PATH: folder, CI: "" }, ...files);
  assert.equal(here.lines.at(-1), "2 passed, 0 failed");
  assert.equal(here.status, 0);
  assert.ok(here.lines.some((line) => left.test(line)));

  const everywhere = runTestsIn(t, { PATH: folder, CI: "true" }, ...files);
  assert.equal(everywhere.lines.at(-1), "2 passed, 1 failed");
  assert.equal(everywhere.status, 1);
  assert.ok(everywhere.lines.some((line) => left.test(line)));

  const alone = runTestsIn(t, { PATH: folder, CI: "" }, fixture("needs-prometheus"));
  assert.equal(alone.status, 1, "nothing that ran is no success");
});

test("what a file says that it takes is read from its first lines", () => {
  assert.equal(secondsSaid("// needs: prometheus\n// takes: 45 s\n/** Long. */\n"), 45);
  assert.equal(secondsSaid("/** Says nothing. */\n"), undefined);
  assert.equal(secondsSaid("// takes: 80 s, waiting\n"), 80);
  assert.equal(mostlyWaits("// takes: 80 s, waiting\n"), true);
  assert.equal(mostlyWaits("// takes: 45 s\n"), false);
});

test("files share a process only when they and what they import keep to themselves", () => {
  assert.equal(isPure("test/knowledge/read-page.test.ts"), true);
  assert.equal(isPure("test/edges/http/webhook.test.ts"), false);
  assert.equal(isPure("test/e2e/commands.test.ts"), false);
  assert.equal(isPure("test/runner/run.test.ts"), false);
});

test("files with servers share one, too, unless they start programs, change the process or measure it", () => {
  assert.equal(canShare("test/e2e/commands.test.ts"), true);
  assert.equal(canShare("test/edges/slack/listeners.test.ts"), true);
  assert.equal(canShare("test/e2e/restart.test.ts"), false, "it starts programs");
  assert.equal(canShare("test/deploy/chart.test.ts"), true, "its programs end while it waits");
  assert.equal(
    canShare("test/edges/recording/record.test.ts"),
    false,
    "its hooks are for all tests",
  );
  assert.equal(
    canShare("test/edges/history-thread/diagnosis-thread.test.ts"),
    false,
    "it measures",
  );
  assert.equal(canShare("test/e2e/real-sources.test.ts"), false, "it changes the environment");
  assert.equal(canShare("test/e2e/silence.test.ts"), true, "what it starts ends with each test");
  assert.equal(canShare("test/standstill.test.ts"), false, "it takes long, and measures");
});

test("the longest begins first, heavy ones beside light ones, and a free lane helps", async () => {
  const begun: string[] = [];
  const task = (name: string, kind: LaneKind, seconds: number) => ({
    kind,
    seconds,
    run: async () => void begun.push(name),
  });
  const tasks = [
    task("short", "light", 1),
    task("heavy", "heavy", 5),
    task("long", "light", 9),
    task("waits", "waiting", 2),
  ];
  await runInLanes(tasks, { heavy: 1, light: 1, waiting: 1 });
  assert.deepEqual(begun.slice(0, 3).toSorted(), ["heavy", "long", "waits"]);
  assert.equal(begun[3], "short");
});
