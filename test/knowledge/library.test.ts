import assert from "node:assert/strict";
import { test } from "node:test";
import { buildLibrary, type Library } from "../../src/knowledge/library.ts";
import { readPage } from "../../src/knowledge/read-page.ts";

function libraryOf(files: Readonly<Record<string, string>>): Library {
  const pages = Object.entries(files).map(([file, text]) => {
    const result = readPage({ file, folder: "knowledge", text });
    assert.equal(result.kind, "page");
    return result.page;
  });
  return buildLibrary(pages, []);
}

test("an alert finds the page whose front matter names it before the page of its name", () => {
  const library = libraryOf({
    "runbooks/ReplicationLag.md": "# Named like it",
    "runbooks/Lag.md": "---\nalerts: [ReplicationLag]\n---\n# Claims it",
  });
  assert.equal(library.runbookFor("ReplicationLag")?.file, "runbooks/Lag.md");
});

test("without front matter the file's name is the alert, in any case of letters", () => {
  const library = libraryOf({ "content/runbooks/node/NodeClockSkewDetected.md": "# x" });
  assert.equal(
    library.runbookFor("nodeclockskewdetected")?.file,
    "content/runbooks/node/NodeClockSkewDetected.md",
  );
  assert.equal(library.runbookFor("NodeClock"), undefined);
});

test("in a page with a heading per alert the heading is the alert, with what stands below it", () => {
  const library = libraryOf({
    "playbooks.md":
      "# Playbooks\n\n### MimirIngesterUnhealthy\n\nIt is sick.\n\n#### How to fix\n\nHeal.\n\n### `MimirRequestErrors`\n\nOops.\n",
  });
  assert.equal(library.runbookFor("MimirIngesterUnhealthy")?.file, "playbooks.md");
  assert.deepEqual(
    library.runbookSections("MimirIngesterUnhealthy").map(({ title }) => title),
    ["MimirIngesterUnhealthy", "How to fix"],
  );
  assert.deepEqual(
    library.runbookSections("MimirRequestErrors").map(({ text }) => text),
    ["Oops."],
  );
  assert.deepEqual(library.runbookSections("Nothing"), []);
});

test("two pages that claim one alert are a problem that names both, and the first keeps it", () => {
  const library = libraryOf({
    "a.md": "---\nalerts: [X]\n---\n# A",
    "b.md": "---\nalerts: [X]\n---\n# B",
  });
  assert.equal(library.runbookFor("X")?.file, "a.md");
  assert.deepEqual(library.problems, [
    { file: "b.md", line: 1, reason: "alert X already has its runbook in a.md, which is used" },
  ]);
});

test("sections are found by their id and listed by their page", () => {
  const library = libraryOf({ "a.md": "# A\n\n## B\n" });
  assert.equal(library.section("a.md#b")?.title, "B");
  assert.equal(library.section("a.md#c"), undefined);
  const [page] = library.pages;
  assert.ok(page !== undefined);
  assert.deepEqual(library.sectionsOf(page), library.sections);
});
