/**
 * Runs the tests and ends with `N passed, N failed`.
 *
 * A test file that needs a Debian package says so in a line `// needs: NAME, NAME` at its top.
 * Missing packages are installed when that is allowed (root and apt-get); otherwise the files are
 * left out and named. With CI=true a missing package is a failure.
 *
 * Files run beside each other, each in a process of its own with a time limit of its own; those that
 * keep to themselves share a few processes, one after another. What one start of the bot makes for the next (compiled code, read pages, the
 * sandbox's page) is made once, first. A file's tests are listed when one of them failed, or with
 * --verbose.
 */

import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { CACHE_FOLDER } from "../src/edges/cache-folder.ts";
import { mostlyWaits, readDurations, secondsSaid } from "./runner/durations.ts";
import { type LaneKind, type Lanes, runInLanes, type Task } from "./runner/lanes.ts";
import { installPackages, missingPackages, packagesNeeded } from "./runner/packages.ts";
import { canShare, isPure, writeBatch } from "./runner/pure-files.ts";
import { type Outcome, runFile } from "./runner/run-file.ts";
import { programWords, wrongWords } from "./support/program-words.ts";

/**
 * One that hangs is ended and fails, and the others are run. A file has so long, or so many times what
 * it takes on a quiet machine: on one with much other work it is slow, and nothing is wrong.
 */
const FILE_TIMEOUT_S = 15 * 60;
const MOST_TIMES_AS_LONG = 40;
/** How many files share a process, and what one of them takes, in seconds. */
const PURE_FILES = { kind: "pure files", most: 60, secondsEach: 0.2 };
const SERVER_FILES = { kind: "files", most: 20, secondsEach: 5 };
const BOT_FILES = { kind: "files with a bot", most: 8, secondsEach: 12 };

const USAGE = `usage: npm test [-- FILE…] [--verbose] [--timeout SECONDS]
  FILE               only these test files
  --verbose          every test by name, also of files without a failure
  --timeout SECONDS  the most that a file may take
  --no-warm          does not make first what one start of the bot makes for the next`;

const { values: options, positionals } = programWords({
  usage: USAGE,
  options: {
    verbose: { type: "boolean", short: "v" },
    "no-warm": { type: "boolean" },
    timeout: { type: "string" },
  },
});
const files = positionals.length > 0 ? positionals : globSync("test/**/*.test.ts").toSorted();
const absent = files.filter((file) => !existsSync(file));
if (absent.length > 0) wrongWords(`there is no such file: ${absent.join(", ")}`, USAGE);
const needs = new Map(files.map((file) => [file, packagesNeeded(readFileSync(file, "utf8"))]));
const missing = installPackages(missingPackages([...needs.values()].flat()), say);
const leftOut = files.filter((file) => needs.get(file)?.some((name) => missing.includes(name)));

const durations = readDurations(join(CACHE_FOLDER, "test-seconds.json"));
const startedAt = performance.now();
const totals = { files: 0, passed: 0, failed: 0 };
const running = new Map<string, number>();
const chosen = files.filter((file) => !leftOut.includes(file));

process.env["NODE_COMPILE_CACHE"] ??= join(CACHE_FOLDER, "code");
if (chosen.length > 1 && !options["no-warm"]) warmUp();
// What is ended from outside takes its files with it.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
const reminder = setInterval(sayWhatRuns, 30_000);
await runInLanes(tasksFor(chosen), lanesOf(availableParallelism()));
clearInterval(reminder);
durations.save();

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

/** Otherwise each of the first files would make it for itself. */
function warmUp(): void {
  const warm = spawnSync(process.execPath, ["src/main.ts", "--warm"], { stdio: "inherit" });
  if (warm.status !== 0) say("what bots share could not be made; each makes its own");
}

/** Tests wait for a good part of their time: three more than there are cores keep all of them busy. */
function lanesOf(cores: number): Lanes {
  return { heavy: cores + 1, light: 2, waiting: 1 };
}

function tasksFor(names: readonly string[]): Task[] {
  const isTogether = names.length > 1;
  const pure = names.filter((file) => isTogether && isPure(file));
  const rest = names.filter((file) => !pure.includes(file));
  const sharing = rest.filter((file) => isTogether && canShare(file));
  const batches = [
    ...batchesOf(PURE_FILES, pure),
    ...batchesOf(
      SERVER_FILES,
      sharing.filter((file) => !isOfBot(file)),
    ),
    ...batchesOf(BOT_FILES, sharing.filter(isOfBot)),
  ];
  const alone = rest.filter((file) => !sharing.includes(file));
  return [...batches.map(batchTask), ...alone.map(fileTask)];
}

function isOfBot(file: string): boolean {
  return file.startsWith("test/e2e/");
}

function kindOf(file: string): LaneKind {
  if (mostlyWaits(readFileSync(file, "utf8"))) return "waiting";
  return isOfBot(file) || (needs.get(file) ?? []).length > 0 ? "heavy" : "light";
}

interface Batch {
  readonly name: string;
  readonly files: readonly string[];
  /** What it takes as far as anybody can guess. */
  readonly guessed: number;
}

/** As many as it takes, of about the same length: the longest file goes where least is to be done. */
function batchesOf(
  { kind, most, secondsEach }: typeof PURE_FILES,
  files: readonly string[],
): Batch[] {
  const lengths = new Map(
    files.map((file) => [file, secondsSaid(readFileSync(file, "utf8")) ?? secondsEach]),
  );
  const lengthOf = (file: string): number => lengths.get(file) ?? secondsEach;
  const count = Math.ceil(files.length / most);
  const batches = Array.from({ length: count }, () => ({ files: [] as string[], guessed: 0 }));
  for (const file of files.toSorted((a, b) => lengthOf(b) - lengthOf(a))) {
    const open = batches.filter((batch) => batch.files.length < most);
    const [least] = open.toSorted((a, b) => a.guessed - b.guessed);
    least?.files.push(file);
    if (least !== undefined) least.guessed += lengthOf(file);
  }
  return batches.map((batch, n) => ({
    ...batch,
    name: `${batch.files.length} ${kind} (${n + 1})`,
  }));
}

function fileTask(file: string): Task {
  const run = async (): Promise<void> => count([file], await runNamed(file, file));
  return { kind: kindOf(file), seconds: durations.expected(file), run };
}

/** A batch that does not come to its end is run again file by file, so that one is named. */
function batchTask({ name, files: batch, guessed }: Batch, at: number): Task {
  const run = async (): Promise<void> => {
    const entry = writeBatch(join(CACHE_FOLDER, `batches-${process.pid}`), at + 1, batch);
    const outcome = await runNamed(name, entry, guessed);
    if (!outcome.timedOut) return count(batch, outcome, name);
    say(`${name} took too long: each runs for itself`);
    for (const file of batch) count([file], await runNamed(file, file));
  };
  const kind = batch.some((file) => kindOf(file) === "heavy") ? "heavy" : "light";
  return { kind, seconds: durations.expected(name, guessed), run };
}

async function runNamed(name: string, path: string, guessed?: number): Promise<Outcome> {
  running.set(name, performance.now());
  const outcome = await runFile(path, 1_000 * timeoutOf(name, guessed));
  running.delete(name);
  durations.set(name, outcome.seconds);
  return outcome;
}

function timeoutOf(name: string, guessed: number | undefined): number {
  if (options.timeout !== undefined) return Number(options.timeout);
  return Math.max(FILE_TIMEOUT_S, MOST_TIMES_AS_LONG * durations.expected(name, guessed));
}

function count(done: readonly string[], outcome: Outcome, name = done[0] ?? ""): void {
  totals.files += done.length;
  totals.passed += outcome.passed;
  totals.failed += outcome.failed;
  if (outcome.failed > 0 || options.verbose) say(outcome.report);
  if (outcome.timedOut) say(`${name} was ended: it took longer than it may`);
  const mark = outcome.failed === 0 ? "✔" : "✖";
  const failures = outcome.failed === 0 ? "" : `, ${outcome.failed} FAILED`;
  const place = `${String(totals.files).padStart(3)}/${chosen.length}, ${clock()}`;
  say(
    `[${place}] ${mark} ${name}: ${outcome.passed} passed${failures} (${outcome.seconds.toFixed(1)} s)`,
  );
}

function clock(): string {
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function sayWhatRuns(): void {
  const names = [...running].map(
    ([name, at]) => `${name} (${Math.round((performance.now() - at) / 1_000)} s)`,
  );
  say(`[${totals.files}/${chosen.length}, ${clock()}] running: ${names.join(", ")}`);
}
