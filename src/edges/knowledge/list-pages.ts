/** Which Markdown files a knowledge folder holds, and what in it cannot be read. */

import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import type { PageProblem } from "../../knowledge/page.ts";
import { isPageFile, otherDocument } from "../../knowledge/page-files.ts";
import { isTermsFile, termsFileOf } from "../../knowledge/section-terms.ts";

/** A file that was found. */
export type FoundFile = {
  /** Where it lies on disk. */
  path: string;
  /** Its name to people and in section ids: the path inside the folder. */
  file: string;
  bytes: number;
  /** Changes whenever the file's contents may have changed. */
  stamp: string;
};

export type PageFile = FoundFile & {
  folder: string;
  /** The file of search terms beside it; its stamp is part of the page's. */
  terms?: FoundFile;
};

/** The largest runbook collections in public keep their pages under 400 KB. */
export const MAX_PAGE_BYTES = 8 * 1024 * 1024;

export type Listing = { files: PageFile[]; problems: PageProblem[] };

/**
 * Lists a folder's pages in a fixed order, following links, each folder once (so that a
 * link that leads back up ends). Hidden names are left out: editors and Kubernetes
 * volumes keep second copies there. `prefix` is put before every file's name.
 */
export async function listPages(folder: string, prefix: string): Promise<Listing> {
  const listing: Listing = { files: [], problems: [] };
  const terms = new Map<string, FoundFile>();
  const others = new Map<string, string[]>();
  const root = await realpath(folder).catch(() => folder);
  await walk(
    { path: folder, name: prefix },
    {
      folder,
      listing,
      terms,
      others,
      seen: new Map(),
      root,
      prefix,
    },
  );
  listing.problems.push(...unreadDocuments(others));
  return withTerms(listing, terms);
}

/** Gives each page its terms; terms without a page are a mistake in a name. */
function withTerms({ files, problems }: Listing, found: Map<string, FoundFile>): Listing {
  const lost = new Map(found);
  const pages = files.map((page): PageFile => {
    const terms = lost.get(termsFileOf(page.file));
    if (terms === undefined) return page;
    lost.delete(terms.file);
    return { ...page, terms, stamp: `${page.stamp} ${terms.stamp}` };
  });
  return { files: pages, problems: [...problems, ...[...lost.keys()].map(lostTerms)] };
}

type FolderFile = { path: string; name: string };
type Walk = {
  folder: string;
  listing: Listing;
  terms: Map<string, FoundFile>;
  /** Documents in another form than Markdown, by their ending. */
  others: Map<string, string[]>;
  seen: Map<string, string>;
  /** The folder's real path. */
  root: string;
  /** What its files' names begin with. */
  prefix: string;
};

async function walk(place: FolderFile, context: Walk): Promise<void> {
  const { listing, seen } = context;
  const entries = await readFolder(place, context);
  for (const entry of entries) {
    if (entry.name.startsWith(".") || entry.name === PACKAGES) continue;
    const inner = { path: join(place.path, entry.name), name: joinName(place.name, entry.name) };
    noteOther(inner.name, context);
    const found = await poll(inner.path, entry);
    if (found.kind === "unreadable") {
      if (isPageFile(entry.name) || isTermsFile(entry.name) || entry.isSymbolicLink()) {
        const reason = entry.isSymbolicLink() ? found.reason : whyNotThere(entry.name, found);
        listing.problems.push({ file: inner.name, line: 1, reason });
      }
    } else if (found.kind === "other") {
      if (isPageFile(entry.name))
        listing.problems.push({ file: inner.name, line: 1, reason: NO_FILE });
    } else if (found.kind === "folder") {
      const own = entry.isSymbolicLink() ? ownName(found.realPath, context) : undefined;
      const first = seen.get(found.realPath) ?? own;
      if (first === undefined) await walk(inner, context);
      else listing.problems.push(seenBefore(inner.name, first));
    } else if (found.kind === "file") {
      // A link to a page of the same folder is that page: it counts once, under its real name.
      const isRead = isPageFile(found.realPath) || isTermsFile(found.realPath);
      if (entry.isSymbolicLink() && isRead && ownName(found.realPath, context) !== undefined)
        continue;
      const file = { path: inner.path, file: inner.name, ...found.file };
      if (isPageFile(entry.name)) listing.files.push({ ...file, folder: context.folder });
      if (isTermsFile(entry.name)) context.terms.set(inner.name, file);
    }
  }
}

/** What others wrote about their packages is no page of this folder. */
const PACKAGES = "node_modules";

const NO_FILE = "it is a pipe, a socket or a device, and no file";

/** The folder has the name, and yet no file is found by it. */
function whyNotThere(name: string, { code, reason }: { code: string; reason: string }): string {
  if (code !== "ENOENT") return reason;
  return name.includes("\uFFFD")
    ? "its name is not UTF-8: rename the file"
    : "it was removed while the folder was read";
}

function noteOther(name: string, { others }: Walk): void {
  const ending = otherDocument(name);
  if (ending === undefined) return;
  const names = others.get(ending);
  if (names === undefined) others.set(ending, [name]);
  else names.push(name);
}

/** Each ending is named once, however many folders have such files. */
function unreadDocuments(others: Walk["others"]): PageProblem[] {
  return [...others].flatMap(([ending, [first, ...rest]]) => {
    if (first === undefined) return [];
    const more = rest.length === 0 ? "" : ` (and ${rest.length} more here)`;
    const reason = `${ending} files are not read, only Markdown (.md, .markdown, .mdx)${more}`;
    return [{ file: first, line: 1, reason }];
  });
}

/**
 * The name by which the walk comes to what a link leads to; undefined for what lies elsewhere, and below a
 * hidden folder, where Kubernetes keeps what its links show.
 */
function ownName(realPath: string, { root, prefix }: Walk): string | undefined {
  if (!realPath.startsWith(`${root}${sep}`)) return undefined;
  const parts = realPath.slice(root.length + 1).split(sep);
  return parts.some((part) => part.startsWith(".")) ? undefined : joinName(prefix, parts.join("/"));
}

function lostTerms(file: string): PageProblem {
  const page = file.replace(/\.terms\.ya?ml$/i, ".md");
  const reason = `these terms belong to no page: ${page} would have ${termsFileOf(page)}`;
  return { file, line: 1, reason };
}

async function readFolder(place: FolderFile, { listing, seen }: Walk): Promise<Dirent[]> {
  try {
    seen.set(await realpath(place.path), place.name);
    const entries = await readdir(place.path, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const reason = `the folder cannot be read: ${codeOf(error)}`;
    listing.problems.push({ file: place.name === "" ? place.path : place.name, line: 1, reason });
    return [];
  }
}

type Poll =
  | { kind: "folder"; realPath: string }
  | { kind: "file"; realPath: string; file: { bytes: number; stamp: string } }
  | { kind: "other" }
  | { kind: "unreadable"; code: string; reason: string };

/** What is no link has the path by which it was found. */
async function poll(path: string, entry: Dirent): Promise<Poll> {
  try {
    const status = await stat(path, { bigint: true });
    if (status.isDirectory()) return { kind: "folder", realPath: await realpath(path) };
    if (!status.isFile()) return { kind: "other" };
    const stamp = `${status.ino}:${status.size}:${status.mtimeNs}:${status.ctimeNs}`;
    const file = { bytes: Number(status.size), stamp };
    const realPath = entry.isSymbolicLink() ? await realpath(path) : path;
    return { kind: "file", realPath, file };
  } catch (error) {
    return { kind: "unreadable", code: codeOf(error), reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === "ELOOP") return "the symbolic link leads back to itself";
  if (code === "ENOENT") return "the symbolic link leads nowhere";
  return `it cannot be read: ${code}`;
}

/** The system's own word for a failed file operation, such as EACCES. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}

function seenBefore(file: string, first: string): PageProblem {
  const where = first === "" ? "the knowledge folder itself" : first;
  return { file, line: 1, reason: `the link leads to ${where}, which is read already` };
}

function joinName(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
