/**
 * What was read of pages, kept on disk by the pages' contents, so that a start does not
 * read again what it read before. Losing the file costs time and nothing else.
 */

import { createHash } from "node:crypto";
import { globSync, readFileSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { deserialize, serialize } from "node:v8";
import type { Logger } from "pino";
import type { PageSource } from "../../knowledge/read-page.ts";
import type { ReadSource } from "./read-source.ts";

export type PageStore = {
  keyOf(source: PageSource): string;
  get(key: string): ReadSource | undefined;
  put(key: string, read: ReadSource): void;
  /** Forgets all pages but these. */
  keepOnly(keys: ReadonlySet<string>): void;
  close(): void;
};

export type PageStoreOptions = {
  /** The file; without one, nothing outlives the process. */
  path?: string;
  thesaurus: string;
  log: Pick<Logger, "warn">;
};

/** Opens the store; a file that cannot be used is replaced by an empty one, or done without. */
export function openPageStore({ path, thesaurus, log }: PageStoreOptions): PageStore {
  const stamp = `${codeStamp()}\n${thesaurus}`;
  const database = path === undefined ? undefined : openDatabase(path, log);
  const select = database?.prepare("SELECT page FROM pages WHERE key = ?");
  const insert = database?.prepare("INSERT OR REPLACE INTO pages (key, page) VALUES (?, ?)");
  return {
    keyOf: ({ file, folder, text, terms }) =>
      createHash("sha256")
        .update(JSON.stringify([stamp, file, folder, text, terms]))
        .digest("hex"),
    get(key) {
      const page = select?.get(key)?.["page"];
      return page instanceof Uint8Array ? (deserialize(page) as ReadSource) : undefined;
    },
    put: (key, read) => void insert?.run(key, serialize(read)),
    keepOnly(keys) {
      if (database === undefined) return;
      const remove = database.prepare("DELETE FROM pages WHERE key = ?");
      const known = database.prepare("SELECT key FROM pages").all();
      for (const key of known.map((row) => String(row["key"]))) if (!keys.has(key)) remove.run(key);
    },
    close: () => database?.close(),
  };
}

function openDatabase(path: string, log: PageStoreOptions["log"]): DatabaseSync | undefined {
  try {
    return prepareDatabase(path);
  } catch (error) {
    log.warn({ err: error, path }, "the kept index cannot be read; it is made anew");
  }
  try {
    for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(`${path}${end}`, { force: true });
    return prepareDatabase(path);
  } catch (error) {
    log.warn({ err: error, path }, "the index cannot be kept on disk");
    return undefined;
  }
}

function prepareDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
  database.exec("CREATE TABLE IF NOT EXISTS pages (key TEXT PRIMARY KEY, page BLOB NOT NULL)");
  database.prepare("SELECT key, page FROM pages LIMIT 1").all();
  return database;
}

/** Changes with the code that reads pages, so that an upgrade never meets an old reading. */
function codeStamp(): string {
  const source = fileURLToPath(new URL("../../", import.meta.url));
  const files = globSync(["knowledge/*.ts", "search/*.ts"], { cwd: source }).sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(readFileSync(`${source}/${file}`));
  return `${process.version} ${hash.digest("hex")}`;
}
