/**
 * Replays as compressed files, one per answer: small enough to attach to a ticket, and readable
 * with zcat.
 */

import { createHash } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { ReplayStore } from "../../features/why-slow/why-slow-ports.ts";
import { redaction } from "../redaction.ts";
import { OWNER_ONLY, OWNER_ONLY_FOLDER } from "./owner-only.ts";

/** The newest of each person are kept, and of all; at some 50 kB each they are a few megabytes. */
const KEPT_OF_ONE = 40;
const KEPT = 1_000;
/** Digits of what stands for a person in a file's name. */
const OWNER_LENGTH = 8;
/** Digits of an id: no two of the kept ones are the same by chance, and a person can type it. */
const ID_LENGTH = 12;
const SUFFIX = ".replay.gz";
/** An hour of a target with 10,000 partitions stays below it; a hostile file does not unfold. */
export const LARGEST_REPLAY_BYTES = 512 * 1024 ** 2;

/** Keeps replays in a folder, which is made when the first one is saved. */
export function openReplayFiles(folder: string): ReplayStore {
  const pathOf = (name: string): string => join(folder, `${name}${SUFFIX}`);
  return {
    async save(unsafe, by) {
      const text = await redaction.longText(unsafe);
      const id = digestOf(text).slice(0, ID_LENGTH);
      await mkdir(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
      // One of an earlier version, or that somebody made, may be open to others.
      await chmod(folder, OWNER_ONLY_FOLDER);
      const path = pathOf(`${id}-${digestOf(by).slice(0, OWNER_LENGTH)}`);
      const unfinished = `${path}.${process.pid}`;
      // It holds what a server answered: for the bot alone.
      await writeFile(unfinished, await promisify(gzip)(text), { mode: OWNER_ONLY });
      await rename(unfinished, path);
      await forgetOldest(folder);
      return id;
    },
    async load(id) {
      // Ids come from people: nothing but our own digits becomes part of a path.
      if (!/^[0-9a-f]{6,64}$/.test(id)) return undefined;
      try {
        const name = (await readdir(folder)).find((each) => ownedName(each)?.id === id);
        if (name === undefined) return undefined;
        const packed = await readFile(join(folder, name));
        const text = await promisify(gunzip)(packed, { maxOutputLength: LARGEST_REPLAY_BYTES });
        return text.toString("utf8");
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
    },
  };
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** `<id>-<owner>.replay.gz` */
function ownedName(name: string): { readonly id: string; readonly owner: string } | undefined {
  const [, id = "", owner = ""] = /^([0-9a-f]+)-([0-9a-f]+)\.replay\.gz$/.exec(name) ?? [];
  return id === "" ? undefined : { id, owner };
}

async function forgetOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => ownedName(name) !== undefined);
  const files = await Promise.all(
    names.map(async (name) => ({ name, writtenMs: (await stat(join(folder, name))).mtimeMs })),
  );
  const newestFirst = files.toSorted((a, b) => b.writtenMs - a.writtenMs);
  const ofOwner = new Map<string, number>();
  const gone = newestFirst.filter(({ name }, at) => {
    const owner = ownedName(name)?.owner ?? "";
    const before = ofOwner.get(owner) ?? 0;
    ofOwner.set(owner, before + 1);
    return at >= KEPT || before >= KEPT_OF_ONE;
  });
  await Promise.all(gone.map(({ name }) => rm(join(folder, name), { force: true })));
}
