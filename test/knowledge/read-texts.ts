/** Texts read as pages, as a folder's files are. */

import assert from "node:assert/strict";
import type { Page } from "../../src/knowledge/page.ts";
import { readPage } from "../../src/knowledge/read-page.ts";

/** The text as a file of the folder is read: a page with its problems. */
export function read(text: string, file = "runbooks/StreamlineDown.md") {
  return readPage({ file, folder: "knowledge", text });
}

/** The page that the text becomes. */
export function pageOf(text: string, file?: string): Page {
  const result = read(text, file);
  assert.equal(result.kind, "page");
  return result.page;
}

/** What people are shown of the last section. The texts of the tests are our own; each stands for a kind. */
export function shownOf(text: string) {
  const section = pageOf(text, "a.md").sections.at(-1);
  return { title: section?.title, markdown: section?.markdown, text: section?.text };
}
