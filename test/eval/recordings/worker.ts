/** Plays the recordings it is given, one after the other, and sends back each one's moments. */

import { parentPort, workerData } from "node:worker_threads";
import { ownChecks } from "../own-checks.ts";
import type { LabelledRecording } from "./labels.ts";
import { playLabelled } from "./play-labelled.ts";

const recordings: readonly LabelledRecording[] = workerData;
const { checks } = ownChecks();
for (const recording of recordings) {
  parentPort?.postMessage(await playLabelled(recording, checks));
}
