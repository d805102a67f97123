/**
 * How good is the diagnosis? Plays every case, prints the table, and fails below the floor.
 *
 *   node test/eval/run.ts            all cases
 *   node test/eval/run.ts seen       one half, or whatever cases have this text in their id
 *   node test/eval/run.ts --said x   also prints what was said, case by case
 */

import { readdirSync, readFileSync } from "node:fs";
import { loadChecks } from "../../src/diagnosis/load-checks.ts";
import type { Page } from "../../src/knowledge/page.ts";
import { readPage } from "../../src/knowledge/read-page.ts";
import { allCases } from "./cases.ts";
import { runCase } from "./run-case.ts";
import { lineOf, type Score, scoreOf, tableOf } from "./score.ts";

/** Issue 3: no confident error, 95% of faults right at once, controls clean. */
const FLOOR = { wrong: 0, faultsTop1: 0.95, controlsClean: 1 };

const RUNBOOKS = new URL("../../knowledge/runbooks/", import.meta.url);

const words = process.argv.slice(2);
const isTalkative = words.includes("--said");
const [wanted = ""] = words.filter((word) => word !== "--said");
const { checks, problems } = loadChecks(readPages());
for (const { file, line, reason } of problems) print(`${file}:${line}: ${reason}`);

const startedMs = performance.now();
const scores: Score[] = [];
for (const each of allCases().filter(
  ({ id }) => id.startsWith(wanted) || (wanted.length > 6 && id.includes(wanted)),
)) {
  const { diagnosis } = await runCase(each, checks);
  const score = scoreOf(each, diagnosis);
  scores.push(score);
  if (isTalkative || score.wrong || !score.top1) print(`${mark(score)} ${each.id}: ${score.said}`);
}
report(scores);
const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
print(`\n${scores.length} cases, ${checks.length} checks, ${seconds} s`);
process.exitCode = problems.length > 0 || isBelowFloor(scores) ? 1 : 0;

function report(all: readonly Score[]): void {
  const byClass = Map.groupBy(all, (score) => score.case.class);
  const isControl = (score: Score): boolean => score.case.expected.kind === "clean";
  const isFault = (score: Score): boolean => score.case.expected.kind === "cause";
  const halves = (["seen", "unseen"] as const).flatMap((half) => {
    const own = all.filter((score) => score.case.half === half);
    return [
      lineOf(`${half} half: faults`, own.filter(isFault)),
      lineOf(`${half} half: controls`, own.filter(isControl)),
    ];
  });
  const lines = [
    ...[...byClass].map(([name, own]) => lineOf(name, own)),
    ...halves,
    lineOf("all faults", all.filter(isFault)),
    lineOf("all controls", all.filter(isControl)),
    lineOf("overall", all),
  ];
  print(`\n${tableOf(lines)}`);
}

function isBelowFloor(all: readonly Score[]): boolean {
  const faults = all.filter((score) => score.case.expected.kind === "cause");
  const controls = all.filter((score) => score.case.expected.kind === "clean");
  const top1 = (own: readonly Score[]): number =>
    own.length === 0 ? 1 : own.filter((score) => score.top1).length / own.length;
  return (
    all.filter((score) => score.wrong).length > FLOOR.wrong ||
    top1(faults) < FLOOR.faultsTop1 ||
    top1(controls) < FLOOR.controlsClean
  );
}

function mark(score: Score): string {
  if (score.wrong) return "WRONG ";
  return score.top1 ? "right " : "abstained";
}

function readPages(): Page[] {
  return readdirSync(RUNBOOKS).flatMap((name) => {
    const text = readFileSync(new URL(name, RUNBOOKS), "utf8");
    const result = readPage({ file: `runbooks/${name}`, folder: "knowledge", text });
    return result.kind === "page" ? [result.page] : [];
  });
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
