/** This project's own knowledge, as the search takes it. */

import { buildLibrary, type Library } from "../../src/knowledge/library.ts";
import { readOwnPages } from "../support/own-pages.ts";

let known: Library | undefined;

/** Read once for all tests of a process: a library never changes. */
export function readOwnKnowledge(): Library {
  known ??= readLibrary();
  return known;
}

function readLibrary(): Library {
  const results = readOwnPages();
  const pages = results.flatMap((result) => (result.kind === "page" ? [result.page] : []));
  const problems = results.flatMap((result) =>
    result.kind === "page" ? result.problems : [result.problem],
  );
  return buildLibrary(pages, problems);
}
