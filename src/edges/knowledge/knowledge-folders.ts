/**
 * The knowledge folders on disk as one library with a search over it, following their
 * changes. A reader always has the two of one moment: the next ones are made aside.
 */

import type { Logger } from "pino";
import type { Library } from "../../knowledge/library.ts";
import type { AskOptions, SearchAnswer } from "../../search/answer-question.ts";
import { followFolders } from "./follow-folders.ts";
import { advance, emptyState, type KnowledgeState } from "./knowledge-state.ts";
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

  const take = async (now: FoldersNow): Promise<void> => {
    const pages = await read.pages(now);
    const sources = new Map([...pages].map(([file, known]) => [file, known.read]));
    // What was tried again and failed as before is nothing new.
    if (now.signature === signature && isSame(sources, state.read)) return;
    const { problems, thesaurus } = now;
    await advance(state, { read: sources, problems, thesaurus }, (next) => {
      state = next;
    });
    signature = now.signature;
    tell(state.library, options);
  };
  const poll = async (): Promise<ReadonlySet<string>> => {
    const now = await listFolders(folders);
    if (now.signature !== signature || read.isWaiting()) await take(now);
    return now.watched;
  };

  const following = followFolders(poll, { log, settleMs, pollMs });
  await following.poll();
  return {
    current: () => state.library,
    ask: async (question, ask) => (await state.searching.ready()).ask(question, ask),
    reload: () => following.poll(),
    close: async () => {
      await following.close();
      await read.close();
    },
  };
}

/** Both have the same files. */
function isSame(now: KnowledgeState["read"], before: KnowledgeState["read"]): boolean {
  return [...now].every(([file, read]) => before.get(file) === read);
}

type PageSources = {
  pages(now: FoldersNow): Promise<KnownFiles>;
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
    async pages(now) {
      const readers = await readersFor(now);
      const store = openStore(options, now.thesaurus);
      try {
        const ownFolder = nameFolders(options.folders.slice(0, 1))[0]?.path;
        known = await readFiles(now.files, { known, store, ownFolder, readers });
        return known;
      } finally {
        store.close(new Set([...known.values()].flatMap(({ key }) => key ?? [])));
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

function tell(library: Library, { log, onChange }: KnowledgeOptions): void {
  for (const problem of library.problems) log.warn(problem, "a knowledge page needs attention");
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
