/** The real bot between the local Slack and the simulated Streamline, for end-to-end tests. */

import { after, before, type TestContext } from "node:test";
import { type RunningApp, startApp } from "../../src/app.ts";
import type { Config } from "../../src/config/config.ts";
import { createLog } from "../../src/edges/log.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/sandbox.ts";
import { eventually } from "./eventually.ts";

export interface SandboxBot extends Sandbox {
  readonly bot: RunningApp;
}

/** Starts both; they are stopped when the test ends. `change` may alter the configuration. */
export async function startSandboxBot(
  t: Pick<TestContext, "after">,
  change: (config: Config) => Config = (config) => config,
  options: SandboxOptions = {},
): Promise<SandboxBot> {
  // With a past a diagnosis need not poll twice, some seconds apart.
  const sandbox = await startSandbox({ port: 0, pastMinutes: 2, ...options });
  let bot: RunningApp | undefined;
  // In this order: the sandbox removes the folder that the bot writes into.
  t.after(async () => {
    await bot?.stop();
    await sandbox.stop();
  });
  bot = await startApp(change(sandbox.config), createLog("silent"), () => sandbox.past);
  sandbox.connect(bot.url);
  return { ...sandbox, bot };
}

/** What health says of a server with which nothing is wrong; on a busy machine that it is slow, too. */
export function saysWell(target = "sandbox"): RegExp {
  return new RegExp(`${target} is (?:healthy|up and passes its health checks)`);
}

/** Waits until nothing waits in the bot's outbox any more: what it had to say is in Slack. */
export async function nothingWaits(url: string): Promise<void> {
  await eventually("an empty outbox", async () => {
    // Twice: a notice of this very millisecond has the age 0, too.
    const ages = [await metricSum(url, QUEUE_AGE), await metricSum(url, QUEUE_AGE)];
    return ages.every((age) => age === 0);
  });
}

/** Waits until the bots have read so many posts of other apps, and have said what they had to. */
export async function postsAreRead(posts: number, ...urls: readonly string[]): Promise<void> {
  await eventually(`${posts} external posts are read`, async () => {
    const counts = await Promise.all(urls.map((url) => metricSum(url, EXTERNAL_POSTS)));
    return counts.reduce((sum, count) => sum + count, 0) >= posts;
  });
  for (const url of urls) await nothingWaits(url);
}

const QUEUE_AGE = "incident_bot_queue_age_seconds";
const EXTERNAL_POSTS = "incident_bot_external_posts_total";

/** The sum of all series of this name that the bot tells of itself. */
async function metricSum(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, "gm"));
  return [...lines].reduce((sum, [, value]) => sum + Number(value), 0);
}

/** One for all tests of a suite: called within `describe`; `use` gets it before the first test. */
export function forSuite(
  use: (sandbox: SandboxBot) => void,
  change?: (config: Config) => Config,
): void {
  const cleanups: (() => unknown)[] = [];
  before(async () => {
    const ending = { after: (done: () => unknown) => void cleanups.unshift(done) };
    use(await startSandboxBot(ending, change));
  });
  after(async () => {
    for (const cleanup of cleanups) await cleanup();
  });
}
