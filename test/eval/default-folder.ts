/** Which recordings are played where no folder is named. */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The whole collection where there is one beside the checkout, else what the tests have of it. */
const FOLDERS = ["../../../shared/real-traces", "../fixtures/recordings"];

export function defaultFolder(): string {
  const folders = FOLDERS.map((path) => fileURLToPath(new URL(path, import.meta.url)));
  return folders.find((path) => existsSync(path)) ?? folders.at(-1) ?? ".";
}
