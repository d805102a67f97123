/** The thread that reads pages, so that a long one stops neither an alert nor a question. */

import { parentPort, workerData } from "node:worker_threads";
import { type PageSource, readPage } from "../../knowledge/read-page.ts";
import { pageSections } from "../../search/library-sections.ts";
import { countWords } from "../../search/prepare-section.ts";
import { parseThesaurus, type Thesaurus } from "../../search/thesaurus.ts";
import { type ReadSource, unreadable } from "./read-source.ts";

const thesaurus = parseThesaurus(String(workerData));

parentPort?.on("message", (source: PageSource) => {
  try {
    parentPort?.postMessage(readSource(source, thesaurus));
  } catch (error) {
    parentPort?.postMessage(unreadable(source.file, `it cannot be read: ${String(error)}`));
  }
});

// A page's time begins when the thread is up, not when it is started.
parentPort?.postMessage("ready");

/** Everything about a page that takes time; what it says can be kept by its contents. */
function readSource(source: PageSource, thesaurus: Thesaurus): ReadSource {
  const result = readPage(source);
  if (result.kind === "problem") return { result, words: [] };
  const words = pageSections(result.page).map((section) => countWords(section, thesaurus));
  return { result, words };
}
