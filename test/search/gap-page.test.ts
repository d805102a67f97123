/** A page to fill in, made of a question that nothing covers. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { readPage } from "../../src/knowledge/read-page.ts";
import { gapPage } from "../../src/search/gap-page.ts";
import { hostile } from "../block-kit/hostile.ts";
import fc from "../support/fast-check.ts";

test("a page has the question as its title, near questions as symptoms, and every section", () => {
  const others = ["rotate the tls keys now", "why is the coffee cold"];
  const { file, markdown } = gapPage("How do I rotate the TLS keys?", others);
  assert.equal(file, "how-do-i-rotate-the-tls-keys.md");
  assert.match(markdown, /^---\ntitle: "How do I rotate the TLS keys\?"\nkind: guide\nsymptoms:/);
  assert.match(markdown, / {2}- "rotate the tls keys now"\n---/);
  assert.doesNotMatch(markdown, /coffee/);
  for (const name of ["Meaning", "Impact", "Diagnosis", "Mitigation", "Prevention"])
    assert.ok(markdown.includes(`## ${name}\n`), name);
});

test("whatever was asked, the page is one that the bot can read", () => {
  fc.assert(
    fc.property(hostile, fc.array(hostile, { maxLength: 5 }), (question, others) => {
      const { file, markdown } = gapPage(question, others);
      assert.match(file, /^[a-z0-9-]+\.md$/);
      const read = readPage({ file, folder: "knowledge", text: markdown });
      assert.equal(read.kind, "page", JSON.stringify(read));
      assert.deepEqual(read.kind === "page" && read.problems, []);
      assert.ok(markdown.length < 5_000);
    }),
  );
});
