/** What pages are called that say no title. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { readPage } from "../../src/knowledge/read-page.ts";

function pageOf(text: string, file: string) {
  const result = readPage({ file, folder: "knowledge", text });
  assert.equal(result.kind, "page");
  return result.page;
}

test("a first heading above all others that says the file's name in words is the title", () => {
  const page = pageOf(
    "## broker ctl drain\n\nMoves leaders away.\n\n### Options\n\nNone.\n",
    "cli/broker_ctl_drain.md",
  );
  assert.equal(page.title, "broker ctl drain");
  assert.deepEqual(
    page.sections.map(({ headings }) => headings),
    [["broker ctl drain"], ["broker ctl drain", "Options"]],
    "the name stands once in each path",
  );
  assert.equal(pageOf("### Rolling a disk\n\nx\n", "rolling-disk.md").title, "Rolling a disk");
});

test("a first heading of other words, or one among equals, is no title", () => {
  for (const text of ["## Meaning\n\nx\n\n### More\n", "## Disk is full\n\nx\n\n## Disk\n\ny\n"]) {
    assert.equal(pageOf(text, "alerts/DiskFull.md").title, "DiskFull");
    assert.equal(pageOf(text, "alerts/disk.md").title, "disk");
  }
});

test("a page that stands for its folder is called like that, unless it says a title", () => {
  const text = "Text.\n\n## Before\n\nx\n\n## After\n\ny\n";
  for (const name of ["README.md", "index.md", "_index.md"]) {
    assert.equal(pageOf(text, `guides/disk-full/${name}`).title, "disk-full");
    assert.equal(pageOf(`# Disk full\n\n${text}`, `guides/disk-full/${name}`).title, "Disk full");
  }
  assert.equal(pageOf("Text.\n", "README.md").title, "README");
  assert.equal(pageOf("## Disk full\n\nx\n", "guides/disk-full/index.md").title, "Disk full");
});

test("a file's name is read with the signs that no file's name may hold, and without links", () => {
  assert.equal(pageOf("x\n", "pages/Disk%3A what%2Fwhere.md").title, "Disk: what/where");
  assert.equal(pageOf("x\n", "pages/[[Disks]]full.md").title, "Disks full");
  assert.equal(pageOf("x\n", "pages/100%25 of %E0%A4.md").title, "100%25 of %E0%A4");
});

test("a sign that leads to its heading is no word of a title, and no link of its section", () => {
  const page = pageOf(
    '# Disks [#](#disks)\n\n## Full[¶](https://a.example/d/#full "Permalink")\n\nx\n\n## C[#](b.md) rules\n\ny\n',
    "disks.md",
  );
  assert.deepEqual(
    page.sections.map(({ title, anchor, markdown }) => [title, anchor, markdown]),
    [
      ["Disks", "disks", ""],
      ["Full", "full", "x"],
      ["C# rules", "c-rules", "[#](b.md)\n\ny"],
    ],
  );
});
