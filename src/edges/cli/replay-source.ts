/** Where a terminal finds replays: by id beside other caches, or in a file. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { ReplayStore } from "../../features/why-slow/why-slow-ports.ts";
import { CACHE_FOLDER } from "../cache-folder.ts";
import { LARGEST_REPLAY_BYTES, openReplayFiles } from "../store/replay-files.ts";

const GZIP = Buffer.from([0x1f, 0x8b]);

/** Answers are kept beside other things that can be had again; what is no id is a file's path. */
export function terminalReplays(): ReplayStore {
  const kept = openReplayFiles(join(CACHE_FOLDER, "replays"));
  return {
    save: (text, by) => kept.save(text, by),
    load: async (name) => (await kept.load(name)) ?? (await readReplayFile(name)),
  };
}

async function readReplayFile(path: string): Promise<string | undefined> {
  try {
    const bytes = await readFile(path);
    if (!bytes.subarray(0, 2).equals(GZIP)) return bytes.toString("utf8");
    const text = await promisify(gunzip)(bytes, { maxOutputLength: LARGEST_REPLAY_BYTES });
    return text.toString("utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
