/** Plays the recordings it is given, one after the other, and sends back each one's moments. */

import { parentPort, workerData } from "node:worker_threads";
import { ownChecks } from "../own-checks.ts";
import type { LabelledRecording } from "./labels.ts";
import { playLabelled } from "./play-labelled.ts";
import { variantOf } from "./variants.ts";

export interface Share {
  readonly recordings: readonly LabelledRecording[];
  /** Its name; undefined plays them as they are. */
  readonly variant: string | undefined;
}

const { recordings, variant }: Share = workerData;
const { checks } = ownChecks();
const change = variant === undefined ? {} : variantOf(variant);
for (const recording of recordings) {
  parentPort?.postMessage(await playLabelled(recording, checks, change));
}
