/**
 * The sandbox's page, kept between starts for as long as the sources and packages that it was made
 * of are the same: only the first start waits for Vite.
 */

import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { CACHE_FOLDER } from "../../edges/cache-folder.ts";

export interface PageBundle {
  readonly script: string;
  readonly style: string;
}

/** What Vite made, and of which files below src/sandbox/. */
export interface BuiltPage extends PageBundle {
  readonly sources: readonly string[];
}

interface KeptPage extends BuiltPage {
  /** Of the sources' contents, the packages' versions and the builder. */
  readonly hash: string;
}

export const SANDBOX_FOLDER = fileURLToPath(new URL("../", import.meta.url));
const BUILDER = fileURLToPath(new URL("./build-page.ts", import.meta.url));
const LOCKFILE = fileURLToPath(new URL("../../../package-lock.json", import.meta.url));

/** The script has 2 MB, and libraries grow. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The page; builds it when the kept one is of other sources. Throws what Vite says when they do not compile. */
export async function loadPage(file = join(CACHE_FOLDER, "page.json")): Promise<PageBundle> {
  const kept = await readKept(file);
  if (kept !== undefined && kept.hash === (await hashOf(kept.sources))) return kept;
  const startedMs = Date.now();
  const built = await build();
  const hash = await hashOf(built.sources);
  // What was changed meanwhile may be in the hash and not in the page, which would then stay old.
  if (hash !== undefined && !(await isChangedSince(startedMs, built.sources)))
    await keep(file, { ...built, hash });
  return built;
}

async function build(): Promise<BuiltPage> {
  const { stdout } = await promisify(execFile)(process.execPath, [BUILDER], {
    maxBuffer: MOST_BYTES,
  });
  return JSON.parse(stdout) as BuiltPage;
}

/** Undefined for a file that is not there or was cut off: the page is built again then. */
async function readKept(file: string): Promise<KeptPage | undefined> {
  try {
    const kept = JSON.parse(await readFile(file, "utf8")) as Partial<KeptPage> | null;
    const { script, style, sources, hash } = kept ?? {};
    return typeof script === "string" &&
      typeof style === "string" &&
      Array.isArray(sources) &&
      typeof hash === "string"
      ? { script, style, sources, hash }
      : undefined;
  } catch {
    return undefined;
  }
}

/** In one move, so that a second sandbox that starts now reads a whole page; a full disk only costs time. */
async function keep(file: string, page: KeptPage): Promise<void> {
  const half = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(half, JSON.stringify(page));
    await rename(half, file);
  } catch {
    await rm(half, { force: true }).catch(() => undefined);
  }
}

async function isChangedSince(ms: number, sources: readonly string[]): Promise<boolean> {
  const times = await Promise.all(
    sources.map((source) => stat(join(SANDBOX_FOLDER, source)).then(({ mtimeMs }) => mtimeMs)),
  );
  return times.some((mtimeMs) => mtimeMs >= ms);
}

/** Undefined when one of the files is gone. */
async function hashOf(sources: readonly string[]): Promise<string | undefined> {
  const hash = createHash("sha256");
  const files = [LOCKFILE, BUILDER, ...sources.map((source) => join(SANDBOX_FOLDER, source))];
  try {
    for (const file of files) hash.update(`${file}\n`).update(await readFile(file));
    return hash.digest("hex");
  } catch {
    return undefined;
  }
}
