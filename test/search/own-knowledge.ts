/** This project's own knowledge, as the search takes it. */

import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildLibrary, type Library } from "../../src/knowledge/library.ts";
import { readPage } from "../../src/knowledge/read-page.ts";

const FOLDER = fileURLToPath(new URL("../../knowledge/", import.meta.url));

export function readOwnKnowledge(): Library {
  const results = globSync("**/*.md", { cwd: FOLDER })
    .toSorted()
    .map((file) => readPage({ file, folder: FOLDER, text: readFileSync(FOLDER + file, "utf8") }));
  const pages = results.flatMap((result) => (result.kind === "page" ? [result.page] : []));
  const problems = results.flatMap((result) =>
    result.kind === "page" ? result.problems : [result.problem],
  );
  return buildLibrary(pages, problems);
}
