/** One trial's world: a fake Slack, a store, replicas of the bot, and what is sent to them. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StoreAddress } from "../../src/config/config.ts";
import { type Cluster, startCluster } from "../edges/store/cluster.ts";
import { freePort } from "../support/programs.ts";
import { createPeople, type People } from "./people.ts";
import { type BotProcess, botProcess, type FakeSlack, startFakeSlack } from "./processes.ts";
import { createSender, type Sender } from "./sender.ts";
import { mountSmallDisk, type SmallDisk } from "./store-faults.ts";

export interface World {
  readonly slack: FakeSlack;
  readonly bots: readonly [BotProcess, ...BotProcess[]];
  readonly sender: Sender;
  readonly people: People;
  readonly folder: string;
  /** PostgreSQL, where it is the store. */
  readonly cluster: Cluster;
  /** The file, where SQLite is the store. */
  readonly file: string;
  /** Where the file is, when it has a small disk of its own. */
  readonly disk: SmallDisk;
  /** Another bot over the same store; it is killed at the end, if it runs then. */
  anotherBot(name: string): Promise<BotProcess>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  readonly engine?: "sqlite" | "postgres";
  readonly replicas?: number;
  readonly mode?: "http" | "socket";
  /** The checkout of an earlier version, from which the bots are started; by default this one. */
  readonly root?: string;
  /** The SQLite file is on a disk that can be filled. */
  readonly hasSmallDisk?: boolean;
}

/** Starts everything; the bots' logs stand in its folder until it is stopped. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const { engine = "sqlite", replicas = 1, mode = "http", hasSmallDisk = false } = options;
  const folder = mkdtempSync(join(tmpdir(), "bot-chaos-"));
  const slack = await startFakeSlack();
  const cluster = engine === "postgres" ? await startCluster() : undefined;
  const disk = hasSmallDisk ? mountSmallDisk(folder) : undefined;
  const file = join(disk?.path ?? folder, "bot.db");
  const store: StoreAddress =
    cluster === undefined ? { engine: "sqlite", path: file } : await cluster.createDatabase();
  const bots: BotProcess[] = [];
  const others: BotProcess[] = [];
  const newBot = async (name: string): Promise<BotProcess> =>
    botProcess({ name, folder, port: await freePort(), slackApi: slack.api, store, mode });
  for (let index = 0; index < replicas; index += 1) bots.push(await newBot(`bot-${index}`));
  for (const bot of bots) await bot.start(options.root);
  const [first, ...rest] = bots;
  if (first === undefined) throw new Error("a world needs a bot");
  const urls = bots.map(({ url }) => url);
  return {
    slack,
    bots: [first, ...rest],
    sender: createSender(urls),
    people: createPeople({ urls, slack, mode }),
    folder,
    get cluster() {
      return there(cluster, "PostgreSQL");
    },
    file,
    get disk() {
      return there(disk, "disk of its own");
    },
    async anotherBot(name) {
      const bot = await newBot(name);
      others.push(bot);
      return bot;
    },
    async stop() {
      for (const bot of [...bots, ...others]) {
        bot.resume();
        // A profile of Node's is written at an orderly end only.
        await (process.env["CHAOS_NODE_OPTIONS"] === undefined ? bot.kill() : bot.terminate());
      }
      slack.stop();
      await cluster?.stop();
      disk?.remove();
      if (process.env["CHAOS_KEEP"] === undefined) rmSync(folder, { recursive: true, force: true });
      else process.stderr.write(`kept: ${folder}\n`);
    },
  };
}

function there<T>(part: T | undefined, name: string): T {
  if (part === undefined) throw new Error(`this world has no ${name}`);
  return part;
}
