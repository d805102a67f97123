/** A Markdown file, or the front matter and terms of one -> a page, its checks, what is shown of it. */

import assert from "node:assert/strict";
import { loadChecks } from "../../../src/diagnosis/checks/load-checks.ts";
import { renderSection } from "../../../src/features/runbooks/render-runbook.ts";
import { type PageSource, readPage } from "../../../src/knowledge/read-page.ts";
import { TARGET } from "../../block-kit/sections.ts";
import { seedsOf } from "../corpus.ts";
import type { Fuzzer } from "../fuzzer.ts";
import { assertShown } from "./shown.ts";

/** Its time grows with the square of some texts; the bot reads pages in a thread, with an end to its patience. */
const LONGEST = 4_096;
const PAGE_MS = 10_000;
const PLACE = { file: "runbooks/DiskFull.md", folder: "knowledge" };

export const markdownFuzzer: Fuzzer = {
  name: "Markdown",
  seeds: seedsOf("markdown"),
  words: [
    ..."# ## > - 1. * ** _ ~~ ` ``` | |---| [ ]( ) ![ <!-- --> <details> </summary> {#x}".split(
      " ",
    ),

    "\n\n",
    "\n    ",
    "\n```sh\n",
    "[^1]",
    "[a]: b",
    ":::",
    "!!! note",
    "&amp;",
    "&#0;",
    "$" + "{X:?y}",
  ],
  longest: LONGEST,
  mayTakeMs: PAGE_MS,
  open: async () => ({ feed: (input) => feedPage({ ...PLACE, text: input.toString("utf8") }) }),
};

export const frontMatterFuzzer: Fuzzer = {
  name: "front matter",
  seeds: seedsOf("front-matter"),
  words: [
    ..."--- +++ title: kind: alerts: symptoms: logs: checks: fills: sections: expr: needs:".split(
      " ",
    ),
    ..."&a *a <<: !!binary ? : | > [ ] { } - # % @ 1.0 ~ yes 2026-01-01".split(" "),
    "\n---\n",
    "\n  - ",
    "\n    ",
    "x: [*a,*a,*a,*a]",
    "free_bytes < 1",
  ],
  longest: LONGEST,
  mayTakeMs: PAGE_MS,
  open: async () => ({
    feed(input) {
      const text = input.toString("utf8");
      if (/^(?:---|\+\+\+)/.test(text)) return feedPage({ ...PLACE, text });
      const terms = { file: "runbooks/DiskFull.terms.yaml", text };
      return feedPage({ ...PLACE, text: "# DiskFull\n\n## Meaning\n\nFull.\n", terms });
    },
  }),
};

function feedPage(source: PageSource): void {
  const read = readPage(source);
  if (read.kind === "problem") {
    assert.notEqual(read.problem.reason, "");
    assert.equal(source.terms, undefined, "terms that cannot be read cost their words alone");
    return;
  }
  loadChecks([read.page]);
  const subject = { labels: { alertname: "DiskFull", topic: "a`b" }, target: TARGET };
  for (const section of read.page.sections.slice(0, 3))
    assertShown(renderSection(section, subject));
}
