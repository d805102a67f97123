/** Plays the cases it is given, one after the other, and sends back each score. */

import { parentPort, workerData } from "node:worker_threads";
import { allCases } from "./cases.ts";
import type { EvalCase } from "./eval-case.ts";
import { ownChecks } from "./own-checks.ts";
import { createCasePlayer } from "./run-case.ts";
import { scoreOf } from "./score.ts";

const ids: readonly unknown[] = Array.isArray(workerData) ? workerData : [];
const byId = new Map(allCases().map((each): [unknown, EvalCase] => [each.id, each]));
const { checks } = ownChecks();
const play = createCasePlayer(checks);
for (const each of ids.flatMap((id) => byId.get(id) ?? [])) {
  const { diagnosis } = await play(each);
  parentPort?.postMessage(scoreOf(each, diagnosis));
}
