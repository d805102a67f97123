/** Reports when files of folders may have changed: watched, and checked now and then anyway. */

import { type FSWatcher, watch } from "node:fs";
import { basename } from "node:path";
import type { Logger } from "pino";
import { codeOf } from "./file-status.ts";

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

/**
 * Calls `poll` after changes, never twice at a time; it resolves with the folders whose changes matter. A call
 * that fails is logged.
 */
export function followFolders(
  poll: () => Promise<ReadonlySet<string>>,
  { log, settleMs, pollMs }: FollowOptions,
): Following {
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
  const watching = watchFolders(soon, log);
  const queue = oneAtATime(async () => {
    // What changed before its folder was watched is seen by one more check.
    if (watching.keepTo(await poll())) soon();
  });
  const timer = setInterval(quietly, pollMs).unref();
  return {
    poll: () => queue.run(),
    close: async () => {
      clearInterval(timer);
      await queue.idle();
      clearTimeout(settling);
      watching.keepTo(new Set());
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

/** Watches exactly these folders from now on; whether there are some that were not watched before. */
type Watching = { keepTo(folders: ReadonlySet<string>): boolean };

/**
 * Folder by folder, each alone: a watch of all that is below it (`recursive`) is one of each file on Linux, which
 * cost 70 MB and most of a second for 20,000 pages, and more than many systems allow.
 */
function watchFolders(soon: () => void, log: FollowOptions["log"]): Watching {
  const watchers = new Map<string, FSWatcher>();
  const unwatched = new Set<string>();
  const drop = (path: string): void => {
    watchers.get(path)?.close();
    watchers.delete(path);
  };
  /** No inotify left, a network disk, a folder that is not there yet: said once. */
  const onlyPolled = (path: string, error: unknown): void => {
    drop(path);
    if (unwatched.has(path)) return;
    unwatched.add(path);
    log.warn({ path, reason: codeOf(error) }, "the knowledge folder is only polled");
  };
  const add = (path: string): boolean => {
    try {
      const watcher = watch(path, { persistent: false }, (kind, name) => {
        // The folder itself was removed or renamed: the next one of its name is another.
        if (kind === "rename" && name === basename(path)) drop(path);
        soon();
      });
      watchers.set(
        path,
        watcher.on("error", (error) => onlyPolled(path, error)),
      );
      unwatched.delete(path);
      return true;
    } catch (error) {
      onlyPolled(path, error);
      return false;
    }
  };
  return {
    keepTo(folders) {
      for (const path of watchers.keys()) if (!folders.has(path)) drop(path);
      for (const path of unwatched) if (!folders.has(path)) unwatched.delete(path);
      const added = [...folders].filter((path) => !watchers.has(path)).map(add);
      return added.includes(true);
    },
  };
}
