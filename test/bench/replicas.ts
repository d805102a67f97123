/**
 * One, two and three replicas over one PostgreSQL: how the posts of 24 groups in each of 8 channels are
 * shared out, whether each thread is in order, how often Slack had to say "later", and how long it took.
 */

import { setTimeout as sleep } from "node:timers/promises";
import type { Journal, JournalMessage } from "../chaos/fault.ts";
import { judge } from "../chaos/judge.ts";
import { PLACES } from "../chaos/processes.ts";
import { startWorld, type World } from "../chaos/world.ts";
import { ownMetric } from "./own-metric.ts";

const GROUPS = 24;
const EVERY_MS = 40;
const LONGEST_MS = 180_000;
/** Kinds of replies in the order in which a thread has them. */
const ORDER = ["diagnosis", "runbook", "unexplained", "resolved"];

for (const replicas of [1, 2, 3]) await measure(replicas);

async function measure(replicas: number): Promise<void> {
  const world = await startWorld({ engine: "postgres", replicas });
  try {
    await sendAll(world);
    const sentAt = performance.now();
    const journal = await settled(world);
    const seconds = ((performance.now() - sentAt) / 1_000).toFixed(0);
    const posts = await Promise.all(
      world.bots.map(({ url }) =>
        ownMetric(url, 'incident_bot_posts_total{outcome="posted"}').then((count) => count || 0),
      ),
    );
    const { lost, doubled, wrong } = judge(
      { groups: world.sender.groups.values(), asked: [] },
      journal,
    );
    const later = journal.calls.filter(({ outcome }) => outcome === "rate-limited").length;
    process.stdout.write(
      `${replicas} replica${replicas === 1 ? "" : "s"}: posts and edits ${posts.join(" + ")}; ` +
        `Slack said "later" ${later} times; ${outOfOrder(journal)} threads out of order; ` +
        `all said ${seconds} s after the last alert; lost ${lost}, doubled ${doubled}, wrong ${wrong}\n`,
    );
  } finally {
    await world.stop();
  }
}

async function sendAll({ sender }: World): Promise<void> {
  const sent: Promise<void>[] = [];
  for (let n = 0; n < GROUPS; n += 1) {
    for (const place of PLACES) {
      sent.push(
        sender.send({
          name: `${place}-group-${String(n).padStart(3, "0")}`,
          state: "firing",
          place,
        }),
      );
      await sleep(EVERY_MS);
    }
  }
  await Promise.all(sent);
}

/** Until nothing waits, and every group is shown. */
async function settled({ bots, sender, slack }: World): Promise<Journal> {
  const until = performance.now() + LONGEST_MS;
  for (;;) {
    const journal = await slack.journal();
    const { lost, wrong } = judge({ groups: sender.groups.values(), asked: [] }, journal);
    const waits = await ownMetric(bots[0].url, "incident_bot_queue_age_seconds");
    if ((lost + wrong === 0 && waits === 0) || performance.now() > until) return journal;
    await sleep(500);
  }
}

function outOfOrder({ messages }: Journal): number {
  const threads = Map.groupBy(
    messages.filter(({ threadTs }) => threadTs !== undefined),
    ({ channel, threadTs }) => `${channel} ${threadTs}`,
  );
  return [...threads.values()].filter((replies) => !isInOrder(replies)).length;
}

function isInOrder(replies: readonly JournalMessage[]): boolean {
  const ranks = replies
    .toSorted((a, b) => Number(a.ts) - Number(b.ts))
    .map(({ notice }) => ORDER.indexOf(notice))
    .filter((rank) => rank >= 0);
  return ranks.every((rank, index) => rank >= (ranks[index - 1] ?? 0));
}
