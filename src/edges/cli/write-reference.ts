/** `npm run reference`: writes the documents that stand in referenceFiles. */

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { referenceFiles } from "./reference-files.ts";
import { print } from "./terminal-streams.ts";

const root = new URL("../../../", import.meta.url);
for (const [path, text] of Object.entries(referenceFiles())) {
  writeFileSync(fileURLToPath(new URL(path, root)), text);
  print(`${path}\n`);
}
