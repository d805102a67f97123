/** Files and folders that are for the bot's own user alone, whatever its umask says. */

import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";

/** A file that a version before wrote is taken from its group, too. */
export const OWNER_ONLY = 0o600;
export const OWNER_ONLY_FOLDER = 0o700;

/** Makes the file and its folder when they are missing, both for their owner's eyes only. */
export function prepareFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: OWNER_ONLY_FOLDER });
  closeSync(openSync(path, "a", OWNER_ONLY));
  // The write-ahead log and the shared memory beside it get the file's own mode.
  chmodSync(path, OWNER_ONLY);
}
