/** The thread that reads pages, so that a long one stops neither an alert nor a question. */

import { parentPort, workerData } from "node:worker_threads";
import { parseMarkdown } from "../../knowledge/markdown.ts";
import type { Page } from "../../knowledge/page.ts";
import { type PageSource, readPage } from "../../knowledge/read-page.ts";
import { pageSections } from "../../search/library-sections.ts";
import { countWords } from "../../search/prepare-section.ts";
import { parseThesaurus, type Thesaurus } from "../../search/thesaurus.ts";
import { givenUp, type ReadSource, unreadable } from "./read-source.ts";

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
  const slow = slowSection(result.page);
  if (slow !== undefined) return givenUp(source.file, `${slow} takes too long to show`);
  const words = pageSections(result.page).map((section) => countWords(section, thesaurus));
  return { result, words };
}

/** Shorter sections take a few milliseconds, whatever they hold. */
const LONG_SECTION = 2_000;
/** Of CPU time; the longest section of a usual page takes a tenth of it. */
const MOST_MS = 80;

/** A section is read once more whenever it is shown, which the event loop waits for. */
function slowSection({ sections }: Page): string | undefined {
  const isSlow = (markdown: string): boolean => {
    const before = process.threadCpuUsage();
    parseMarkdown(markdown);
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000 > MOST_MS;
  };
  // The first time may have gone into compiling the parser.
  const found = sections.find(
    ({ markdown }) => markdown.length > LONG_SECTION && isSlow(markdown) && isSlow(markdown),
  );
  return found === undefined ? undefined : `the section "${found.title.slice(0, 80)}"`;
}
