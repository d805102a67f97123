/**
 * What was read of pages before, by the pages' contents, so that a start does not read again what an
 * earlier one read. Two index files may hold it: one for the pages that come with the bot, which
 * every bot started from this folder shares and an image brings along; and one of this bot alone.
 */

import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Logger } from "pino";
import type { PageSource } from "../../knowledge/read-page.ts";
import { openPageIndex, type PageIndex } from "./page-index.ts";
import type { ReadSource } from "./read-source.ts";

export type PageStore = {
  keyOf(source: PageSource): string;
  get(key: string): ReadSource | undefined;
  /** Kept with the next so many, or when the store is closed. */
  put(key: string, read: ReadSource, isShared: boolean): void;
  /** Writes what was put, and forgets all pages of this bot alone but these, where it is known which. */
  close(used?: ReadonlySet<string>): void;
};

export type PageStoreOptions = {
  /** The index that bots share. */
  sharedFile?: string;
  /** This bot's own. Without either, nothing outlives the process. */
  file?: string;
  thesaurus: string;
  log: Pick<Logger, "warn">;
};

/** The pages that come with the bot some times over: of earlier contents, or with other thesauri. */
const MOST_SHARED = 500;

/**
 * So many are written in one go: a thousand would hold up the event loop, and whoever is stopped while it reads
 * thousands begins there the next time.
 */
const AT_ONCE = 50;

/** Opens the files; the store is open only while pages are read. */
export function openPageStore({ sharedFile, file, thesaurus, log }: PageStoreOptions): PageStore {
  const shared = sharedFile === undefined ? undefined : openPageIndex(sharedFile, log);
  const own = file === undefined ? undefined : openPageIndex(file, log);
  const waiting = { shared: new Map<string, ReadSource>(), own: new Map<string, ReadSource>() };
  const stamp = `${codeStamp()}\n${thesaurus}`;
  const flush = (): void => {
    const isShared = write(shared, waiting.shared, MOST_SHARED);
    // The shared index of an image cannot be written: other words than its own go here.
    const rest = isShared ? waiting.own : new Map([...waiting.shared, ...waiting.own]);
    write(own, rest, Number.MAX_SAFE_INTEGER);
    for (const written of Object.values(waiting)) written.clear();
  };
  return {
    keyOf: ({ file: name, folder, text, terms }) =>
      createHash("sha256")
        .update(JSON.stringify([stamp, name, folder, text, terms]))
        .digest("hex"),
    get: (key) => shared?.get(key) ?? own?.get(key),
    put(key, read, isShared) {
      waiting[isShared ? "shared" : "own"].set(key, read);
      if (waiting.shared.size + waiting.own.size >= AT_ONCE) flush();
    },
    close(used) {
      flush();
      if (used !== undefined) own?.keepOnly(used);
      shared?.close();
      own?.close();
    },
  };
}

function write(
  index: PageIndex | undefined,
  pages: ReadonlyMap<string, ReadSource>,
  most: number,
): boolean {
  return pages.size === 0 || (index?.put(pages, most) ?? false);
}

let stampOfCode: string | undefined;

/** Changes with the code that reads pages, so that an upgrade never meets an old reading. */
function codeStamp(): string {
  stampOfCode ??= hashOfCode();
  return stampOfCode;
}

function hashOfCode(): string {
  const source = fileURLToPath(new URL("../../", import.meta.url));
  const files = globSync(["knowledge/*.{ts,cjs}", "search/*.ts"], { cwd: source }).sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(readFileSync(`${source}/${file}`));
  return `${process.version} ${hash.digest("hex")}`;
}
