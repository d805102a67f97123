/** Several replicas over one PostgreSQL. */

import { setTimeout as sleep } from "node:timers/promises";
import type { Profile } from "./trial.ts";
import type { World } from "./world.ts";

const REPLICAS = { groups: 24, everyMs: 300, engine: "postgres", replicas: 2 } as const;

/** The checkout of an earlier version, for an upgrade from it; else the same version is replaced. */
const EARLIER = process.env["CHAOS_BEFORE"];

export const REPLICA_PROFILES: readonly Profile[] = [
  { ...REPLICAS, name: "two replicas", play: async () => undefined },
  { ...REPLICAS, name: "three replicas", replicas: 3, play: async () => undefined },
  {
    ...REPLICAS,
    name: "storm of 100 groups, three replicas",
    groups: 100,
    everyMs: 20,
    replicas: 3,
    play: async () => undefined,
  },
  {
    ...REPLICAS,
    name: "one of two replicas stopped 75 s",
    settleMs: 15_000,
    play: async ({ bots: [bot] }) => {
      await sleep(2_000);
      bot.pause();
      await sleep(75_000);
      bot.resume();
    },
  },
  {
    ...REPLICAS,
    name: "kill -9 of two replicas in turn",
    groups: 40,
    settleMs: 15_000,
    play: async ({ bots }) => {
      for (const bot of [...bots, ...bots]) {
        await sleep(1_500);
        await bot.kill();
        await bot.start();
      }
    },
  },
  {
    ...REPLICAS,
    name: EARLIER === undefined ? "rolling upgrade" : "rolling upgrade from an earlier version",
    groups: 40,
    settleMs: 15_000,
    ...(EARLIER === undefined ? {} : { root: EARLIER }),
    play: upgrade,
  },
  {
    ...REPLICAS,
    name: "Slack sends events to both replicas",
    groups: 12,
    play: async ({ people }) => {
      for (let count = 0; count < 8; count += 1) await people.mention(`lag ${count}`);
    },
  },
  {
    ...REPLICAS,
    name: "Socket Mode resends to another replica",
    groups: 12,
    mode: "socket",
    play: async ({ people }) => {
      for (let count = 0; count < 8; count += 1) await people.mention(`lag ${count}`);
    },
  },
];

/** One after the other is stopped in order and comes back as the new version, while people ask. */
async function upgrade({ bots, people }: World): Promise<void> {
  for (const bot of bots) {
    await sleep(2_000);
    await bot.terminate();
    await people.mention("health");
    await bot.start();
    await people.mention("lag");
  }
}
