/**
 * 10,000 alerts a minute over 500 groups for two minutes: how long webhooks and slash commands wait
 * meanwhile, how long the event loop stands, what memory it takes, and when all of it is said.
 */

import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { judge } from "../chaos/judge.ts";
import type { LoopStands } from "../chaos/loop-watch.ts";
import { startWorld, type World } from "../chaos/world.ts";
import { ownMetric } from "./own-metric.ts";
import { printTimes } from "./timing.ts";

const GROUPS = 500;
const PER_SECOND = 41;
const MS = Number(process.env["FLOOD_SECONDS"] ?? 120) * 1_000;
/** Alerts of a group, round after round; in the last one all of them end. In a minute it is 10,000. */
const ALERTS = [2, 3, 4, 6, 6];
const COMMAND_EVERY_MS = 1_000;
const WATCH_EVERY_MS = 2_000;
const LONGEST_DRAIN_MS = 240_000;

export async function flood(engine: "sqlite" | "postgres"): Promise<void> {
  const world = await startWorld({ engine });
  try {
    const over = new AbortController();
    const typing = world.people.type(COMMAND_EVERY_MS, over.signal);
    const watching = watchProcess(world, over.signal);
    await sendAll(world);
    const endedAt = performance.now();
    const drainedMs = await drained(world, endedAt);
    over.abort();
    await typing;
    await print(world, { engine, seen: await watching, drainedMs });
  } finally {
    await world.stop();
  }
}

async function sendAll({ sender }: World): Promise<void> {
  const beganAt = performance.now();
  const sent: Promise<void>[] = [];
  for (let n = 0; n < (PER_SECOND * MS) / 1_000; n += 1) {
    await sleep(Math.max(0, beganAt + (n * 1_000) / PER_SECOND - performance.now()));
    const round = Math.floor(n / GROUPS) % ALERTS.length;
    const name = `flood-${String(n % GROUPS).padStart(5, "0")}`;
    const state = round === ALERTS.length - 1 ? "resolved" : "firing";
    sent.push(sender.send({ name, state, alerts: ALERTS[round] ?? 1 }));
  }
  await Promise.all(sent);
}

interface Seen extends LoopStands {
  /** The most memory that the process had, in megabytes. */
  readonly megabytes: number;
}

/** Scrapes its metrics meanwhile, as Prometheus does. */
async function watchProcess({ bots: [bot] }: World, over: AbortSignal): Promise<Seen> {
  bot.watchLoop();
  while (!over.aborted) {
    await sleep(WATCH_EVERY_MS);
    await ownMetric(bot.url, "incident_bot_queue_age_seconds");
  }
  const status = readFileSync(`/proc/${bot.pid}/status`, "utf8");
  const peak = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]);
  return { ...bot.loopStands(), megabytes: peak / 1_024 };
}

/** Until nothing waits and Slack shows every group as it is; undefined when that takes too long. */
async function drained(world: World, endedAt: number): Promise<number | undefined> {
  const { bots, sender, slack } = world;
  while (performance.now() - endedAt < LONGEST_DRAIN_MS) {
    const waits = await ownMetric(bots[0].url, "incident_bot_queue_age_seconds");
    if (waits === 0) {
      const { lost, wrong } = judge(
        { groups: sender.groups.values(), asked: [] },
        await slack.journal(),
      );
      if (lost + wrong === 0) return performance.now() - endedAt;
    }
    await sleep(500);
  }
  return undefined;
}

interface Figures {
  readonly engine: string;
  readonly seen: Seen;
  readonly drainedMs: number | undefined;
}

async function print(
  { sender, people, slack }: World,
  { engine, seen, drainedMs }: Figures,
): Promise<void> {
  const acks = people.asked.map(({ ackMs = Number.POSITIVE_INFINITY }) => ackMs);
  const { lost, doubled, wrong } = judge(
    { groups: sender.groups.values(), asked: [] },
    await slack.journal(),
  );
  const { timeouts, busy } = sender.refused;
  const perTaken = (ms: number): string => (ms / sender.taken).toFixed(2);
  const drain = drainedMs === undefined ? "not drained" : `drained after ${seconds(drainedMs)} s`;
  process.stdout.write(`10,000 alerts a minute over ${GROUPS} groups, ${engine}:\n`);
  printTimes("  webhook", sender.times);
  printTimes("  ack of a slash command", acks);
  process.stdout.write(
    `  longest webhook ${longest(sender.times)} ms, ack ${longest(acks)} ms; ` +
      `${Math.round(seen.megabytes)} MB\n` +
      `  event loop stood at most ${Math.round(seen.stoodMs)} ms, computed at most ` +
      `${Math.round(seen.computedMs)} ms at a time, collected garbage at most ` +
      `${Math.round(seen.collectedMs)} ms\n` +
      `  computed ${perTaken(seen.processMs)} ms for each notification, ` +
      `${perTaken(seen.mainMs)} ms of them on the main thread\n` +
      `  ${sender.taken} taken, ${timeouts} timeouts, ${busy} × 503; ${drain}; ` +
      `lost ${lost}, doubled ${doubled}, wrong ${wrong}\n`,
  );
}

function longest(times: readonly number[]): number {
  return Math.round(Math.max(...times));
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(0);
}
