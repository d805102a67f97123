/**
 * The knowledge folders on disk as one library that follows their changes. A reader always
 * has a whole library, the old one or the new one, because it is built aside and swapped in.
 */

import { watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { Logger } from "pino";
import { buildLibrary, type Library } from "../../knowledge/library.ts";
import type { PageProblem, PageResult } from "../../knowledge/page.ts";
import { readPage } from "../../knowledge/read-page.ts";
import { codeOf, type Listing, listPages, MAX_PAGE_BYTES, type PageFile } from "./list-pages.ts";

export type KnowledgeOptions = {
  /** The first folder's pages keep their plain names; a further folder's name comes before its pages'. */
  folders: readonly string[];
  log: Pick<Logger, "info" | "warn" | "error">;
  /** Told of every new library after it was swapped in. */
  onChange?: (library: Library) => void;
  /** How long files must rest before they are read, in milliseconds. Default 300. */
  settleMs?: number;
  /** How often to look without having been told of a change, in milliseconds. Default 30,000. */
  pollMs?: number;
};

export type Knowledge = {
  current(): Library;
  /** Looks now. Resolves when the library is the folders' present state. */
  reload(): Promise<void>;
  close(): Promise<void>;
};

type Cached = { stamp: string; result: PageResult };

/**
 * Reads the folders and follows them until `close`. Rejects only when the first reading
 * fails as a whole; later failures keep the library there is and are logged.
 */
export async function openKnowledge(options: KnowledgeOptions): Promise<Knowledge> {
  const { log, settleMs = 300, pollMs = 30_000 } = options;
  const folders = nameFolders(options.folders);
  const cache = new Map<string, Cached>();
  let signature = "";
  let library = buildLibrary([], []);

  const look = async (): Promise<void> => {
    const listings = await Promise.all(folders.map(({ path, prefix }) => listPages(path, prefix)));
    const next = signatureOf(listings);
    if (next === signature) return;
    library = await readLibrary(listings, cache);
    signature = next;
    tell(library, options);
  };

  const queue = oneAtATime(look);
  await queue.run();
  const soon = debounce(settleMs, () => queue.run().catch((error) => logFailure(log, error)));
  const watchers = folders.flatMap(({ path }) => watchFolder(path, { soon, log }));
  const poll = setInterval(soon, pollMs).unref();

  return {
    current: () => library,
    reload: () => queue.run(),
    close: async () => {
      clearInterval(poll);
      soon.cancel();
      for (const watcher of watchers) watcher.close();
      await queue.idle();
    },
  };
}

type NamedFolder = { path: string; prefix: string };

/** Two folders may hold a page of one name, so all but the first put their own name before it. */
function nameFolders(folders: readonly string[]): NamedFolder[] {
  const taken = new Set<string>();
  return folders.map((folder, n) => {
    const path = resolve(folder);
    if (n === 0) return { path, prefix: "" };
    const name = basename(path);
    let prefix = name;
    for (let again = 2; taken.has(prefix); again += 1) prefix = `${name}-${again}`;
    taken.add(prefix);
    return { path, prefix };
  });
}

function signatureOf(listings: readonly Listing[]): string {
  return JSON.stringify(
    listings.map(({ files, problems }) => [
      files.map(({ path, stamp }) => [path, stamp]),
      problems,
    ]),
  );
}

async function readLibrary(
  listings: readonly Listing[],
  cache: Map<string, Cached>,
): Promise<Library> {
  const problems: PageProblem[] = listings.flatMap((listing) => listing.problems);
  const files = listings.flatMap((listing) => listing.files);
  const results: PageResult[] = [];
  for (const file of files) results.push(await readCached(file, cache));
  const present = new Set(files.map(({ path }) => path));
  for (const path of cache.keys()) if (!present.has(path)) cache.delete(path);
  return toLibrary(results, problems);
}

function toLibrary(results: readonly PageResult[], problems: PageProblem[]): Library {
  const pages = results.flatMap((result) => (result.kind === "page" ? [result.page] : []));
  const found = results.flatMap((result) =>
    result.kind === "page" ? result.problems : [result.problem],
  );
  return buildLibrary(pages, [...problems, ...found]);
}

/** A page whose file did not change is the same object as before, so that an index can keep it. */
async function readCached(file: PageFile, cache: Map<string, Cached>): Promise<PageResult> {
  const known = cache.get(file.path);
  if (known?.stamp === file.stamp) return known.result;
  const result = await readFrom(file);
  cache.set(file.path, { stamp: file.stamp, result });
  return result;
}

async function readFrom({ path, file, folder, bytes }: PageFile): Promise<PageResult> {
  const problem = (reason: string): PageResult => ({
    kind: "problem",
    problem: { file, line: 1, reason },
  });
  if (bytes > MAX_PAGE_BYTES) {
    return problem(`the page has ${bytes} bytes, more than the ${MAX_PAGE_BYTES} that are read`);
  }
  let bytesRead: Buffer;
  try {
    bytesRead = await readFile(path);
  } catch (error) {
    return problem(`it cannot be read: ${codeOf(error)}`);
  }
  const text = decodeText(bytesRead);
  return text === undefined ? problem("it is not UTF-8 text") : readPage({ file, folder, text });
}

function decodeText(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function tell(library: Library, { log, onChange }: KnowledgeOptions): void {
  for (const problem of library.problems) log.warn(problem, "a knowledge page needs attention");
  const { pages, sections, problems } = library;
  const counts = { pages: pages.length, sections: sections.length, problems: problems.length };
  log.info(counts, "knowledge read");
  onChange?.(library);
}

type Queue = { run(): Promise<void>; idle(): Promise<void> };

/** Runs of a task one after another; all that ask while one runs share the next. */
function oneAtATime(task: () => Promise<void>): Queue {
  let running: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  const run = (): Promise<void> => {
    waiting ??= running
      .catch(() => undefined)
      .then(() => {
        waiting = undefined;
        running = task();
        return running;
      });
    return waiting;
  };
  return { run, idle: () => (waiting ?? running).catch(() => undefined) };
}

type Debounced = { (): void; cancel(): void };

function debounce(delayMs: number, act: () => Promise<void>): Debounced {
  let timer: NodeJS.Timeout | undefined;
  const call = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void act(), delayMs).unref();
  };
  return Object.assign(call, { cancel: () => clearTimeout(timer) });
}

type Watching = { soon: () => void; log: KnowledgeOptions["log"] };

/** A folder that cannot be watched (no inotify left, a network disk) is still polled. */
function watchFolder(path: string, { soon, log }: Watching): { close(): void }[] {
  const unwatched = (error: unknown): void =>
    log.warn({ path, reason: codeOf(error) }, "the knowledge folder is only polled");
  try {
    return [watch(path, { recursive: true, persistent: false }, soon).on("error", unwatched)];
  } catch (error) {
    unwatched(error);
    return [];
  }
}

function logFailure(log: KnowledgeOptions["log"], error: unknown): void {
  log.error({ err: error }, "knowledge could not be read again; the last one stays");
}
