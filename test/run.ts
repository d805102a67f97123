/**
 * Runs the tests: `node test/run.ts [file …]`.
 *
 * A test file that needs a Debian package says so in a line `// needs: NAME, NAME` at its top.
 * Missing packages are installed when that is allowed (root and apt-get); otherwise the files are
 * left out and named. With CI=true a missing package is a failure. Ends with `N passed, N failed`.
 */

import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, existsSync, globSync, openSync, readSync } from "node:fs";
import { run } from "node:test";
import { spec } from "node:test/reporters";

/** For each package, programs that are there when it is installed; "*" stands for a version. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  prometheus: ["/usr/bin/prometheus", "/usr/bin/promtool"],
  "prometheus-alertmanager": ["/usr/bin/prometheus-alertmanager", "/usr/bin/amtool"],
  chromium: ["/usr/bin/chromium"],
  postgresql: ["/usr/lib/postgresql/*/bin/initdb"],
};

/**
 * No file takes half as long. One that hangs, on a server that a failed test left listening, say, is
 * ended and fails, and the others are run.
 */
const FILE_TIMEOUT_MS = 15 * 60_000;

const files =
  process.argv.length > 2 ? process.argv.slice(2) : globSync("test/**/*.test.ts").toSorted();
const needs = new Map(files.map((file) => [file, needsOf(file)]));
const missing = install(missingOf([...needs.values()].flat()));
const leftOut = files.filter((file) => needs.get(file)?.some((name) => missing.includes(name)));
const totals = await runFiles(files.filter((file) => !leftOut.includes(file)));

for (const file of leftOut) {
  const names = needs.get(file)?.filter((name) => missing.includes(name)) ?? [];
  say(`left out: ${file} (needs the Debian package ${names.join(", ")})`);
}
const isIncomplete = process.env["CI"] === "true" && leftOut.length > 0;
const failed = totals.failed + (isIncomplete ? leftOut.length : 0);
say(`${totals.passed} passed, ${failed} failed`);
process.exit(failed > 0 || totals.passed === 0 ? 1 : 0);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function needsOf(file: string): string[] {
  const head = Buffer.alloc(1_000);
  const descriptor = openSync(file, "r");
  const length = readSync(descriptor, head);
  closeSync(descriptor);
  const line = /^\/\/ needs: (.+)$/m.exec(head.toString("utf8", 0, length));
  return line?.[1]?.split(",").map((name) => name.trim()) ?? [];
}

function missingOf(names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => {
    const programs = PROGRAMS[name];
    if (programs === undefined) throw new Error(`unknown package in a "needs:" line: ${name}`);
    return !programs.every((program) => globSync(program).length > 0);
  });
}

/** Installs what is missing, and returns what still is. */
function install(names: readonly string[]): string[] {
  if (names.length === 0 || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    return [...names];
  }
  say(`installing for the tests: ${names.join(", ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-qq"], { env, stdio: "inherit" });
  // Packages start their services where systemd runs; the tests start their own.
  const args = ["install", "-y", "-qq", "--no-install-recommends", ...names];
  try {
    execFileSync("apt-get", args, { env, stdio: ["ignore", "ignore", "inherit"] });
  } catch {
    say("some packages could not be installed");
  }
  return missingOf(names);
}

interface Totals {
  passed: number;
  failed: number;
}

/**
 * One file after the other: many start servers, a browser or Prometheus, and keep the time limits
 * that Slack sets; side by side on a small machine they would only make each other late. And one that
 * hangs can be ended by itself.
 */
async function runFiles(chosen: readonly string[]): Promise<Totals> {
  const totals = { passed: 0, failed: 0 };
  for (const file of chosen) {
    const { passed, failed } = await runFile(file);
    totals.passed += passed;
    totals.failed += failed;
  }
  return totals;
}

async function runFile(file: string): Promise<Totals> {
  const totals = { passed: 0, failed: 0 };
  const signal = AbortSignal.timeout(FILE_TIMEOUT_MS);
  const stream = run({ files: [file], concurrency: 1, signal });
  stream.on("test:summary", ({ counts }) => {
    totals.passed = counts.passed;
    totals.failed = counts.tests - counts.passed;
  });
  const printed = stream.compose(spec);
  for await (const chunk of printed) process.stdout.write(chunk);
  if (signal.aborted) {
    say(`${file} was ended: it took longer than ${FILE_TIMEOUT_MS / 60_000} minutes`);
    totals.failed = Math.max(1, totals.failed);
  }
  return totals;
}
