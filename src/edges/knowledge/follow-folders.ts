/** Reports when files of folders may have changed: watched, and checked now and then anyway. */

import { watch } from "node:fs";
import type { Logger } from "pino";
import { codeOf } from "./list-pages.ts";

export type FollowOptions = {
  log: Pick<Logger, "warn" | "error">;
  /** How long files must rest before they are read, in milliseconds. */
  settleMs: number;
  /** How often to check without a notice of a change, in milliseconds. */
  pollMs: number;
};

export type Following = {
  /** Checks now, after a check that is under way. */
  poll(): Promise<void>;
  /** Resolves when the last check has ended. */
  close(): Promise<void>;
};

/** Calls `poll` after changes, never twice at a time. A call that fails is logged. */
export function followFolders(
  paths: readonly string[],
  poll: () => Promise<void>,
  { log, settleMs, pollMs }: FollowOptions,
): Following {
  const queue = oneAtATime(poll);
  const quietly = (): void => {
    queue.run().catch((error: unknown) => {
      log.error({ err: error }, "knowledge could not be read again; the last one stays");
    });
  };
  let settling: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(settling);
    settling = setTimeout(quietly, settleMs).unref();
  };
  const watchers = paths.flatMap((path) => watchFolder(path, soon, log));
  const timer = setInterval(quietly, pollMs).unref();
  return {
    poll: () => queue.run(),
    close: async () => {
      clearInterval(timer);
      clearTimeout(settling);
      for (const watcher of watchers) watcher.close();
      await queue.idle();
    },
  };
}

type Queue = { run(): Promise<void>; idle(): Promise<void> };

/** Runs of a task one after another; all that ask while one runs share the next. */
function oneAtATime(task: () => Promise<void>): Queue {
  let last: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  const run = (): Promise<void> => {
    if (waiting !== undefined) return waiting;
    const next = last
      .catch(() => undefined)
      .then(() => {
        waiting = undefined;
        return task();
      });
    waiting = next;
    last = next;
    return next;
  };
  return { run, idle: () => last.catch(() => undefined) };
}

/** A folder that cannot be watched (no inotify left, a network disk) is still polled. */
function watchFolder(
  path: string,
  soon: () => void,
  log: FollowOptions["log"],
): { close(): void }[] {
  const unwatched = (error: unknown): void =>
    log.warn({ path, reason: codeOf(error) }, "the knowledge folder is only polled");
  try {
    return [watch(path, { recursive: true, persistent: false }, soon).on("error", unwatched)];
  } catch (error) {
    unwatched(error);
    return [];
  }
}
