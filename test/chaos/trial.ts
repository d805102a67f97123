/** Runs one fault against the bot and judges what came of it. */

import { setTimeout as sleep } from "node:timers/promises";
import { type Judgement, judge } from "./judge.ts";
import { startWorld, type World, type WorldOptions } from "./world.ts";

export interface Profile extends WorldOptions {
  readonly name: string;
  /** Groups that fire while the fault lasts, one after the other. */
  readonly groups: number;
  /** Between two of them. */
  readonly everyMs: number;
  /** Does what it does to the world while the groups fire; ends when the fault ends. */
  readonly play: (world: World) => Promise<void>;
  /** How long after everything is right it is watched for what comes late. */
  readonly settleMs?: number;
}

export interface Result extends Judgement {
  readonly notifications: number;
  /** From the end of the fault until nothing was lost or wrong any more; undefined: never. */
  readonly recoveryMs: number | undefined;
}

/** What is not right by then is counted as it is. */
const LONGEST_RECOVERY_MS = 240_000;
const SETTLE_MS = 4_000;
const CHECK_EVERY_MS = 250;

export async function runTrial(profile: Profile): Promise<Result> {
  const world = await startWorld(profile);
  try {
    await Promise.all([sendAll(world, profile), profile.play(world)]);
    await world.slack.set({ faults: [], isUp: true, historyLagMs: 0, historyMost: 1_000 });
    const recoveryMs = await recovery(world);
    await sleep(profile.settleMs ?? SETTLE_MS);
    const judgement = await judged(world);
    return { ...judgement, notifications: world.sender.taken, recoveryMs };
  } finally {
    await world.stop();
  }
}

/** Every second group ends again, soon after it began. */
async function sendAll({ sender }: World, { groups, everyMs }: Profile): Promise<void> {
  const all = Array.from({ length: groups }, async (_, index) => {
    await sleep(index * everyMs);
    const name = `chaos-${String(index).padStart(5, "0")}`;
    await sender.send({ name, state: "firing" });
    if (index % 2 === 0) return;
    await sleep(2 * everyMs);
    await sender.send({ name, state: "resolved" });
  });
  await Promise.all(all);
}

async function judged({ sender, people, slack }: World): Promise<Judgement> {
  return judge({ groups: sender.groups.values(), asked: people.asked }, await slack.journal());
}

async function recovery(world: World): Promise<number | undefined> {
  const beganAt = Date.now();
  while (Date.now() - beganAt < LONGEST_RECOVERY_MS) {
    const { lost, wrong } = await judged(world);
    if (lost + wrong === 0) return Date.now() - beganAt;
    await sleep(CHECK_EVERY_MS);
  }
  return undefined;
}
