/**
 * Replays as compressed files, one per answer: small enough to attach to a ticket, and readable
 * with zcat.
 */

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { ReplayStore } from "../../features/why-slow/why-slow.ts";
import { redaction } from "../redaction.ts";

/** The newest are kept; at some 50 kB each they are a few megabytes. */
const KEPT = 200;
/** Digits of an id: no two of the kept ones are the same by chance, and a person can type it. */
const ID_LENGTH = 12;
const SUFFIX = ".replay.gz";
/** An hour of a target with 10,000 partitions stays below it; a hostile file does not unfold. */
const LARGEST_TEXT = 512 * 1024 ** 2;

/** Keeps replays in a folder, which is made when the first one is saved. */
export function openReplayFiles(folder: string): ReplayStore {
  const pathOf = (id: string): string => join(folder, `${id}${SUFFIX}`);
  return {
    async save(told) {
      const text = await redaction.longText(told);
      const id = createHash("sha256").update(text).digest("hex").slice(0, ID_LENGTH);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const unfinished = `${pathOf(id)}.${process.pid}`;
      // It holds what a server answered: for the bot alone.
      await writeFile(unfinished, await promisify(gzip)(text), { mode: 0o600 });
      await rename(unfinished, pathOf(id));
      await forgetOldest(folder);
      return id;
    },
    async load(id) {
      // Ids come from people: nothing but our own digits becomes part of a path.
      if (!/^[0-9a-f]{6,64}$/.test(id)) return undefined;
      try {
        const packed = await readFile(pathOf(id));
        const text = await promisify(gunzip)(packed, { maxOutputLength: LARGEST_TEXT });
        return text.toString("utf8");
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
    },
  };
}

async function forgetOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(SUFFIX));
  if (names.length <= KEPT) return;
  const files = await Promise.all(
    names.map(async (name) => ({ name, writtenMs: (await stat(join(folder, name))).mtimeMs })),
  );
  const oldest = files.toSorted((a, b) => b.writtenMs - a.writtenMs).slice(KEPT);
  await Promise.all(oldest.map(({ name }) => rm(join(folder, name), { force: true })));
}
