/** A name of any length and with any character, as a key. */

import { createHash } from "node:crypto";

/**
 * Groups' keys and alerts' names are strangers' text: PostgreSQL takes neither a NUL in a text nor an
 * index entry above some 2,700 bytes.
 */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
