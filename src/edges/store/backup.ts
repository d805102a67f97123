/** A copy of the store that can be put in its place, made while the bot runs. */

import { closeSync, openSync } from "node:fs";
import type { StoreAddress } from "../../config/config.ts";
import { openForReading } from "./sqlite-file.ts";

/**
 * Writes a whole copy of a SQLite store into a new file that its owner alone may read. It blocks
 * the calling thread for as long as it takes, so it is for a process of its own, such as a terminal
 * command; the bot goes on meanwhile, and what it writes after the beginning is not in the copy.
 *
 * Throws when the file exists already, and for PostgreSQL, which has better ways.
 */
export function backupStore(address: StoreAddress, target: string): void {
  if (address.engine === "postgres") {
    throw new Error(
      "the store is in PostgreSQL: back it up with pg_dump --format=custom, or as your other " +
        "databases are backed up",
    );
  }
  // Made here, with "x" against overwriting, since SQLite would make it readable for others.
  closeSync(openSync(target, "wx", 0o600));
  const database = openForReading(address.path);
  try {
    database.prepare("VACUUM INTO ?").run(target);
  } finally {
    database.close();
  }
}
