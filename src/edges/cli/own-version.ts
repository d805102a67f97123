/** The version of this program, as its package says. */

import { readFileSync } from "node:fs";

/** Read from package.json each time: a terminal asks once. */
export function ownVersion(): string {
  const file = new URL("../../../package.json", import.meta.url);
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  return version;
}
