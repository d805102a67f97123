/** This project's own knowledge, as the search takes it. */

import { existsSync, globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildLibrary, type Library } from "../../src/knowledge/library.ts";
import { type PageSource, readPage } from "../../src/knowledge/read-page.ts";
import { termsFileOf } from "../../src/knowledge/section-terms.ts";

const FOLDER = fileURLToPath(new URL("../../knowledge/", import.meta.url));

let known: Library | undefined;

/** Read once for all tests of a process: it takes a second or two, and a library never changes. */
export function readOwnKnowledge(): Library {
  known ??= readLibrary();
  return known;
}

function readLibrary(): Library {
  const results = globSync("**/*.md", { cwd: FOLDER })
    .toSorted()
    .map((file) => readPage(sourceOf(file)));
  const pages = results.flatMap((result) => (result.kind === "page" ? [result.page] : []));
  const problems = results.flatMap((result) =>
    result.kind === "page" ? result.problems : [result.problem],
  );
  return buildLibrary(pages, problems);
}

function sourceOf(file: string): PageSource {
  const source = { file, folder: FOLDER, text: readFileSync(FOLDER + file, "utf8") };
  const terms = termsFileOf(file);
  if (!existsSync(FOLDER + terms)) return source;
  return { ...source, terms: { file: terms, text: readFileSync(FOLDER + terms, "utf8") } };
}
