/** A copy of the store that can be put in its place, made while the bot runs. */

import { closeSync, openSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { StoreAddress } from "../../config/config.ts";
import { openForReading } from "./sqlite-file.ts";

/**
 * Writes a whole copy of a SQLite store into a new file that its owner alone may read. It blocks
 * the calling thread for as long as it takes, so it is for a process of its own, such as a terminal
 * command; the bot goes on meanwhile, and what it writes after the beginning is not in the copy.
 *
 * Throws when the file exists already, when it cannot be written whole (nothing of it stays then), and
 * for PostgreSQL, which has better ways.
 */
export function backupStore(address: StoreAddress, target: string): void {
  if (address.engine === "postgres") {
    throw new Error(
      "the store is in PostgreSQL: back it up with pg_dump --format=custom, or as your other " +
        "databases are backed up",
    );
  }
  makeEmpty(target);
  try {
    const database = openForReading(address.path);
    try {
      database.prepare("VACUUM INTO ?").run(target);
    } finally {
      database.close();
    }
    doubtDeliveries(target);
  } catch (error) {
    // Half a copy would be taken for a whole one.
    rmSync(target, { force: true });
    throw error;
  }
}

/**
 * What waits in the copy may be delivered before the copy takes the store's place: it is searched for in
 * Slack before it is posted, as after an attempt whose answer was lost.
 */
function doubtDeliveries(target: string): void {
  const copy = new DatabaseSync(target);
  try {
    copy.exec("UPDATE outbox SET attempts = settled + 1 WHERE attempts = settled");
  } finally {
    copy.close();
  }
}

/** With "x" against overwriting; SQLite itself would make it readable for others. */
function makeEmpty(target: string): void {
  try {
    closeSync(openSync(target, "wx", 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new Error(
      `${target} exists already: name a file that does not, since a backup overwrites none`,
      {
        cause: error,
      },
    );
  }
}
