/**
 * One index file on disk: what was read of pages, by a key of their contents. Losing it costs time
 * and nothing else, so whatever is wrong with it is a line in the log and never an error: a file
 * that is damaged or of another version is replaced, one that cannot be written is still read.
 *
 * SQLite, because several bots and tests may use one file at once, and because a changed page among
 * thousands is one row. No write-ahead log: with one, a file in a folder that cannot be written, as
 * in an image, could not even be read.
 */

import { createHash } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { deserialize, serialize } from "node:v8";
import type { Logger } from "pino";
import { prepareFile } from "../store/owner-only.ts";
import type { ReadSource } from "./read-source.ts";

export type PageIndex = {
  get(key: string): ReadSource | undefined;
  /** Adds pages at once, and keeps no more than so many, the newest; false when it cannot. */
  put(pages: ReadonlyMap<string, ReadSource>, most: number): boolean;
  /** Forgets all pages but these. */
  keepOnly(keys: ReadonlySet<string>): void;
  close(): void;
};

type IndexLog = Pick<Logger, "warn">;

/** Rises with the shape of the table. */
const VERSION = 2;

/** Another bot writes a few megabytes at most. */
const LOCK_TIMEOUT_MS = 5_000;

const CREATE = `CREATE TABLE IF NOT EXISTS pages
  (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, sum BLOB NOT NULL, page BLOB NOT NULL)`;

/** What SQLite says of a file that holds no database, or half of one (sqlite.org/rescode.html). */
const DAMAGED: ReadonlySet<number> = new Set([11, 26]);

/** Undefined, with a line in the log, where there can be none. */
export function openPageIndex(path: string, log: IndexLog): PageIndex | undefined {
  const database = openDatabase(path, log);
  return database === undefined ? undefined : overDatabase(database, { path, log });
}

function openDatabase(path: string, log: IndexLog): DatabaseSync | undefined {
  try {
    return prepareDatabase(path);
  } catch (error) {
    return isDamage(error) ? replaced(error, { path, log }) : nothing(error, { path, log });
  }
}

function replaced(damage: unknown, { path, log }: IndexFile): DatabaseSync | undefined {
  try {
    removeFile(path);
    const database = prepareDatabase(path);
    log.warn({ path, reason: reasonOf(damage) }, "the knowledge index is replaced");
    return database;
  } catch (error) {
    const reason = `${reasonOf(damage)}, and it cannot be replaced: ${reasonOf(error)}`;
    return nothing(new Error(reason), { path, log });
  }
}

function nothing(error: unknown, { path, log }: IndexFile): undefined {
  log.warn(
    { path, reason: reasonOf(error) },
    "the knowledge index cannot be used; every page is read",
  );
}

function prepareDatabase(path: string): DatabaseSync {
  // A company's pages are its own; what an image brings along cannot be changed, and need not be.
  if (!existsSync(path)) prepareFile(path);
  const database = new DatabaseSync(path, { timeout: LOCK_TIMEOUT_MS });
  try {
    database.exec("PRAGMA synchronous = NORMAL");
    if (versionOf(database) === undefined) {
      inTransaction(database, () => {
        database.exec(`${CREATE}; PRAGMA user_version = ${VERSION}`);
      });
    }
    const version = versionOf(database);
    if (version !== VERSION) throw new Damage(`its version is ${version}, not ${VERSION}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Undefined for an empty file. */
function versionOf(database: DatabaseSync): number | undefined {
  const table = database.prepare("SELECT 1 FROM sqlite_master").get();
  if (table === undefined) return undefined;
  return Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
}

/** The journal first: beside another file it would be taken for that file's. */
function removeFile(path: string): void {
  for (const end of ["-journal", "-wal", "-shm", ""]) rmSync(`${path}${end}`, { force: true });
}

/** A file may be cut off while it is open, and a disk may fill: what was read so far stays good. */
function overDatabase(database: DatabaseSync, { path, log }: IndexFile): PageIndex {
  const select = database.prepare("SELECT sum, page FROM pages WHERE key = ?");
  const copies: Copies = new Map();
  let isDamaged = false;
  let isReadOnly = false;
  const change = (work: () => void): boolean => {
    if (isDamaged || isReadOnly) return false;
    try {
      inTransaction(database, work);
      return true;
    } catch (error) {
      isReadOnly = true;
      isDamaged = isDamage(error);
      log.warn({ path, reason: reasonOf(error) }, "the knowledge index cannot be written");
      return false;
    }
  };
  return {
    get(key) {
      if (isDamaged) return undefined;
      try {
        const row = select.get(key);
        return row === undefined
          ? undefined
          : withOneCopyEach(unpack(row["sum"], row["page"]), copies);
      } catch (error) {
        isDamaged = true;
        log.warn(
          { path, reason: reasonOf(error) },
          "the knowledge index is damaged; pages are read",
        );
        return undefined;
      }
    },
    put: (pages, most) => change(() => insert(database, pages, most)),
    keepOnly(keys) {
      change(() => removeOthers(database, keys));
    },
    close() {
      database.close();
      // The next start makes a whole one.
      if (isDamaged) removeFile(path);
    },
  };
}

type IndexFile = { path: string; log: IndexLog };

function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    work();
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

function insert(
  database: DatabaseSync,
  pages: ReadonlyMap<string, ReadSource>,
  most: number,
): void {
  const row = database.prepare("INSERT OR REPLACE INTO pages (key, sum, page) VALUES (?, ?, ?)");
  for (const [key, read] of pages) {
    const page = serialize(read);
    row.run(key, sumOf(page), page);
  }
  if (most === Number.MAX_SAFE_INTEGER) return;
  const last = "SELECT number FROM pages ORDER BY number DESC LIMIT 1 OFFSET ?";
  database.prepare(`DELETE FROM pages WHERE number <= (${last})`).run(most);
}

function removeOthers(database: DatabaseSync, keys: ReadonlySet<string>): void {
  const remove = database.prepare("DELETE FROM pages WHERE key = ?");
  const known = database.prepare("SELECT key FROM pages").all();
  for (const key of known.map((row) => String(row["key"]))) if (!keys.has(key)) remove.run(key);
}

/** SQLite does not notice a changed byte inside a row. */
function sumOf(page: Uint8Array): Uint8Array {
  return createHash("sha256").update(page).digest();
}

function unpack(sum: unknown, page: unknown): ReadSource {
  if (!(sum instanceof Uint8Array && page instanceof Uint8Array))
    throw new Damage("a row is damaged");
  if (Buffer.compare(sumOf(page), sum) !== 0) throw new Damage("a row is damaged");
  return deserialize(page) as ReadSource;
}

type Copies = Map<string, string>;

/**
 * The pages say the same words: on disk each time for itself, in memory once. The counts are copied,
 * since as they come they are a view of the row, which would stay in memory with them.
 */
function withOneCopyEach(read: ReadSource, copies: Copies): ReadSource {
  const one = (word: string): string => {
    const known = copies.get(word);
    if (known === undefined) copies.set(word, word);
    return known ?? word;
  };
  for (const words of read.words) {
    words.terms = words.terms.map(one);
    words.written = words.written.map(one);
    words.counts = words.counts.slice();
  }
  return read;
}

class Damage extends Error {}

function isDamage(error: unknown): boolean {
  if (error instanceof Damage) return true;
  return error instanceof Error && "errcode" in error && DAMAGED.has(Number(error.errcode) & 0xff);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
