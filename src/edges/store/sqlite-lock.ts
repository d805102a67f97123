/**
 * One process per SQLite file.
 *
 * Two bots on one file would both deliver what it holds. The lock is a second, empty SQLite file
 * beside it, locked for as long as its process lives: the operating system takes it back however
 * the process ends, kill -9 included (sqlite.org/lockingv3.html).
 */

import { DatabaseSync } from "node:sqlite";
import { prepareFile } from "./owner-only.ts";

export interface FileLock {
  release(): void;
}

/** sqlite.org/rescode.html#busy */
const BUSY = 5;

/** Throws, in words for an operator, when another process has the file. */
export function lockFile(path: string): FileLock {
  const lockPath = `${path}.lock`;
  prepareFile(lockPath);
  const lock = new DatabaseSync(lockPath, { timeout: 0 });
  try {
    lock.exec("PRAGMA journal_mode = MEMORY");
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode !== BUSY) throw error;
    throw new Error(
      `another bot uses this file already: stop it, give this one a file of its ` +
        "own (store.path), or let several share a PostgreSQL (DATABASE_URL)",
      { cause: error },
    );
  }
  return { release: () => lock.close() };
}
