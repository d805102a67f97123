/** The thread that reads pages, so that a long one stops neither an alert nor a question. */

import { parentPort, workerData } from "node:worker_threads";
import type { Page, PageProblem, Section } from "../../knowledge/page.ts";
import { type PageSource, readPage } from "../../knowledge/read-page.ts";
import { pageSections } from "../../search/library-sections.ts";
import { countWords } from "../../search/prepare-section.ts";
import { parseThesaurus, type Thesaurus } from "../../search/thesaurus.ts";
import { type ReadSource, unreadable } from "./read-source.ts";
import { isSlowSection } from "./slow-section.ts";

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
  const slow = result.page.sections.filter(({ markdown }) => isSlowSection(markdown));
  const page = slow.length === 0 ? result.page : withPlain(result.page, new Set(slow));
  const problems = [...result.problems, ...slow.slice(0, MOST_NAMED).map(tooSlow)];
  const words = pageSections(page).map((section) => countWords(section, thesaurus));
  // On a machine that is busy, a section may look slow that is not.
  const again = slow.length === 0 ? {} : ({ mayPass: true } as const);
  return { result: { kind: "page", page, problems }, words, ...again };
}

const MOST_NAMED = 5;

/** The page in which these sections are shown as their words alone, which takes no time to read. */
function withPlain(page: Page, slow: ReadonlySet<Section>): Page {
  const sections = page.sections.map((section) =>
    slow.has(section) ? { ...section, markdown: asCode(section.text) } : section,
  );
  return { ...page, sections };
}

function asCode(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`{3,}/g), ([mark]) => mark.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

function tooSlow({ file, line, title }: Section): PageProblem {
  const reason = `the section "${title.slice(0, 80)}" takes too long to show as it is written: only its words are shown`;
  return { file, line, reason };
}
