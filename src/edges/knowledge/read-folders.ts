/** Folders on disk -> their pages and thesaurus, reading only what is not known yet. */

import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { PageProblem } from "../../knowledge/page.ts";
import { decodePage } from "../../knowledge/page-files.ts";
import type { PageSource } from "../../knowledge/read-page.ts";
import { FIELD_WORDS } from "../../search/field-words.ts";
import { codeOf, fileStatus, inWords } from "./file-status.ts";
import { type FoundFile, type Listing, listPages, type PageFile } from "./list-pages.ts";
import type { PageReader } from "./page-reader.ts";
import type { PageStore } from "./page-store.ts";
import { givenUp, type ReadSource, unreadable } from "./read-source.ts";

export type Folder = {
  path: string;
  /** What comes before the names of its pages. */
  prefix: string;
};

/** Two folders may hold a page of one name, so all but the first put their own name before it. */
export function nameFolders(folders: readonly string[]): Folder[] {
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

export type FoldersNow = {
  files: PageFile[];
  problems: PageProblem[];
  /** The field's words with the folders' own. */
  thesaurus: string;
  /** Equal as long as nothing changed. */
  signature: string;
  /** The folders in which a change may change all this. */
  watched: ReadonlySet<string>;
};

/** A folder's own words of the field. */
const THESAURUS_FILE = "thesaurus.txt";

/**
 * What is there now, without reading a page: files, thesauri, and a problem for each folder that cannot be
 * listed.
 */
export async function listFolders(folders: readonly Folder[]): Promise<FoldersNow> {
  const listings: Listing[] = [];
  const thesauri: FolderWords[] = [];
  for (const { path, prefix } of folders) {
    listings.push(await listPages(path, prefix));
    thesauri.push(await readThesaurus(path, prefix));
  }
  const files = listings.flatMap((listing) => listing.files);
  const problems = [...listings, ...thesauri].flatMap((each) => each.problems);
  const thesaurus = thesaurusOf(thesauri.map(({ text }) => text));
  const stamps = files.map(({ file, stamp }) => [file, stamp]);
  const signature = JSON.stringify([stamps, problems, thesaurus]);
  const watched = new Set(listings.flatMap((listing) => [...listing.watched]));
  return { files, problems, thesaurus, signature, watched };
}

/** The field's words, with the text of each folder's own, which is empty where it has none. */
export function thesaurusOf(ofFolders: readonly string[]): string {
  return [FIELD_WORDS, ...ofFolders].join("\n");
}

type FolderWords = { text: string; problems: PageProblem[] };

async function readThesaurus(folder: string, prefix: string): Promise<FolderWords> {
  const path = join(folder, THESAURUS_FILE);
  const file = prefix === "" ? THESAURUS_FILE : `${prefix}/${THESAURUS_FILE}`;
  const status = await fileStatus(path);
  if (status.kind !== "file") return { text: "", problems: [] };
  const read = await readText({ path, file, ...status });
  if (read.kind === "text") return { text: read.text, problems: [...read.problems] };
  return { text: "", problems: [{ file, line: 1, reason: read.reason }] };
}

/** What was read before, with the stamp its file had. */
export type KnownFiles = Map<string, KnownPage>;

type KnownPage = {
  stamp: string;
  key: string | undefined;
  read: ReadSource;
  /** How often it was given up. */
  failures: number;
};

/** A page that is given up so often is slow, and not unlucky. */
const MOST_FAILURES = 5;

/** Whether some page was given up and is worth another attempt. */
export function isWaiting(known: KnownFiles): boolean {
  return [...known.values()].some(mayPass);
}

function mayPass({ read, failures }: KnownPage): boolean {
  return read.mayPass === true && failures < MOST_FAILURES;
}

export type FolderReading = {
  known: KnownFiles;
  store: PageStore;
  /** The folder whose pages come with the bot. */
  ownFolder: string | undefined;
  /** Nobody waits for the rest any more: what was read so far comes back. */
  isStopped?: () => boolean;
  /** Each reads one page at a time; the further ones are only asked when there is much to read. */
  readers: readonly PageReader[];
};

/** A thread costs half a second to start: about the time of this many pages. */
const PAGES_PER_READER = 30;

/** Reads the files that are new, changed or given up; the others are the same objects as before. */
export async function readFiles(
  files: readonly PageFile[],
  reading: FolderReading,
): Promise<KnownFiles> {
  const { known, readers, isStopped = () => false } = reading;
  const read = new Map<string, KnownPage>();
  const waiting = files.filter(({ file, stamp }) => {
    const before = known.get(file);
    return before?.stamp !== stamp || mayPass(before);
  });
  const lanes = readers.slice(0, Math.max(1, Math.ceil(waiting.length / PAGES_PER_READER)));
  await Promise.all(
    lanes.map(async (reader) => {
      for (let page = waiting.shift(); page !== undefined; page = waiting.shift()) {
        if (isStopped()) return;
        read.set(page.file, withFailures(await readFrom(page, reading, reader), known));
      }
    }),
  );
  const next: KnownFiles = new Map();
  for (const { file } of files) {
    const page = read.get(file) ?? known.get(file);
    if (page !== undefined) next.set(file, page);
  }
  return next;
}

type PageRead = Omit<KnownPage, "failures"> & { file: string };

/** A file that could not be read is tried each time: it costs nothing, and the reason may be anywhere. */
function withFailures({ file, ...page }: PageRead, known: KnownFiles): KnownPage {
  const before = known.get(file);
  const failures = before?.stamp === page.stamp ? before.failures : 0;
  const isCounted = page.read.mayPass === true && page.key !== undefined;
  const read =
    before !== undefined && isSameFailure(before.read, page.read) ? before.read : page.read;
  return { ...page, read, failures: failures + (isCounted ? 1 : 0) };
}

function isSameFailure({ result: before }: ReadSource, { result: now }: ReadSource): boolean {
  if (before.kind !== "problem" || now.kind !== "problem") return false;
  return before.problem.reason === now.problem.reason;
}

async function readFrom(
  page: PageFile,
  { store, ownFolder }: FolderReading,
  reader: PageReader,
): Promise<PageRead> {
  const { file, folder, stamp } = page;
  const text = await readText(page);
  if (text.kind === "problem") {
    const { reason, mayPass } = text;
    const read = mayPass === true ? givenUp(file, reason) : unreadable(file, reason);
    return { file, stamp, key: undefined, read };
  }
  const terms = await readTerms(page.terms);
  const source = { file, folder, text: text.text, ...terms.source };
  const problems = [...text.problems, ...terms.problems];
  const key = store.keyOf(source);
  const kept = store.get(key);
  if (kept !== undefined) return { file, stamp, key, read: withProblems(kept, problems) };
  const read = await reader.read(source);
  // A page that failed may have had bad luck with the thread's time: it is tried again.
  if (read.result.kind === "page" && read.mayPass !== true)
    store.put(key, read, folder === ownFolder);
  return { file, stamp, key, read: withProblems(read, problems) };
}

type Terms = { source: Pick<PageSource, "terms">; problems: readonly PageProblem[] };

/** Terms that cannot be read cost their words and not the page. */
async function readTerms(terms: FoundFile | undefined): Promise<Terms> {
  if (terms === undefined) return { source: {}, problems: [] };
  const { file } = terms;
  const text = await readText(terms);
  return text.kind === "problem"
    ? { source: {}, problems: [{ file, line: 1, reason: text.reason }] }
    : { source: { terms: { file, text: text.text } }, problems: text.problems };
}

function withProblems(read: ReadSource, more: readonly PageProblem[]): ReadSource {
  if (more.length === 0 || read.result.kind === "problem") return read;
  return { ...read, result: { ...read.result, problems: [...read.result.problems, ...more] } };
}

const MEGABYTE = 1024 * 1024;
/** The largest runbook collections in public keep their pages under 400 KB. */
const MOST_MEGABYTES = 8;

type Text =
  | { kind: "text"; text: string; problems: readonly PageProblem[] }
  | { kind: "problem"; reason: string; mayPass?: true };

async function readText({ path, file, bytes }: FoundFile): Promise<Text> {
  if (bytes > MOST_MEGABYTES * MEGABYTE) {
    const size = (bytes / MEGABYTE).toFixed(1);
    const reason = `it has ${size} MB, more than the ${MOST_MEGABYTES} MB that are read: cut it into several pages`;
    return { kind: "problem", reason };
  }
  let read: Buffer;
  try {
    read = await readFile(path);
  } catch (error) {
    const reason = `it cannot be read: ${inWords(codeOf(error))}`;
    return { kind: "problem", reason, mayPass: true };
  }
  const page = decodePage(read);
  if (page === undefined) return { kind: "problem", reason: "it is not text" };
  const problems = page.doubt === undefined ? [] : [{ file, ...page.doubt }];
  return { kind: "text", text: page.text, problems };
}
