/** The pages that come with the bot, as it reads them itself. */

import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { OWN_INDEX, OWN_KNOWLEDGE } from "../../src/edges/knowledge/own-knowledge.ts";
import { openPageStore } from "../../src/edges/knowledge/page-store.ts";
import { thesaurusOf } from "../../src/edges/knowledge/read-folders.ts";
import { termsFileOf } from "../../src/knowledge/front-matter/section-terms.ts";
import type { PageResult } from "../../src/knowledge/page.ts";
import { type PageSource, readPage } from "../../src/knowledge/read-page.ts";

/**
 * Pages below the folder of knowledge, by their paths in it. Reading Markdown takes a second or two, so
 * what a start of the bot has read by the same code, with the same contents, is taken from its index.
 */
export function readOwnPages(pattern = "**/*.md"): PageResult[] {
  const sharedFile = existsSync(OWN_INDEX) ? { sharedFile: OWN_INDEX } : {};
  // The folder has no words of its own. Where the index cannot be used, every page is read.
  const thesaurus = thesaurusOf([""]);
  const store = openPageStore({ ...sharedFile, thesaurus, log: { warn: () => undefined } });
  const results = globSync(pattern, { cwd: OWN_KNOWLEDGE })
    .toSorted()
    .map((file) => {
      const source = sourceOf(file);
      return store.get(store.keyOf(source))?.result ?? readPage(source);
    });
  store.close(new Set());
  return results;
}

function sourceOf(file: string): PageSource {
  const textOf = (name: string): string => readFileSync(join(OWN_KNOWLEDGE, name), "utf8");
  const source = { file, folder: OWN_KNOWLEDGE, text: textOf(file) };
  const terms = termsFileOf(file);
  if (!existsSync(join(OWN_KNOWLEDGE, terms))) return source;
  return { ...source, terms: { file: terms, text: textOf(terms) } };
}
