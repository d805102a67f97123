/** The library and the search over it, of one moment: they are changed together or not at all. */

import { joinHabits } from "../../knowledge/habit-problems.ts";
import { buildLibrary, type Library } from "../../knowledge/library.ts";
import type { Page, PageProblem } from "../../knowledge/page.ts";
import { pageSections } from "../../search/library-sections.ts";
import type { PreparedSection } from "../../search/prepare-section.ts";
import { createSearchIndex, type SearchIndex } from "../../search/search-index.ts";
import { parseThesaurus } from "../../search/thesaurus.ts";
import { letOthersRun } from "../let-others-run.ts";
import type { ReadSource } from "./read-source.ts";

export type KnowledgeState = {
  library: Library;
  searching: Searching;
  /** What each page was made of, by file. */
  read: ReadonlyMap<string, ReadSource>;
  thesaurus: string;
};

/** The search over a library, which is built when somebody wants it. */
type Searching = {
  /** Undefined until it is ready. */
  index(): SearchIndex | undefined;
  isWanted(): boolean;
  ready(): Promise<SearchIndex>;
};

/**
 * A start, and most commands of a terminal, need the pages and no search. Of so many sections the first
 * question waits a tenth of a second; of more it would wait too long, and the search is ready before.
 */
const MOST_TO_WAIT_FOR = 1_500;

/** A change of more sections than this would hold up everything else for too long in one go. */
const MOST_AT_ONCE = 100;
/** Building goes on for so long before others have their turn, in milliseconds. */
const TURN_MS = 8;

/** The state before any folder was read. */
export function emptyState(thesaurus: string): KnowledgeState {
  const read = new Map<string, ReadSource>();
  const searching = searchingIn({ read, found: 0, problems: [], thesaurus });
  return { library: buildLibrary([], []), searching, read, thesaurus };
}

export type NextPages = {
  read: ReadonlyMap<string, ReadSource>;
  /** How many pages there are, those that are still to be read among them. */
  found: number;
  problems: readonly PageProblem[];
  thesaurus: string;
};

/**
 * Hands the state with these pages to `commit`. A small change is made to the index in
 * place and committed at once, so that no question comes between; a large one, or one of
 * the thesaurus, is built aside with pauses, once anybody searches.
 */
export async function advance(
  state: KnowledgeState,
  next: NextPages,
  commit: (state: KnowledgeState) => void,
): Promise<void> {
  const { read, thesaurus } = next;
  const library = toLibrary(next);
  const changed = changedFiles(state.read, read);
  const index = state.searching.index();
  if (index === undefined || mustBuild(index, state, { next, changed })) {
    const searching = searchingIn(next);
    const isLong = library.sections.length > MOST_TO_WAIT_FOR;
    if (isLong || state.searching.isWanted()) await searching.ready();
    commit({ library, searching, read, thesaurus });
    return;
  }
  for (const file of changed) replacePage(index, file, read.get(file));
  index.settle();
  commit({ ...state, library, read });
}

function searchingIn(pages: NextPages): Searching {
  let built: SearchIndex | undefined;
  let building: Promise<SearchIndex> | undefined;
  const build = async (): Promise<SearchIndex> => {
    built = await buildIndex(pages);
    return built;
  };
  return {
    index: () => built,
    isWanted: () => building !== undefined,
    ready: () => (building ??= build()),
  };
}

type ChangedPages = { next: NextPages; changed: readonly string[] };

function mustBuild(
  index: SearchIndex,
  { thesaurus }: KnowledgeState,
  { next, changed }: ChangedPages,
): boolean {
  if (next.thesaurus !== thesaurus) return true;
  const { gaps, sections } = index.size();
  if (gaps > sections + MOST_AT_ONCE) return true;
  const added = changed.map((file) => next.read.get(file)?.words.length ?? 0);
  return added.reduce((sum, count) => sum + count, 0) > MOST_AT_ONCE;
}

function toLibrary({ read, found: all, problems }: NextPages): Library {
  const results = [...read.values()].map(({ result }) => result);
  const pages = results.flatMap((result) => (result.kind === "page" ? [result.page] : []));
  const found = results.flatMap((result) =>
    result.kind === "page" ? result.problems : [result.problem],
  );
  return buildLibrary(pages, joinHabits([...problems, ...found]), all);
}

function changedFiles(
  before: ReadonlyMap<string, ReadSource>,
  after: ReadonlyMap<string, ReadSource>,
): string[] {
  const gone = [...before.keys()].filter((file) => !after.has(file));
  const other = [...after].filter(([file, read]) => before.get(file) !== read);
  return [...gone, ...other.map(([file]) => file)];
}

async function buildIndex({ read, thesaurus }: NextPages): Promise<SearchIndex> {
  const index = createSearchIndex(parseThesaurus(thesaurus));
  let begun = performance.now();
  for (const [file, source] of read) {
    for (const _step of replacing(index, file, source)) {
      if (performance.now() - begun < TURN_MS) continue;
      await letOthersRun();
      begun = performance.now();
    }
  }
  index.settle();
  return index;
}

function replacePage(index: SearchIndex, file: string, source: ReadSource | undefined): void {
  if (source?.result.kind !== "page") index.removePage(file);
  else index.replacePage(file, prepared(source.result.page, source));
}

/** Without a section, too, a step. */
function* replacing(index: SearchIndex, file: string, source: ReadSource | undefined) {
  if (source?.result.kind === "page") {
    yield* index.replacing(file, prepared(source.result.page, source));
  }
  yield;
}

function prepared(page: Page, { words }: ReadSource): PreparedSection[] {
  return pageSections(page).flatMap((section, n) => {
    const counted = words[n];
    return counted === undefined ? [] : [{ section, words: counted }];
  });
}
