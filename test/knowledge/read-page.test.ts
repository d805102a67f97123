/** A page's sections, headings and titles, and what costs a page more than its own place. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { readPage } from "../../src/knowledge/read-page.ts";
import { pageOf, shownOf } from "./read-texts.ts";

test("a page becomes sections by heading, with the path of headings that leads to each", () => {
  const page = pageOf(
    "# Streamline is down\n\nFirst.\n\n## Meaning\n\nIt is gone.\n\n### Deeper\n\nX.\n",
  );
  assert.deepEqual(
    page.sections.map(({ id, level, line, headings, text }) => ({
      id,
      level,
      line,
      headings,
      text,
    })),
    [
      {
        id: "runbooks/StreamlineDown.md#streamline-is-down",
        level: 1,
        line: 1,
        headings: ["Streamline is down"],
        text: "First.",
      },
      {
        id: "runbooks/StreamlineDown.md#meaning",
        level: 2,
        line: 5,
        headings: ["Streamline is down", "Meaning"],
        text: "It is gone.",
      },
      {
        id: "runbooks/StreamlineDown.md#deeper",
        level: 3,
        line: 9,
        headings: ["Streamline is down", "Meaning", "Deeper"],
        text: "X.",
      },
    ],
  );
});

test("a heading of a higher level closes the path of the lower ones", () => {
  const page = pageOf("# A\n\n## B\n\n### C\n\n## D\n");
  assert.deepEqual(page.sections.at(-1)?.headings, ["A", "D"]);
});

test("a number sign inside a code block is code, and the block stays whole", () => {
  const code = "```sh\n# not a heading\ncurl -s localhost:9094/health\n```";
  const page = pageOf(`# A\n\n${code}\n`);
  assert.equal(page.sections.length, 1);
  assert.equal(page.sections[0]?.markdown, code);
  assert.match(page.sections[0]?.text ?? "", /# not a heading\ncurl/);
});

test("an underlined title is a heading like any other", () => {
  const page = pageOf("Title\n=====\n\ntext\n\nSecond\n------\n");
  assert.deepEqual(
    page.sections.map(({ title, level }) => [title, level]),
    [
      ["Title", 1],
      ["Second", 2],
    ],
  );
  assert.equal(page.title, "Title");
});

test("anchors are GitHub's: repeated headings are numbered, marks and capitals go", () => {
  const page = pageOf("## Fix it!\n\n## Fix it!\n\n## `kafka_lag` & Überlauf\n");
  assert.deepEqual(
    page.sections.map(({ anchor }) => anchor),
    ["fix-it", "fix-it-1", "kafka_lag--überlauf"],
  );
});

test("a heading inside a list or a quotation takes its anchor but opens no section", () => {
  const page = pageOf("> ## Note\n\n## Note\n\ntext\n");
  assert.deepEqual(
    page.sections.map(({ anchor }) => anchor),
    ["", "note-1"],
  );
});

test("text before the first heading belongs to the page's own section", () => {
  const page = pageOf("---\ntitle: My page\n---\n\nHello there.\n\n## B\n");
  const [own] = page.sections;
  assert.equal(own?.id, "runbooks/StreamlineDown.md#");
  assert.equal(own?.title, "My page");
  assert.equal(own?.level, 0);
  assert.equal(own?.line, 5);
  assert.equal(own?.text, "Hello there.");
});

test("cells, items and paragraphs stay apart in the plain text", () => {
  const page = pageOf(
    "# A\n\n| metric | means |\n|---|---|\n| lag | behind |\n\n- one\n- two\n\nlast `code`\n",
  );
  assert.equal(page.sections[0]?.text, "metric means\nlag behind\none\ntwo\nlast code");
});

test("what nothing ends and hides the rest of a page is said with its line", () => {
  const told = (text: string): unknown => {
    const read = readPage({ file: "A.md", folder: "knowledge", text });
    return read.kind === "page" ? read.problems.map(({ line, reason }) => [line, reason]) : read;
  };
  assert.deepEqual(told("# A\n\na\n\n<!-- todo\n\n## B\n\nb\n"), [
    [5, '"<!--" is never ended, so the 4 lines below it are hidden: end it with "-->"'],
  ]);
  assert.deepEqual(told("# A\n\n<STYLE>\np {}\n"), [
    [3, '"<STYLE" is never ended, so the line below it is hidden: end it with "</style>"'],
  ]);
  assert.deepEqual(told("# A\n\n<!-- todo\n\n## B\n\n<!-- c -->\n\nd\n"), [
    [3, '"<!--" is never ended, so the 2 lines below it are hidden: end it with "-->"'],
  ]);
  assert.deepEqual(told("# A\n\n<!DOCTYPE\nb\n"), [
    [3, '"<!DOCTYPE" is never ended, so the line below it is hidden: end it with ">"'],
  ]);
  for (const fine of ["<!-- a\n\nb -->\n\nc", "a\n\n<!-- end", "```\n<!--\n\n```\n\nb"]) {
    assert.deepEqual(told(`# A\n\n${fine}\n`), [], fine);
  }
});

test("nesting that the parser would need minutes for is read less deep, and said with its line", () => {
  for (const deep of [">".repeat(100_000), "- ".repeat(20_000), "1. ".repeat(5_000)]) {
    const read = readPage({
      file: "A.md",
      folder: "knowledge",
      text: `# A\n\n${deep}a\n\n## B\n\nc\n`,
    });
    assert.ok(read.kind === "page");
    assert.equal(read.problems[0]?.line, 3);
    assert.match(read.problems[0]?.reason ?? "", /nested too deeply/);
    assert.deepEqual(
      read.page.sections.map(({ text }) => text),
      ["a", "c"],
    );
  }
});

test("pages by others load without front matter: the file's name or first heading is the title", () => {
  assert.equal(pageOf("no heading", "mimir/KubePodCrashLooping.md").title, "KubePodCrashLooping");
  assert.equal(pageOf("no heading", "mimir/KubePodCrashLooping.md").kind, "runbook");
  assert.equal(pageOf("# Redis survival guide", "docs/redis.md").kind, "guide");
  assert.equal(pageOf("# All runbooks", "runbooks/README.md").kind, "guide");
  assert.equal(pageOf("---\nkind: guide\n---\n# A", "runbooks/A.md").kind, "guide");
});

test("an empty file is a page without sections, and Windows line ends and a mark do not matter", () => {
  assert.deepEqual(pageOf("").sections, []);
  const page = pageOf("\uFEFF---\r\ntitle: A\r\n---\r\n\r\n# A\r\n\r\ntext\r\n");
  assert.equal(page.title, "A");
  assert.equal(page.sections[0]?.line, 5);
  assert.equal(page.sections[0]?.text, "text");
});

test("a title says the signs that it refers to", () => {
  const text = "---\ntitle: What&#39;s new &amp; old\n---\n\nText.\n";
  const result = readPage({ file: "a.md", folder: "f", text });
  assert.ok(result.kind === "page");
  assert.equal(result.page.title, "What's new & old");
});

test("a page of Notion without a heading has its name without the number", () => {
  const file = "Runbooks/Disk full 0123456789abcdef0123456789abcdef.md";
  const result = readPage({ file, folder: "knowledge", text: "Free space.\n" });
  assert.ok(result.kind === "page");
  assert.equal(result.page.title, "Disk full");
});

test("where a heading leads begins its section, unless the section leads there itself", () => {
  const [, away, there, defined] = pageOf(
    "# A\n\n## [Disks](disks.md) [#](#disks)\n\n## Go [on](b.md)\n\nRead [it](b.md).\n\n## `C` [v1][v]\n\nX.\n\n[v]: https://v.example\n",
  ).sections;
  assert.equal(away?.markdown, "[Disks](disks.md)");
  assert.equal(away.text, "");
  assert.equal(there?.markdown, "Read [it](b.md).");
  assert.match(defined?.markdown ?? "", /^\[v1\]\(https:\/\/v\.example\)\n\nX\./);
});

test("the title of code stands before it, as sites show it", () => {
  const text =
    "# A\n\nX\n```ini title=\"a_b.ini\"\nc\n```\n\n1. ```js {1} filename='d.js'\n   e\n   ```\n\n> ```ts [f.ts]\n> g[1]\n> ```\n";
  const [section] = pageOf(text).sections;
  assert.equal(
    section?.markdown,
    "X\n\n**a\\_b.ini**\n```ini title=\"a_b.ini\"\nc\n```\n\n1. **d.js**\n   ```js {1} filename='d.js'\n   e\n   ```\n\n> **f.ts**\n> ```ts [f.ts]\n> g[1]\n> ```",
  );
  assert.equal(section.text, "X\na_b.ini\nc\nd.js\ne\nf.ts\ng[1]");
  const { markdown } = shownOf('# A\n\n```sh title="For {{ version }}"\nb\n```\n');
  assert.match(markdown ?? "", /^\*\*For version\*\*\n/);
});

test("words right behind an address are found, as a reader sees where it ends", () => {
  const result = readPage({
    file: "a.md",
    folder: "knowledge",
    text: "# A\n\nSee <https://a.example/disks>for more, <https://b.example>에서.\n",
  });
  assert.equal(result.kind, "page");
  assert.equal(
    result.page.sections[0]?.text,
    "See https://a.example/disks for more, https://b.example 에서.",
  );
});
