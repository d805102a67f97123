/** All recordings of a folder, on as many cores as there are. */

import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { LabelledRecording } from "./labels.ts";
import type { PlayedRecording } from "./play-labelled.ts";
import type { Share } from "./worker.ts";

const MOST_WORKERS = 4;

/** The recordings' moments, in the order of the recordings. */
export async function playFolder(
  recordings: readonly LabelledRecording[],
  variant?: string,
): Promise<readonly PlayedRecording[]> {
  const workers = Math.max(1, Math.min(MOST_WORKERS, availableParallelism(), recordings.length));
  // The largest first, each to the worker that has least to do.
  const sized = recordings
    .map((recording) => ({ recording, bytes: statSync(recording.file).size }))
    .toSorted((a, b) => b.bytes - a.bytes);
  const shares = Array.from({ length: workers }, () => ({
    own: [] as LabelledRecording[],
    bytes: 0,
  }));
  for (const { recording, bytes } of sized) {
    const least = shares.reduce((best, each) => (each.bytes < best.bytes ? each : best));
    least.own.push(recording);
    least.bytes += bytes;
  }
  const played = await Promise.all(
    shares.map(({ own }) => playShare({ recordings: own, variant })),
  );
  const order = new Map(recordings.map(({ name }, index) => [name, index]));
  const placeOf = ({ lines }: PlayedRecording): number => order.get(lines[0]?.scenario ?? "") ?? 0;
  return played.flat().toSorted((a, b) => placeOf(a) - placeOf(b));
}

function playShare(share: Share): Promise<PlayedRecording[]> {
  const played: PlayedRecording[] = [];
  const worker = new Worker(new URL("worker.ts", import.meta.url), { workerData: share });
  worker.on("message", (each: PlayedRecording) => played.push(each));
  return new Promise((resolve, reject) => {
    worker.on("error", reject);
    worker.on("exit", () => resolve(played));
  });
}
