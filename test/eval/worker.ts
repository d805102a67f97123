/** Plays the cases it is given, one after the other, and sends back each score. */

import { parentPort, workerData } from "node:worker_threads";
import { allCases } from "./cases.ts";
import { ownChecks } from "./own-checks.ts";
import { runCase } from "./run-case.ts";
import { scoreOf } from "./score.ts";

const ids = new Set<unknown>(Array.isArray(workerData) ? workerData : []);
const { checks } = ownChecks();
for (const each of allCases().filter(({ id }) => ids.has(id))) {
  const { diagnosis } = await runCase(each, checks);
  parentPort?.postMessage(scoreOf(each, diagnosis));
}
