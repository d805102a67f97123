/** The diagnosis over the simulated cases: plays every case, prints the table, knows the floor. */

import { Worker } from "node:worker_threads";
import { allCases } from "./cases.ts";
import type { EvalCase } from "./eval-case.ts";
import { pastKeyOf } from "./run-case.ts";
import { lineOf, type Score, tableOf } from "./score.ts";

/** No confident error, 95% of faults right at once, controls clean. */
const FLOOR = { wrong: 0, faultsTop1: 0.95, controlsClean: 1 };
const MOST_WORKERS = 4;

export interface Asked {
  /** Only cases whose ids begin like this. */
  readonly wanted: string;
  /** Prints what was said, case by case. */
  readonly isTalkative: boolean;
  /** How many threads play; more than a few gain nothing. */
  readonly workers: number;
}

/** Prints the table; false when the diagnosis is below its floor. */
export async function evaluateSimulated(asked: Asked): Promise<boolean> {
  const startedMs = performance.now();
  const onScore = (score: Score): void => {
    if (asked.isTalkative || !isPlain(score))
      print(`${mark(score)} ${score.case.id}: ${score.said}`);
  };
  const scores = await playSimulated(asked, onScore);
  print(`\n${simulatedTable(scores)}`);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  print(`\n${scores.length} cases, ${seconds} s`);
  return !isBelowFloor(scores);
}

/** The wanted cases, played; throws where no id begins so. */
export async function playSimulated(
  { wanted, workers }: Pick<Asked, "wanted" | "workers">,
  onScore: (score: Score) => void = () => {},
): Promise<Score[]> {
  const cases = allCases().filter(({ id }) => id.startsWith(wanted));
  if (cases.length === 0) {
    throw new Error(
      `${wanted} is no file, no folder, and no beginning of a simulated case's id (seen/, unseen/)`,
    );
  }
  return playAll(cases, workers, onScore);
}

/** The right cause first, and nothing wrong beside it. */
export function isPlain({ top1, wrong }: Score): boolean {
  return top1 && !wrong;
}

/** Cases of one past are played by one core, one after another; its share is as long as the others'. */
async function playAll(
  all: readonly EvalCase[],
  wanted: number,
  onScore: (score: Score) => void,
): Promise<Score[]> {
  const workers = Math.min(MOST_WORKERS, wanted, all.length);
  const shares = Array.from({ length: workers }, (): string[] => []);
  for (const cases of Map.groupBy(all, pastKeyOf).values()) {
    const [shortest] = shares.toSorted((a, b) => a.length - b.length);
    shortest?.push(...cases.map(({ id }) => id));
  }
  const byId = new Map(
    (await Promise.all(shares.map((ids) => playShare(ids, onScore))))
      .flat()
      .map((score) => [score.case.id, score]),
  );
  return all.flatMap(({ id }) => byId.get(id) ?? []);
}

function playShare(ids: readonly string[], onScore: (score: Score) => void): Promise<Score[]> {
  const own: Score[] = [];
  const worker = new Worker(new URL("worker.ts", import.meta.url), { workerData: ids });
  worker.on("message", (score: Score) => {
    own.push(score);
    onScore(score);
  });
  return new Promise((resolve, reject) => {
    worker.on("error", reject);
    worker.on("exit", () => resolve(own));
  });
}

export function simulatedTable(all: readonly Score[]): string {
  const byClass = Map.groupBy(all, (score) => score.case.class);
  const halves = (["seen", "unseen"] as const).flatMap((half) => {
    const own = all.filter((score) => score.case.half === half);
    return [
      lineOf(`${half} half: faults`, own.filter(isFaultCase)),
      lineOf(`${half} half: controls`, own.filter(isControlCase)),
    ];
  });
  const lines = [
    ...[...byClass].map(([name, own]) => lineOf(name, own)),
    ...halves,
    lineOf("all faults", all.filter(isFaultCase)),
    lineOf("all controls", all.filter(isControlCase)),
    lineOf("overall", all),
  ];
  return tableOf(lines);
}

export function isControlCase(score: Score): boolean {
  return score.case.expected.kind === "clean";
}

export function isFaultCase(score: Score): boolean {
  return score.case.expected.kind === "cause";
}

export function isBelowFloor(all: readonly Score[]): boolean {
  const top1 = (own: readonly Score[]): number =>
    own.length === 0 ? 1 : own.filter((score) => score.top1).length / own.length;
  return (
    all.filter((score) => score.wrong).length > FLOOR.wrong ||
    top1(all.filter(isFaultCase)) < FLOOR.faultsTop1 ||
    top1(all.filter(isControlCase)) < FLOOR.controlsClean
  );
}

function mark(score: Score): string {
  if (score.wrong) return "WRONG ";
  return score.top1 ? "right " : "abstained";
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
