/**
 * The knowledge folders on disk as one library with a search over it, following their
 * changes. A reader always has the two of one moment: the next ones are made aside.
 */

import type { Logger } from "pino";
import type { Library } from "../../knowledge/library.ts";
import type { AskOptions, SearchAnswer } from "../../search/asking.ts";
import { followFolders } from "./follow-folders.ts";
import { advance, emptyState, type KnowledgeState } from "./knowledge-state.ts";
import type { PageFile } from "./list-pages.ts";
import { createPageReader, type PageReader } from "./page-reader.ts";
import { openPageStore, type PageStore } from "./page-store.ts";
import {
  type FoldersNow,
  isWaiting,
  type KnownFiles,
  listFolders,
  nameFolders,
  readFiles,
} from "./read-folders.ts";

export type KnowledgeOptions = {
  /** The first folder's pages keep their plain names; a further one's name comes before its pages'. */
  folders: readonly string[];
  log: Pick<Logger, "info" | "warn" | "error">;
  /** Told of every new library after it was swapped in. */
  onChange?: (library: Library) => void;
  /** Where to keep what was read between starts; without it every start reads everything. */
  indexFile?: string;
  /** The same for the first folder alone, when its pages come with the bot: all bots started here share it. */
  sharedIndexFile?: string;
  /** How long files must rest before they are read, in milliseconds. Default 300. */
  settleMs?: number;
  /** How often to check without a notice of a change, in milliseconds. Default 30,000. */
  pollMs?: number;
  /**
   * Opens with the first folder's pages where the others have thousands. These come as they are read: each time as
   * many as there are, so that the search is not built too often.
   */
  opensEarly?: boolean;
  /** How long reading one page may take, in milliseconds. Default 10,000. */
  pageTimeoutMs?: number;
};

export type Knowledge = {
  current(): Library;
  /** Answers from the sections of the current library; the first question lets the search be built. */
  ask(question: string, options: AskOptions): Promise<SearchAnswer>;
  /** Checks now. Resolves when library and search are the folders' present state. */
  reload(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Reads the folders and follows them until `close`. What is wrong with a page or a folder
 * is a problem of the library; only a failure of the bot itself rejects the first reading,
 * and a later one is logged and leaves what there is.
 */
export async function openKnowledge(options: KnowledgeOptions): Promise<Knowledge> {
  const { log, settleMs = 300, pollMs = 30_000 } = options;
  const folders = nameFolders(options.folders);
  const read = pageSource(options);
  let signature = "";
  let state: KnowledgeState = emptyState("");
  const begun = Promise.withResolvers<void>();

  const take = async (now: FoldersNow, files: readonly PageFile[]): Promise<void> => {
    const pages = await read.pages(now, files);
    const sources = new Map([...pages].map(([file, known]) => [file, known.read]));
    const isWhole = files === now.files;
    // What was tried again and failed as before is nothing new.
    if (read.isStopped() || (now.signature === signature && isSame(sources, state.read))) return;
    const { problems, thesaurus } = now;
    const next = { read: sources, found: now.files.length, problems, thesaurus };
    await advance(state, next, (following) => {
      state = following;
    });
    if (isWhole) signature = now.signature;
    tell(state.library, isWhole, options);
  };
  /** What changes meanwhile is seen with the next pages, and not only after all of them. */
  const takeByAndBy = async (): Promise<ReadonlySet<string>> => {
    for (let most = 2 * MOST_AT_START; ; most *= 2) {
      const now = await listFolders(folders);
      const isAll = most >= now.files.length || read.isStopped();
      await take(now, isAll ? now.files : now.files.slice(0, most));
      if (isAll) return now.watched;
    }
  };
  const poll = async (): Promise<ReadonlySet<string>> => {
    const now = await listFolders(folders);
    if (now.signature === signature && !read.isWaiting()) return now.watched;
    const own = now.files.filter(({ folder }) => folder === folders[0]?.path);
    const isLong = now.files.length - own.length > MOST_AT_START;
    if (options.opensEarly === true && isLong && state.read.size === 0) {
      await take(now, own);
      begun.resolve();
      return takeByAndBy();
    }
    await take(now, now.files);
    return now.watched;
  };

  const following = followFolders(poll, { log, settleMs, pollMs });
  const first = following.poll();
  await (options.opensEarly === true ? Promise.race([begun.promise, first]) : first);
  first.catch((error: unknown) => {
    log.error({ err: error }, "knowledge could not be read; it is tried again");
  });
  return {
    current: () => state.library,
    ask: async (question, ask) => (await state.searching.ready()).ask(question, ask),
    reload: () => following.poll(),
    close: async () => {
      read.stop();
      await following.close();
      await read.close();
    },
  };
}

/** Pages of further folders that a start waits for: they take some seconds. */
const MOST_AT_START = 500;

/** Both have the same files. */
function isSame(now: KnowledgeState["read"], before: KnowledgeState["read"]): boolean {
  return [...now].every(([file, read]) => before.get(file) === read);
}

type PageSources = {
  /** Of these files of what is there now. */
  pages(now: FoldersNow, files: readonly PageFile[]): Promise<KnownFiles>;
  /** Ends reading after the page that is read just now. */
  stop(): void;
  isStopped(): boolean;
  /** Whether a page was given up and is tried again. */
  isWaiting(): boolean;
  close(): Promise<void>;
};

/** Reading Markdown is all that takes long, and most machines have two cores to do it. */
const READERS = 2;

/** Everything read depends on the thesaurus: with another one, all is read again. */
function pageSource(options: KnowledgeOptions): PageSources {
  let known: KnownFiles = new Map();
  let tools: { thesaurus: string; readers: PageReader[] } | undefined;
  let isStopped = false;
  const close = async (): Promise<void> => {
    for (const reader of tools?.readers ?? []) await reader.close();
    tools = undefined;
  };
  const readersFor = async ({ thesaurus }: FoldersNow): Promise<PageReader[]> => {
    if (tools?.thesaurus === thesaurus) return tools.readers;
    await close();
    known = new Map();
    const { pageTimeoutMs: timeoutMs = 10_000 } = options;
    const readers = Array.from({ length: READERS }, () =>
      createPageReader({ thesaurus, timeoutMs }),
    );
    tools = { thesaurus, readers };
    return readers;
  };
  return {
    close,
    isWaiting: () => isWaiting(known),
    stop() {
      isStopped = true;
    },
    isStopped: () => isStopped,
    async pages(now, files) {
      const readers = await readersFor(now);
      const store = openStore(options, now.thesaurus);
      let isWhole = false;
      try {
        const ownFolder = nameFolders(options.folders.slice(0, 1))[0]?.path;
        const reading = { known, store, ownFolder, readers, isStopped: () => isStopped };
        known = await readFiles(files, reading);
        isWhole = files === now.files && !isStopped;
        return known;
      } finally {
        const used = new Set([...known.values()].flatMap(({ key }) => key ?? []));
        if (isWhole) store.close(used);
        else store.close();
      }
    },
  };
}

function openStore(options: KnowledgeOptions, thesaurus: string): PageStore {
  const { indexFile, sharedIndexFile, log } = options;
  return openPageStore({
    thesaurus,
    log,
    ...(indexFile === undefined ? {} : { file: indexFile }),
    ...(sharedIndexFile === undefined ? {} : { sharedFile: sharedIndexFile }),
  });
}

function tell(library: Library, isWhole: boolean, { log, onChange }: KnowledgeOptions): void {
  for (const problem of isWhole ? library.problems : [])
    log.warn(problem, "a knowledge page needs attention");
  const { pages, sections, problems } = library;
  const counts = {
    pages: pages.length,
    found: library.found,
    sections: sections.length,
    problems: problems.length,
  };
  log.info(counts, "knowledge read");
  onChange?.(library);
}
