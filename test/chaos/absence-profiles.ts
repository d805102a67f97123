/** The bot cannot be reached while people ask and other apps post; what they wrote is read after it. */

import { setTimeout as sleep } from "node:timers/promises";
import type { Profile } from "./trial.ts";
import type { World } from "./world.ts";

/** How far a channel was read is stored this often, and some more. */
const POSITIONS_STORED_MS = 6_500;
const SIX_MINUTES_MS = 6 * 60_000;

export const KILLED_WHILE_PEOPLE_ASK: Profile = {
  name: "killed while people ask",
  groups: 4,
  everyMs: 300,
  settleMs: 5_000,
  play: async (world) => {
    await beforeIt(world);
    await world.bots[0].kill();
    await writeMeanwhile(world);
    await world.bots[0].start();
  },
};

export const ABSENCE_PROFILES: readonly Profile[] = [
  KILLED_WHILE_PEOPLE_ASK,
  {
    name: "Slack away 15 s while people ask, Socket Mode",
    groups: 4,
    everyMs: 300,
    mode: "socket",
    settleMs: 20_000,
    play: async (world) => {
      await beforeIt(world);
      await world.slack.set({ isUp: false });
      await sleep(15_000);
      await writeMeanwhile(world);
      await world.slack.set({ isUp: true });
    },
  },
  {
    name: "socket cut while people ask",
    groups: 4,
    everyMs: 300,
    mode: "socket",
    settleMs: 20_000,
    play: async (world) => {
      await beforeIt(world);
      await world.slack.set({ isSocketCut: true });
      await writeMeanwhile(world);
    },
  },
];

/** A question, by which the bot knows how far it has read there: the next ones are later. */
async function beforeIt({ people }: World): Promise<void> {
  await people.mention("health", 10 * 60_000);
  await sleep(POSITIONS_STORED_MS);
}

async function writeMeanwhile({ people }: World): Promise<void> {
  await people.writeMention("health", SIX_MINUTES_MS);
  await people.writeMention("lag", 0);
  await people.writePost("[FIRING:1] StreamlineDown streamline (critical)");
}
