/** The store in a SQLite file: one process, with a thread for it beside its own, or two. */

import { DatabaseSync } from "node:sqlite";
import type { Statement, StatementResult } from "./connection.ts";
import { migrateSqlite } from "./migrate.ts";
import { type CallStore, operationOf } from "./operations.ts";
import { prepareFile } from "./owner-only.ts";
import { openForWriting } from "./sqlite-file.ts";
import { lockFile } from "./sqlite-lock.ts";
import { readSqlite } from "./sqlite-reads.ts";
import { groupOnSqlite } from "./sqlite-writer.ts";
import { startStoreThread } from "./store-thread.ts";

/** What either database offers to the tables. */
export interface OpenStore {
  readonly call: CallStore;
  /** Runs statements that only read; they see all that was written before they were asked for. */
  read(statements: readonly Statement[]): Promise<readonly StatementResult[]>;
  close(): Promise<void>;
}

/**
 * Makes the file, locks it and migrates it. Throws where another process has it, or where it is no store
 * of ours.
 */
export async function openSqlite(path: string): Promise<OpenStore> {
  if (path === ":memory:") return openInMemory();
  prepareFile(path);
  const lock = lockFile(path);
  try {
    await migrateFile(path);
  } catch (error) {
    lock.release();
    throw error;
  }
  const writer = startStoreThread(path, "writer");
  const reads = readSqlite({ writer, startReader: () => startStoreThread(path, "reader") });
  // It is there before the first alert: a thread takes some time to start.
  await writer.read([]);
  return {
    call: (name, argument) => writer.call(name, argument),
    read: (statements) => reads.read(statements),
    async close() {
      await reads.close();
      await writer.close();
      lock.release();
    },
  };
}

/** On the calling thread: it is there once, at the start, before anything waits. */
async function migrateFile(path: string): Promise<void> {
  const database = openForWriting(path);
  try {
    await migrateSqlite(database);
    giveBackPages(database);
  } finally {
    database.close();
  }
}

/** sqlite.org/pragma.html#pragma_auto_vacuum */
const INCREMENTAL = 2;

/**
 * A file that an earlier version made keeps the pages of removed rows for ever. SQLite changes that
 * only by writing the file again: once, some seconds for each gigabyte, with as much room beside it.
 */
function giveBackPages(database: DatabaseSync): void {
  const now = database.prepare("PRAGMA auto_vacuum").get()?.["auto_vacuum"];
  if (now === INCREMENTAL) return;
  try {
    database.exec("PRAGMA auto_vacuum = INCREMENTAL");
    database.exec("VACUUM");
  } catch {
    // Too little room, say: the file works as it did, and the next start tries again.
  }
}

/** For trying and for tests: no disk to wait for, so no thread. */
async function openInMemory(): Promise<OpenStore> {
  const database = new DatabaseSync(":memory:");
  await migrateSqlite(database);
  const calls = groupOnSqlite(database);
  const call: CallStore = (name, argument) =>
    calls.call(name, operationOf(name), argument) as ReturnType<typeof call>;
  return {
    call,
    read: (statements) => call("runStatements", statements),
    close: async () => database.close(),
  };
}
