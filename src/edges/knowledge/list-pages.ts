/** Which Markdown files a knowledge folder holds, and what in it cannot be read. */

import type { Dirent } from "node:fs";
import { readdir, realpath } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { isTermsFile, termsFileOf } from "../../knowledge/front-matter/section-terms.ts";
import type { PageProblem } from "../../knowledge/page.ts";
import { isPageFile, otherDocument, unreadDocuments } from "../../knowledge/page-files.ts";
import { codeOf, type FileStatus, fileStatus, inWords, statusOfAll } from "./file-status.ts";
import { secondNames } from "./second-names.ts";

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

export type Listing = {
  files: PageFile[];
  problems: PageProblem[];
  /** The folders in which a change may change the listing, by their real paths. */
  watched: ReadonlySet<string>;
};

/**
 * Lists a folder's pages in a fixed order, following links, each folder once (so that a
 * link that leads back up ends). Hidden names are left out: editors and Kubernetes
 * volumes keep second copies there. `prefix` is put before every file's name.
 */
export async function listPages(folder: string, prefix: string): Promise<Listing> {
  const root = await realpath(folder).catch(() => folder);
  const context: Walk = {
    root,
    prefix,
    found: [],
    problems: [],
    others: new Map(),
    seen: new Map(),
    watched: new Set(),
  };
  await walk({ path: folder, realPath: root, name: prefix }, context);
  const { found, problems, watched } = context;
  const files = await withStatus(found, problems);
  problems.push(...unreadDocuments(context.others));
  const pages = files.filter(({ file }) => isPageFile(file));
  const terms = new Map(
    files.filter(({ file }) => isTermsFile(file)).map((each) => [each.file, each]),
  );
  const listed = withTerms({ pages: pages.map((page) => ({ ...page, folder })), problems }, terms);
  return { ...listed, watched };
}

/** Gives each page its terms; terms without a page are a mistake in a name. */
function withTerms(
  { pages, problems }: { pages: readonly PageFile[]; problems: readonly PageProblem[] },
  found: ReadonlyMap<string, FoundFile>,
): Pick<Listing, "files" | "problems"> {
  const lost = new Map(found);
  const files = pages.map((page): PageFile => {
    const terms = lost.get(termsFileOf(page.file));
    if (terms === undefined) return page;
    lost.delete(terms.file);
    return { ...page, terms, stamp: `${page.stamp} ${terms.stamp}` };
  });
  return { files, problems: [...problems, ...[...lost.keys()].map(lostTerms)] };
}

type WalkPlace = { path: string; realPath: string; name: string };

/** A name that is used; a link's status is known, since it had to be followed. */
type UsedName = Pick<WalkPlace, "path" | "name"> & { status?: FileStatus };

type Walk = {
  /** The folder's real path. */
  root: string;
  /** What its files' names begin with. */
  prefix: string;
  found: UsedName[];
  problems: PageProblem[];
  /** Documents in another form than Markdown, by their ending. */
  others: Map<string, string[]>;
  /** The folders that were read: their names by their real paths. */
  seen: Map<string, string>;
  watched: Set<string>;
};

async function walk(place: WalkPlace, context: Walk): Promise<void> {
  context.seen.set(place.realPath, place.name);
  context.watched.add(place.realPath);
  for (const entry of await readFolder(place, context)) {
    if (entry.name.startsWith(".") || entry.name === PACKAGES) continue;
    const inner = {
      path: join(place.path, entry.name),
      realPath: join(place.realPath, entry.name),
      name: joinName(place.name, entry.name),
    };
    noteOther(inner.name, context);
    if (entry.isSymbolicLink()) await followLink(inner, context);
    else if (entry.isDirectory()) await visit(inner, context.seen.get(inner.realPath), context);
    else if (!isUsed(entry.name)) continue;
    else if (entry.isFile()) context.found.push({ path: inner.path, name: inner.name });
    else if (isPageFile(entry.name)) complain(context, inner.name, NO_FILE);
  }
}

/** What others wrote about their packages is no page of this folder. */
const PACKAGES = "node_modules";

const NO_FILE = "it is a pipe, a socket or a device, and no file";

function isUsed(name: string): boolean {
  return isPageFile(name) || isTermsFile(name);
}

async function followLink({ path, name }: WalkPlace, context: Walk): Promise<void> {
  const status = await fileStatus(path);
  if (status.kind === "unreadable") return complain(context, name, linkReason(status.code));
  if (status.kind === "other")
    return isPageFile(name) ? complain(context, name, NO_FILE) : undefined;
  const realPath = await realpath(path).catch(() => path);
  const own = ownName(realPath, context);
  if (status.kind === "folder") {
    return visit({ path, realPath, name }, context.seen.get(realPath) ?? own, context);
  }
  // A link to a page of the same folder is that page: it counts once, under its real name.
  if (!isUsed(name) || (isUsed(realPath) && own !== undefined)) return;
  context.watched.add(dirname(realPath));
  context.found.push({ path, name, status });
}

async function visit(place: WalkPlace, readAs: string | undefined, context: Walk): Promise<void> {
  if (readAs === undefined) return walk(place, context);
  const where = readAs === "" ? "the knowledge folder itself" : readAs;
  complain(context, place.name, `the link leads to ${where}, which is read already`);
}

function complain({ problems }: Pick<Walk, "problems">, file: string, reason: string): void {
  problems.push({ file, line: 1, reason });
}

function linkReason(code: string): string {
  if (code === "ELOOP") return "the symbolic link leads back to itself";
  return code === "ENOENT"
    ? "the symbolic link leads nowhere"
    : `it cannot be read: ${inWords(code)}`;
}

/** What has vanished since its folder was read is no page; a name that is no UTF-8 is never found. */
async function withStatus(
  found: readonly UsedName[],
  problems: PageProblem[],
): Promise<FoundFile[]> {
  const polled = await statusOfAll(found);
  const second = secondNames(found, polled);
  return found.flatMap(({ path, name: file }, at): FoundFile[] => {
    const status = polled[at];
    if (second.has(at)) return [];
    if (status?.kind === "file") return [{ path, file, bytes: status.bytes, stamp: status.stamp }];
    const reason = status?.kind === "unreadable" ? unreadReason(file, status.code) : undefined;
    if (reason !== undefined) problems.push({ file, line: 1, reason });
    return [];
  });
}

function unreadReason(name: string, code: string): string | undefined {
  if (code !== "ENOENT") return `it cannot be read: ${inWords(code)}`;
  return name.includes("\uFFFD") ? "its name is not UTF-8: rename it" : undefined;
}

function noteOther(name: string, { others }: Walk): void {
  const ending = otherDocument(name);
  if (ending === undefined) return;
  const names = others.get(ending);
  if (names === undefined) others.set(ending, [name]);
  else names.push(name);
}

/**
 * The name by which the walk comes to what a link leads to; undefined for what lies elsewhere, and below a
 * hidden folder, where Kubernetes keeps what its links show.
 */
function ownName(realPath: string, { root, prefix }: Walk): string | undefined {
  if (realPath === root) return prefix;
  if (!realPath.startsWith(root.endsWith(sep) ? root : `${root}${sep}`)) return undefined;
  const parts = realPath.slice(root.length + 1).split(sep);
  return parts.some((part) => part.startsWith(".")) ? undefined : joinName(prefix, parts.join("/"));
}

function lostTerms(file: string): PageProblem {
  const page = file.replace(/\.terms\.ya?ml$/i, ".md");
  const reason = `these terms belong to no page: ${page} would have ${termsFileOf(page)}`;
  return { file, line: 1, reason };
}

async function readFolder(place: WalkPlace, context: Walk): Promise<Dirent[]> {
  try {
    const entries = await readdir(place.path, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const reason = whyNoFolder(place, codeOf(error), context);
    if (reason !== undefined)
      complain(context, place.name === "" ? place.path : place.name, reason);
    return [];
  }
}

/** A folder below that has vanished, or has become a file, since the one around it was read is none. */
function whyNoFolder(
  { name, realPath }: WalkPlace,
  code: string,
  { root }: Walk,
): string | undefined {
  if (realPath !== root && code === "ENOENT") return unreadReason(name, code);
  if (realPath !== root && code === "ENOTDIR") return undefined;
  return `the folder cannot be read: ${inWords(code)}`;
}

function joinName(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
