/** Front matter in the forms of other tools. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { readPage } from "../../../src/knowledge/read-page.ts";

test("TOML front matter is read", () => {
  const result = readPage({
    file: "x.md",
    folder: "f",
    text: '+++\ntitle = "Disk full"\nalerts = ["DiskFull"]\ndate = 2024-05-01\n+++\n\n## Fix\n\nFree space.\n',
  });
  assert.ok(result.kind === "page");
  assert.equal(result.page.title, "Disk full");
  assert.deepEqual(result.page.alerts, ["DiskFull"]);
  assert.equal(result.page.sections[0]?.line, 7);
});

test("front matter in TOML may begin at once and end in dashes, and no page of words does", () => {
  const text = 'title = "Disk full"\n[extra]\nurl = "https://e.example"\n\n---\n\n## Fix\n\nX.\n';
  const result = readPage({ file: "a.md", folder: "f", text });
  assert.ok(result.kind === "page");
  assert.equal(result.page.title, "Disk full");
  assert.deepEqual(
    result.page.sections.map(({ title }) => title),
    ["Fix"],
  );
  const words = readPage({ file: "a.md", folder: "f", text: "a = b of it\n\n---\n\nX.\n" });
  assert.ok(words.kind === "page");
  assert.match(words.page.sections.map(({ text: own }) => own).join(" "), /a = b of it/);
});

test("front matter in TOML may stand below empty lines, and may be empty", () => {
  for (const [text, title] of [
    ['\n\n+++\ntitle = "Disk full"\n+++\n## Fix\n\nX.\n', "Disk full"],
    ["+++\n+++\n## Fix\n\nX.\n", "a"],
  ] as const) {
    const read = readPage({ file: "a.md", folder: "k", text });
    assert.equal(read.kind, "page");
    assert.equal(read.page.title, title);
    assert.deepEqual(
      read.page.sections.map((section) => section.text),
      ["X."],
    );
  }
});

test("front matter in JSON is front matter, and an object that is none is text", () => {
  const page = (text: string) => {
    const result = readPage({ file: "a.md", folder: "f", text });
    assert.ok(result.kind === "page");
    return result.page;
  };
  const { title, alerts } = page('{\n  "title": "T",\n  "alerts": ["A"]\n}\n\n# H\n\nx\n');
  assert.deepEqual([title, alerts], ["T", ["A"]]);
  assert.match(page("{\nnot json\n}\n\n# H\n").sections[0]?.markdown ?? "", /not json/);
});

test("a title may begin with a capital, as Hugo reads it", () => {
  const read = readPage({ file: "a.md", folder: "", text: "---\nTitle: Disk full\n---\n\nx\n" });
  assert.ok(read.kind === "page");
  assert.deepEqual([read.page.title, read.problems], ["Disk full", []]);
});

test("front matter without its first dashes is some, and a heading with a colon is none", () => {
  const pageOf = (text: string) => {
    const read = readPage({ file: "a.md", folder: "f", text });
    assert.ok(read.kind === "page");
    return read.page;
  };
  const page = pageOf("title: Disk full\ntags:\n- a\n---\n\nx\n");
  assert.deepEqual([page.title, page.sections[0]?.line], ["Disk full", 6]);
  assert.equal(pageOf("title: Disk full and more\nwords\n---\n").sections[0]?.level, 2);
});

test("a title in front matter is shown without its HTML", () => {
  const titleOf = (title: string) => {
    const read = readPage({
      file: "a.md",
      folder: "f",
      text: `---\ntitle: "${title}"\n---\n\nx\n`,
    });
    return read.kind === "page" ? read.page.title : read.problem.reason;
  };
  assert.equal(titleOf("Log in <em>first</em> &amp; wait"), "Log in first & wait");
  assert.equal(titleOf("Reset <topic>"), "Reset <topic>");
  assert.equal(titleOf("{{< meta x >}} Logs"), "Logs");
});
