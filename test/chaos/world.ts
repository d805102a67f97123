/** One trial's world: a fake Slack, a store, replicas of the bot, and what is sent to them. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StoreAddress } from "../../src/config/config.ts";
import { startCluster } from "../edges/store/cluster.ts";
import { freePort } from "../support/programs.ts";
import { type BotProcess, botProcess, type FakeSlack, startFakeSlack } from "./processes.ts";
import { createSender, type Sender } from "./sender.ts";

export interface World {
  readonly slack: FakeSlack;
  readonly bots: readonly [BotProcess, ...BotProcess[]];
  readonly sender: Sender;
  readonly folder: string;
  /** Ends PostgreSQL as a crash would, and starts it; only with that store. */
  crashStore(): Promise<void>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  readonly engine?: "sqlite" | "postgres";
  readonly replicas?: number;
}

/** Starts everything; the bots' logs stand in its folder until it is stopped. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const { engine = "sqlite", replicas = 1 } = options;
  const folder = mkdtempSync(join(tmpdir(), "bot-chaos-"));
  const slack = await startFakeSlack();
  const cluster = engine === "postgres" ? await startCluster() : undefined;
  const store: StoreAddress =
    cluster === undefined
      ? { engine: "sqlite", path: join(folder, "bot.db") }
      : await cluster.createDatabase();
  const bots: BotProcess[] = [];
  for (let index = 0; index < replicas; index += 1) {
    const at = { name: `bot-${index}`, folder, port: await freePort() };
    bots.push(botProcess({ ...at, slackApi: slack.api, store }));
  }
  for (const bot of bots) await bot.start();
  const [first, ...others] = bots;
  if (first === undefined) throw new Error("a world needs a bot");
  return {
    slack,
    bots: [first, ...others],
    sender: createSender(bots.map(({ url }) => url)),
    folder,
    crashStore: async () => cluster?.crash(),
    async stop() {
      for (const bot of bots) {
        bot.resume();
        await bot.kill();
      }
      slack.stop();
      await cluster?.stop();
      if (process.env["CHAOS_KEEP"] === undefined) rmSync(folder, { recursive: true, force: true });
      else process.stderr.write(`kept: ${folder}\n`);
    },
  };
}
