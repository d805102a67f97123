/** The Markdown parser with its edits applied in another way gives what it gives by itself. */

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { EditMap } from "micromark-util-edit-map";
import { parseMarkdown } from "../../src/knowledge/markdown/markdown.ts";
import { markdownLibrary } from "../../src/knowledge/markdown/markdown-library.cjs";
import { cutSections } from "../../src/knowledge/sections/cut-sections.ts";

const MIXED = [
  "- a\n  - b\n    1. c\n\n       | x | y |\n       |---|---|\n       | 1 | 2 |\n  - d\n\n- [ ] e",
  "> - a\n>   > b\n>\n> | x |\n> |---|\n> | ~~y~~ |\n>\n> c[^1]\n\n[^1]: - note\n      - more",
  "| a | b |\n|:--|--:|\n| `c|d` | e\\|f |\nnot a row\n\n* g\n+ h\n1) i",
  "# a\n\n***b** c*\n\n```\n- d\n```\n\n- e\n\n\n\n- f\n***\n- g",
];

test("lists, tables, quotes and every page of our own give the same tree", async () => {
  const pages = globSync("knowledge/**/*.md").map((file) => readFileSync(file, "utf8"));
  const texts = [...MIXED, ...pages];
  const options = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };
  const parsed = () => texts.map((text) => fromMarkdown(text, options));
  markdownLibrary();
  const changed = consumeOf(EditMap.prototype);
  const ours = parsed();
  // A copy of the module that nothing has changed.
  const address = `${import.meta.resolve("micromark-util-edit-map")}?own`;
  const { EditMap: Own }: typeof import("micromark-util-edit-map") = await import(address);
  const own = consumeOf(Own.prototype);
  assert.notEqual(own.value, changed.value);
  Object.defineProperty(EditMap.prototype, "consume", own);
  const theirs = parsed();
  Object.defineProperty(EditMap.prototype, "consume", changed);
  assert.ok(pages.length > 40);
  assert.deepEqual(ours, theirs);
});

function consumeOf(prototype: EditMap): PropertyDescriptor {
  return Object.getOwnPropertyDescriptor(prototype, "consume") ?? assert.fail();
}

test("tildes behind letters and digits are ranges, and strike nothing", () => {
  const struck = (words: string) => JSON.stringify(parseMarkdown(words)).includes('"delete"');
  assert.equal(struck("Runs 18~19, 24~25 and H~2~O"), false);
  assert.equal(struck("~old~"), true);
  assert.equal(struck("a~~old~~"), true);
  const [section] = cutSections("# T\n\nRuns **18~19, 24~25**.\n").sections;
  assert.match(section?.text ?? "", /18~19, 24~25/);
  const [bold] = cutSections("# T\n\nTakes 1~2 s, **often 3~6** s.\n").sections;
  assert.equal(bold?.text, "Takes 1~2 s, often 3~6 s.");
});
