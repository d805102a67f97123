/**
 * Five threads as people meet them, for tests and for pictures: what the simulated server went through,
 * which alert fires, and whether it ends.
 */

import { startApp } from "../../src/app.ts";
import { createLog } from "../../src/edges/log.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import type { StoryStep } from "../../src/sandbox/sandbox-past.ts";
import { eventually } from "./eventually.ts";

export interface ThreadScene {
  readonly name: string;
  readonly story: readonly StoryStep[];
  readonly alert: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly isOver?: true;
  /** Replies that its thread has at least. */
  readonly replies: number;
}

const GROUP = { topic: "orders", group: "fulfilment" };

export const THREAD_SCENES: readonly ThreadScene[] = [
  { name: "streamline-down-but-alive", story: [], alert: "StreamlineDown", replies: 2 },
  {
    name: "disk-full-after-slow-sync",
    story: [
      { minutesAgo: 14, fault: "slow-wal-sync", on: true },
      { minutesAgo: 4, fault: "disk-full", on: true },
    ],
    alert: "DiskFull",
    replies: 2,
  },
  {
    name: "consumer-stopped",
    story: [{ minutesAgo: 12, fault: "consumer-stopped", on: true }],
    alert: "ConsumerStopped",
    labels: GROUP,
    replies: 2,
  },
  { name: "unknown-alert", story: [], alert: "CheckoutErrors", replies: 1 },
  {
    name: "recovered",
    story: [
      { minutesAgo: 12, fault: "disk-full", on: true },
      { minutesAgo: 4, fault: "disk-full", on: false },
    ],
    alert: "DiskFull",
    isOver: true,
    replies: 3,
  },
];

export interface StagedThread {
  readonly sandbox: Sandbox;
  /** The message's timestamp. */
  readonly ts: string;
  stop(): Promise<void>;
}

const CHANNEL = "incidents";

/** Starts a sandbox in which the scene's alert has its whole thread. */
export async function stageThread(scene: ThreadScene): Promise<StagedThread> {
  const sandbox = await startSandbox({
    port: 0,
    pastMinutes: 40,
    story: scene.story,
    targetName: "orders-prod",
  });
  const bot = await startApp(sandbox.config, createLog("silent"), () => sandbox.past);
  sandbox.connect(bot.url);
  const labels = scene.labels === undefined ? {} : { labels: scene.labels };
  const fire = (status: "firing" | "resolved") =>
    sandbox.controls.fireAlert(scene.alert, { status, ...labels });
  await fire("firing");
  const ts = await wholeThread(sandbox, scene.replies - (scene.isOver === true ? 1 : 0));
  if (scene.isOver === true) {
    await fire("resolved");
    await wholeThread(sandbox, scene.replies);
  }
  return {
    sandbox,
    ts,
    async stop() {
      await bot.stop();
      await sandbox.stop();
    },
  };
}

function wholeThread({ slack }: Sandbox, replies: number): Promise<string> {
  return eventually("the thread", () => {
    const [message] = slack.messages(CHANNEL);
    const isWhole = message !== undefined && slack.replies(CHANNEL, message.ts).length >= replies;
    return isWhole && message.ts;
  });
}
