/** Faults of Slack and of the bot's own process. */

import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "./fault.ts";
import type { Profile } from "./trial.ts";
import type { World } from "./world.ts";

const POST = "chat.postMessage";

/** A stream of groups under a fault of Slack that lasts so long. */
function slackFault(name: string, faults: readonly Fault[], more: Partial<Profile> = {}): Profile {
  return {
    name,
    groups: 12,
    everyMs: 500,
    settleMs: 20_000,
    play: async ({ slack }) => {
      await slack.set({ faults });
      await sleep(7_000);
    },
    ...more,
  };
}

/** The same while people type commands, whose acknowledgements and answers need none of it. */
function asking(name: string, faults: readonly Fault[]): Profile {
  return slackFault(name, faults, {
    play: async ({ slack, people }) => {
      await slack.set({ faults });
      await people.type(ASKED_EVERY_MS, AbortSignal.timeout(ASKED_FOR_MS));
    },
  });
}

const ASKED_EVERY_MS = 500;
const ASKED_FOR_MS = 7_000;

/** kill -9 at random moments, some of them before the bot is ready. */
function kills(times: number, most = 1_500): Profile["play"] {
  return async ({ bots: [bot] }) => {
    for (let count = 0; count < times; count += 1) {
      await sleep(Math.random() * most);
      await bot.kill();
      const isSoon = Math.random() < 0.2;
      const started = bot.start();
      if (isSoon) await sleep(Math.random() * 800);
      else await started;
    }
    await bot.kill();
    await bot.start();
  };
}

async function away({ slack }: World, ms: number): Promise<void> {
  await slack.set({ isUp: false });
  await sleep(ms);
  await slack.set({ isUp: true });
}

export const SLACK_PROFILES: readonly Profile[] = [
  { name: "none", groups: 12, everyMs: 500, play: async () => undefined },
  slackFault("429, Retry-After 3 s", [
    { kind: "rate-limited", retryAfterS: 3, method: POST, chance: 0.5 },
  ]),
  slackFault("HTTP 503, not done", [
    { kind: "status", status: 503, done: false, method: POST, chance: 0.5 },
  ]),
  slackFault("HTTP 500, done", [
    { kind: "status", status: 500, done: true, method: POST, chance: 0.5 },
  ]),
  slackFault("reset before commit", [{ kind: "reset", done: false, method: POST, chance: 0.5 }]),
  slackFault("one reset before commit, quiet", [
    { kind: "reset", done: false, method: POST, times: 1 },
  ]),
  slackFault("reset after commit", [{ kind: "reset", done: true, method: POST, chance: 0.5 }]),
  slackFault("answer after our timeout", [
    { kind: "late", doneAfterMs: 0, afterMs: 15_000, method: POST, chance: 0.3 },
  ]),
  slackFault(
    "commit after our timeout",
    [{ kind: "late", doneAfterMs: 14_000, afterMs: 15_000, method: POST, chance: 0.3 }],
    { settleMs: 45_000 },
  ),
  slackFault("reset after commit, history lags 3 s", [], {
    play: async ({ slack }) => {
      const faults = [{ kind: "reset", done: true, method: POST, chance: 0.5 }] as const;
      await slack.set({ faults, historyLagMs: 3_000 });
      await sleep(12_000);
    },
  }),
  slackFault("reset after commit, history serves 3", [], {
    play: async ({ slack }) => {
      const faults = [{ kind: "reset", done: true, method: POST, chance: 0.5 }] as const;
      await slack.set({ faults, historyMost: 3 });
      await sleep(12_000);
    },
  }),
  slackFault("hang", [{ kind: "hang" }], { settleMs: 30_000 }),
  slackFault("slow, 4 s", [{ kind: "slow", afterMs: 4_000 }]),
  asking("slow, 4 s, people ask", [{ kind: "slow", afterMs: 4_000 }]),
  asking("hang, people ask", [{ kind: "hang" }]),
  slackFault("token revoked", [{ kind: "error", error: "token_revoked" }]),
  slackFault("Slack refuses connections 20 s", [], { play: (world) => away(world, 20_000) }),
  {
    name: "kill -9, 5 times",
    groups: 20,
    everyMs: 500,
    settleMs: 15_000,
    play: kills(5),
  },
  {
    name: "kill -9, reset after commit",
    groups: 20,
    everyMs: 500,
    settleMs: 20_000,
    play: async (world) => {
      await world.slack.set({ faults: [{ kind: "reset", done: true, method: POST, chance: 0.3 }] });
      await kills(4)(world);
    },
  },
  { name: "storm of 100 groups in 2 s", groups: 100, everyMs: 20, play: async () => undefined },
  clockStep("clock set back 1 h", -3_600_000),
  clockStep("clock 1 h ahead, reset after commit", 3_600_000),
];

function clockStep(name: string, ms: number): Profile {
  return {
    name,
    groups: 12,
    everyMs: 500,
    settleMs: 15_000,
    play: async ({ bots: [bot], slack }) => {
      await sleep(1_500);
      bot.shiftClock(ms);
      await slack.set({ faults: [{ kind: "reset", done: true, method: POST, times: 3 }] });
      await sleep(8_000);
    },
  };
}

/** Slack away so long that every backoff has grown; minutes each. */
export const LONG_PROFILES: readonly Profile[] = [
  {
    name: "Slack away 400 s",
    groups: 40,
    everyMs: 5_000,
    settleMs: 20_000,
    play: (world) => away(world, 400_000),
  },
  { name: "200 × kill -9", groups: 600, everyMs: 800, settleMs: 30_000, play: kills(200) },
];
