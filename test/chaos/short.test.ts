// takes: 20 s
/** A short form of `npm run chaos`: the real bot as a process, killed and cut off, loses and doubles nothing. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { KILLED_WHILE_PEOPLE_ASK } from "./absence-profiles.ts";
import { type Profile, runTrial } from "./trial.ts";

const PROFILES: readonly Profile[] = [
  {
    name: "kill -9 while answers are lost",
    groups: 4,
    everyMs: 300,
    settleMs: 1_000,
    play: async ({ slack, bots: [bot] }) => {
      await slack.set({
        faults: [{ kind: "reset", done: true, method: "chat.postMessage", times: 2 }],
      });
      await sleep(700);
      await bot.kill();
      await bot.start();
    },
  },
  { name: "a storm", groups: 40, everyMs: 10, settleMs: 500, play: async () => undefined },
  { ...KILLED_WHILE_PEOPLE_ASK, settleMs: 500 },
];

// Each has processes of its own, which wait most of the time.
describe("the bot as a process", { concurrency: PROFILES.length }, () => {
  for (const profile of PROFILES) {
    test(`${profile.name}: nothing is lost, doubled or wrong`, async () => {
      const { lost, doubled, wrong, why, due } = await runTrial(profile);
      assert.deepEqual({ lost, doubled, wrong }, { lost: 0, doubled: 0, wrong: 0 }, why.join(", "));
      assert.ok(due >= profile.groups);
    });
  }
});
