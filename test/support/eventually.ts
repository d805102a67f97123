/** Waiting for conditions; imports nothing of the bot, so that a test without one need not load it. */

import { setTimeout as sleep } from "node:timers/promises";

/** Much longer than anything takes, on a machine with twenty times the work, too. */
const PATIENCE_S = 120;

/** Asks again until there is an answer; fails with `what` after a long time without one. */
export async function eventually<T>(
  what: string,
  poll: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const until = Date.now() + PATIENCE_S * 1_000;
  for (;;) {
    const seen = await poll();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > until) throw new Error(`never happened: ${what}`);
    await sleep(50);
  }
}
