/** Faults of the store, SQLite and PostgreSQL. */

import { setTimeout as sleep } from "node:timers/promises";
import { holdLock } from "./store-faults.ts";
import type { Profile } from "./trial.ts";
import type { World } from "./world.ts";

/** A stream that goes on before, during and after the fault. */
const STREAM = { groups: 24, everyMs: 500, settleMs: 15_000 } as const;
const BEFORE_MS = 2_000;
const FAULT_MS = 6_000;

export const STORE_PROFILES: readonly Profile[] = [
  {
    ...STREAM,
    name: "disk full 6 s",
    hasSmallDisk: true,
    play: async ({ disk }) => {
      await sleep(BEFORE_MS);
      disk.fill();
      await sleep(FAULT_MS);
      disk.free();
    },
  },
  {
    ...STREAM,
    name: "disk full, kill -9 meanwhile",
    hasSmallDisk: true,
    play: async ({ disk, bots: [bot] }) => {
      await sleep(BEFORE_MS);
      disk.fill();
      await sleep(FAULT_MS / 2);
      await bot.kill();
      disk.free();
      await bot.start();
    },
  },
  {
    ...STREAM,
    name: "another process holds the lock 8 s",
    play: async ({ file, people }) => {
      await sleep(BEFORE_MS);
      const lock = await holdLock(file);
      await people.type(1_000, AbortSignal.timeout(8_000));
      await lock.release();
    },
  },
  {
    ...STREAM,
    name: "a second process on one file",
    play: async (world) => {
      await sleep(BEFORE_MS);
      await isRefused(world);
    },
  },
  {
    name: "storm of 100 groups, PostgreSQL",
    groups: 100,
    everyMs: 20,
    engine: "postgres",
    play: async () => undefined,
  },
  {
    ...STREAM,
    name: "PostgreSQL restarts, two replicas",
    engine: "postgres",
    replicas: 2,
    play: async ({ cluster }) => {
      await sleep(BEFORE_MS);
      await cluster.crash();
    },
  },
  {
    ...STREAM,
    name: "PostgreSQL killed, away 6 s, two replicas",
    engine: "postgres",
    replicas: 2,
    play: async ({ cluster }) => {
      await sleep(BEFORE_MS);
      await cluster.kill();
      await sleep(FAULT_MS);
      await cluster.start();
    },
  },
  {
    ...STREAM,
    name: "SIGTERM while PostgreSQL is away",
    engine: "postgres",
    play: async ({ cluster, bots: [bot] }) => {
      await sleep(BEFORE_MS);
      await cluster.kill();
      await sleep(1_000);
      await bot.terminate();
      await cluster.start();
      await bot.start();
    },
  },
];

/** It must say why it does not start, and harm nothing. */
async function isRefused(world: World): Promise<void> {
  const other = await world.anotherBot("second");
  const said = await other.start().then(
    () => "it started",
    (error: unknown) => String(error),
  );
  if (!said.includes("another bot uses this file already")) {
    throw new Error(`a second process on one file was not refused: ${said}`);
  }
}
