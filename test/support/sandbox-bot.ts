/** The real bot between the local Slack and the simulated Streamline, for end-to-end tests. */

import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type RunningApp, startApp } from "../../src/app.ts";
import type { Config } from "../../src/config/config.ts";
import { createLog } from "../../src/edges/log.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/sandbox.ts";

export interface SandboxBot extends Sandbox {
  readonly bot: RunningApp;
}

/** Starts both; they are stopped when the test ends. `change` may alter the configuration. */
export async function startSandboxBot(
  t: Pick<TestContext, "after">,
  change: (config: Config) => Config = (config) => config,
  options: SandboxOptions = {},
): Promise<SandboxBot> {
  // With a past there is no need to look twice, some seconds apart, before a diagnosis.
  const sandbox = await startSandbox({ port: 0, pastMinutes: 2, ...options });
  t.after(() => sandbox.stop());
  const bot = await startApp(change(sandbox.config), createLog("silent"), () => sandbox.past);
  t.after(() => bot.stop());
  sandbox.connect(bot.url);
  return { ...sandbox, bot };
}

/** Asks again until there is an answer; fails with `what` after so many seconds. */
export async function eventually<T>(
  what: string,
  poll: () => T | undefined | false | Promise<T | undefined | false>,
  seconds = 20,
): Promise<T> {
  const until = Date.now() + seconds * 1_000;
  for (;;) {
    const seen = await poll();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > until) throw new Error(`never happened: ${what}`);
    await sleep(50);
  }
}
