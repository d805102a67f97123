import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "../../src/knowledge/page.ts";
import { readPage } from "../../src/knowledge/read-page.ts";

function read(text: string, file = "runbooks/StreamlineDown.md") {
  return readPage({ file, folder: "knowledge", text });
}

function pageOf(text: string, file?: string): Page {
  const result = read(text, file);
  assert.equal(result.kind, "page");
  return result.page;
}

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

test("front matter gives title, alerts, words and checks, and checks know their line", () => {
  const page = pageOf(
    "---\ntitle: Down\nalerts: [StreamlineDown]\nsymptoms: it is gone\nlogs: [panicked at]\nchecks:\n" +
      "  - id: one\n    expr: up == 0\n  - id: two\n---\n# Down\n",
  );
  assert.equal(page.kind, "runbook");
  assert.deepEqual(page.alerts, ["StreamlineDown"]);
  assert.deepEqual(page.symptoms, ["it is gone"]);
  assert.deepEqual(page.logs, ["panicked at"]);
  assert.deepEqual(page.checks, [
    { value: { id: "one", expr: "up == 0" }, line: 7 },
    { value: { id: "two" }, line: 9 },
  ]);
  assert.equal(page.sections[0]?.line, 11);
});

test("front matter attaches words to a section by its anchor", () => {
  const page = pageOf(
    "---\nsections:\n  port-in-use:\n    symptoms: [port taken]\n    logs: [EADDRINUSE]\n---\n## Port in use\n",
  );
  assert.deepEqual(page.sections[0]?.symptoms, ["port taken"]);
  assert.deepEqual(page.sections[0]?.logs, ["EADDRINUSE"]);
});

test("a named section that the page does not have is a problem with its line; the page loads", () => {
  const result = read("---\ntitle: A\nsections:\n  gone:\n    symptoms: [x]\n---\n# A\n");
  assert.equal(result.kind, "page");
  assert.deepEqual(result.problems, [
    {
      file: "runbooks/StreamlineDown.md",
      line: 4,
      reason: 'front matter names a section "#gone" that the page does not have',
    },
  ]);
});

test("an unknown key is a problem with its line; the page loads", () => {
  const result = read("---\ntitle: A\nalert: [X]\n---\n# A\n");
  assert.equal(result.kind, "page");
  assert.deepEqual(
    result.problems.map(({ line, reason }) => [line, reason]),
    [[3, 'front matter has an unknown key "alert": did you mean alerts?']],
  );
});

test("keys of site generators are nobody's mistake", () => {
  const result = read("---\ntitle: A\nweight: 20\ndescription: b\n---\n# A\n");
  assert.equal(result.kind, "page");
  assert.deepEqual(result.problems, []);
});

test("a JavaScript block is reported and never run", () => {
  const mark = "__front_matter_ran";
  for (const language of [
    "js",
    "javascript",
    " js ",
    "JS",
    "coffee",
    "toml",
    "json",
    "__proto__",
  ]) {
    const result = read(`---${language}\nglobalThis.${mark} = true\n---\n# A\n\nText.\n`);
    assert.equal(result.kind, "page");
    assert.equal(result.page.sections[0]?.text, "Text.");
    assert.equal(result.problems[0]?.line, 1);
    assert.match(result.problems[0]?.reason ?? "", /front matter must be YAML/);
    assert.equal(Reflect.get(globalThis, mark), undefined);
  }
});

const ODD: readonly [string, string, number, RegExp][] = [
  ["YAML that does not parse", "---\ntitle: A\nalerts: a: b\n---\n# A", 3, /not YAML/],
  [
    "a key given twice",
    "---\ntitle: A\ntitle: B\n---\n# A",
    3,
    /not YAML: Map keys must be unique/,
  ],
  ["a wrong shape", "---\ntitle: A\nalerts:\n  a: 1\n---\n# A", 3, /alerts/],
  ["a wrong shape deeper down", "---\nsections:\n  a:\n    symptom: x\n---\n# A", 4, /sections\.a/],
  ["a kind of another tool", "---\ntitle: A\nkind: reference\n---\n# A", 3, /kind/],
  ["plain text", "---\njust a sentence\n---\n# A", 2, /keys and values/],
  ["a block without its end", "---\ntitle: A\n\n# A\n", 1, /not closed/],
];
for (const [what, text, line, reason] of ODD) {
  test(`front matter that is ${what} is named with file and line, and the page stays`, () => {
    const result = read(text);
    assert.equal(result.kind, "page");
    assert.ok(result.page.sections.some(({ title }) => title === "A"));
    const [problem] = result.problems;
    assert.equal(problem?.file, "runbooks/StreamlineDown.md");
    assert.equal(problem?.line, line);
    assert.match(problem?.reason ?? "", reason);
  });
}

test("YAML aliases that multiply are refused, not unfolded", () => {
  const rows = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
  for (let n = 1; n < 9; n += 1) {
    const from = String.fromCharCode(96 + n);
    const name = String.fromCharCode(97 + n);
    rows.push(`${name}: &${name} [${Array(10).fill(`*${from}`).join(", ")}]`);
  }
  const result = read(`---\n${rows.join("\n")}\n---\n# A`);
  assert.equal(result.kind, "page");
  assert.match(result.problems[0]?.reason ?? "", /not YAML/);
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

test("terms beside the page add to what its front matter says of a section", () => {
  const result = readPage({
    file: "A.md",
    folder: "knowledge",
    text: "---\nsections:\n  b:\n    symptoms: [one]\n---\n# A\n\n## B\n\nx\n",
    terms: { file: "A.terms.yaml", text: "b:\n  symptoms: two\n  logs: ['Failed to']\n" },
  });
  assert.ok(result.kind === "page");
  const section = result.page.sections.find(({ anchor }) => anchor === "b");
  assert.deepEqual(section?.symptoms, ["one", "two"]);
  assert.deepEqual(section?.logs, ["Failed to"]);
  assert.deepEqual(result.problems, []);
});

test("terms beside the page say what fills its commands, as front matter does", () => {
  const text = "# A\n\n## B\n\n```sh\na $\u007bTOPIC:?name it}\n```\n";
  const terms = { file: "A.terms.yaml", text: "fills: {TOPIC: topic}\nb:\n  symptoms: two\n" };
  const result = readPage({ file: "A.md", folder: "knowledge", text, terms });
  assert.ok(result.kind === "page");
  assert.deepEqual(result.page.fills, { TOPIC: ["topic"] });
  assert.deepEqual(result.page.sections.at(-1)?.fills, { TOPIC: ["topic"] });
  assert.deepEqual(result.problems, []);
});

for (const [what, text, line] of [
  ["an address as a placeholder", "fills: {STREAMLINE_HTTP: host}\n", 1],
  ["no YAML", "b:\n  - [\n", 3],
  ["a list", "- b\n", 1],
  ["a key twice", "b:\n  symptoms: [x]\nb:\n  symptoms: [y]\n", 3],
  ["an unknown key", "b:\n  sympt: [x]\n", 2],
  ["a map where words belong", "b:\n  symptoms: [x]\n  logs: {a: 7}\n", 3],
] as const) {
  test(`terms that are ${what} cost their words alone, and are named with their line`, () => {
    const page = { file: "A.md", folder: "knowledge", text: "# A\n\n## B\n\nx\n" };
    const result = readPage({ ...page, terms: { file: "A.terms.yaml", text } });
    assert.ok(result.kind === "page");
    assert.equal(result.page.sections.length, 2);
    assert.deepEqual(
      result.problems.map((problem) => [problem.file, problem.line]),
      [["A.terms.yaml", line]],
    );
  });
}

/** A page of three sections, and what was read of the terms beside it. */
function withTerms(text: string): {
  words: Readonly<Record<string, readonly string[]>>;
  problems: readonly (readonly [line: number, reason: string])[];
} {
  const page = { file: "A.md", folder: "knowledge", text: "# A\n\n## B\n\n## C\n\n## D\n" };
  const result = readPage({ ...page, terms: { file: "A.terms.yaml", text } });
  assert.ok(result.kind === "page");
  const words = result.page.sections.map(({ anchor, symptoms, logs }) => [
    anchor,
    [...symptoms, ...logs],
  ]);
  const problems = result.problems.map(({ line, reason }) => [line ?? 0, reason] as const);
  return { words: Object.fromEntries(words), problems };
}

for (const [what, bad, kept] of [
  ["a quote that is never closed", '  symptoms: [one, "two, three]\n', ["one", "three"]],
  ["a letter that YAML keeps for itself", "  symptoms: [one, @two, three]\n", ["one", "three"]],
  ["an unclosed quote in a row of lines", "  symptoms:\n  - one\n  - 'it's two'\n", ["one"]],
  ["a list in a list", "  symptoms: [one, [two], three]\n", ["one", "three"]],
  ["nothing at all", "  symptoms: [one, null, three]\n", ["one", "three"]],
  ["an unknown key beside it", "  symptoms: [one]\n  sympt: [two]\n", ["one"]],
  ["a bracket that is never closed", "  symptoms: [one\n", ["one"]],
  ["a mapping by accident", "  symptoms: [one, two: three]\n", ["one", "two: three"]],
] as const) {
  test(`a bad term costs itself alone and is named with its section and line: ${what}`, () => {
    const text = `b:\n  symptoms: [before]\nc:\n${bad}d:\n  logs: ['Failed to:']\n`;
    const { words, problems } = withTerms(text);
    assert.deepEqual(words["b"], ["before"]);
    assert.deepEqual(words["c"], kept);
    assert.deepEqual(words["d"], ["Failed to:"]);
    assert.equal(problems.length, 1, JSON.stringify(problems));
    const [line = 0, reason = ""] = problems[0] ?? [];
    assert.ok(line >= 4 && line <= 6, `${line}`);
    assert.match(reason, /the terms: c\b/);
  });
}

test("a section that stands twice in the terms has the words of both, and is named", () => {
  const { words, problems } = withTerms("b:\n  symptoms: [x]\nb:\n  symptoms: [y]\n");
  assert.deepEqual(words["b"], ["x", "y"]);
  assert.deepEqual(
    problems.map(([line]) => line),
    [3],
  );
});

test("a bad term in front matter costs itself alone, and the page keeps its title and alerts", () => {
  const result = read(
    "---\ntitle: Down\nalerts: [StreamlineDown, [x]]\nsymptoms: [gone, `dead`]\nfills: {A: a, b: c}\n---\n# D\n",
  );
  assert.ok(result.kind === "page");
  const { page, problems } = result;
  assert.equal(page.title, "Down");
  assert.deepEqual(page.alerts, ["StreamlineDown"]);
  assert.deepEqual(page.symptoms, ["gone"]);
  assert.deepEqual(page.fills, { A: ["a"] });
  assert.equal(problems.length, 3, JSON.stringify(problems));
});

test("a guarded step that no section has is named with its line", () => {
  const front =
    "---\nsteps: [{begins: Look, unless: one},\n  {begins: Not there, unless: one}]\n---\n";
  const text = `${front}\n# A\n\n## Diagnosis\n\n**1. Look.**\n`;
  const result = readPage({ file: "A.md", folder: "knowledge", text });
  assert.ok(result.kind === "page");
  assert.equal(result.problems.length, 1);
  assert.match(result.problems[0]?.reason ?? "", /Not there/);
  assert.ok((result.problems[0]?.line ?? 0) > 1);
});

test("an abbreviation in HTML says what it stands for", () => {
  const text = '# A\n\nThe <abbr title="write-ahead log">WAL</abbr> is <abbr>full</abbr>.\n';
  const result = readPage({ file: "a.md", folder: "/knowledge", text });
  assert.ok(result.kind === "page");
  assert.equal(result.page.sections[0]?.text, "The WAL (write-ahead log) is full.");
});

test("a title says the signs that it refers to", () => {
  const text = "---\ntitle: What&#39;s new &amp; old\n---\n\nText.\n";
  const result = readPage({ file: "a.md", folder: "f", text });
  assert.ok(result.kind === "page");
  assert.equal(result.page.title, "What's new & old");
});

test("a rule that begins a page is no front matter, and costs no words", () => {
  const read = readPage({
    file: "a.md",
    folder: "f",
    text: "---\n\n# Rule\n\nfirst\n\n---\n\nmore\n",
  });
  assert.ok(read.kind === "page");
  assert.equal(read.page.title, "Rule");
  assert.match(read.page.sections.map(({ text }) => text).join("\n"), /first\nmore/);
  assert.deepEqual(read.problems, []);
});

test("a page of Notion without a heading has its name without the number", () => {
  const file = "Runbooks/Disk full 0123456789abcdef0123456789abcdef.md";
  const result = readPage({ file, folder: "knowledge", text: "Free space.\n" });
  assert.ok(result.kind === "page");
  assert.equal(result.page.title, "Disk full");
});

test("a tag of no known name that holds nothing shows nothing, and a placeholder stays", () => {
  const text = "Ask incident.<unlink></unlink>io about <topic>.</content>\n";
  const read = readPage({ file: "p.md", folder: "x", text });
  assert.ok(read.kind === "page");
  assert.equal(read.page.sections[0]?.text, "Ask incident.io about <topic>.");
});

test("what a form offers to choose from is read", () => {
  const text =
    "<label>Kind</label>\n<select name='k' required>\n  <option value='a'>Violence</option>\n  <option>Private data</option>\n</select>\n";
  const read = readPage({ file: "p.md", folder: "x", text });
  assert.ok(read.kind === "page");
  assert.match(read.page.sections[0]?.text ?? "", /Kind\s+Violence; Private data/);
});

/** Every word of what follows is nobody else's: each page stands for a kind. */
function shownOf(text: string) {
  const section = pageOf(text, "a.md").sections.at(-1);
  return { title: section?.title, markdown: section?.markdown, text: section?.text };
}

test("a frame or a video is a link to what it shows, and a tag that shows nothing is not shown", () => {
  const frame = shownOf('# A\n\nOne.\n\n<iframe src="https://a.example/m?x=1" width=9></iframe>\n');
  assert.match(
    frame.markdown ?? "",
    /\[https:\/\/a\.example\/m\]\(https:\/\/a\.example\/m\?x=1\)$/,
  );
  const titled = shownOf('# A\n\n<object data="m.svg" title="The map"></object>\n');
  assert.equal(titled.markdown, "[The map](m.svg)");
  const empty = shownOf('# A\n\nOne.\n\n<span class="gap">\n\nTwo.\n');
  assert.equal(empty.markdown, "One.\n\nTwo.");
});

test("pictures of a heading begin its section, and name it where it has no words", () => {
  const badge = shownOf("# Broker [![build](b.svg)](https://ci.example)\n\nText.\n");
  assert.deepEqual(badge, {
    title: "Broker",
    markdown: "[![build](b.svg)](https://ci.example)\n\nText.",
    text: "build\nText.",
  });
  assert.equal(shownOf("# ![Cluster map](m.png)\n").title, "Cluster map");
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

test("pictures part the words beside them, and a frame of a key around one is no code", () => {
  const text = shownOf(
    '# A\n\n<p>\n  <kbd><img src="a.png" alt="The lag" \\></kbd>\n</p>\n\n[![One](b.svg)](c)[![Two](d.svg)](e)\n',
  );
  assert.equal(text.markdown, "![The lag](a.png)\n\n[![One](b.svg)](c)[![Two](d.svg)](e)");
  assert.equal(text.text, "The lag\nOne Two");
  const keys = shownOf("# A\n\nPress <kbd>Ctrl+F</kbd><kbd>Cmd+F</kbd>.\n");
  assert.equal(keys.markdown, "Press `Ctrl+F` `Cmd+F`.");
});

test("a list within bold HTML keeps its words apart", () => {
  const text = "# A\n\n<b>\n\n  - one\n  - two\n\n</b>\n";
  assert.match(shownOf(text).text ?? "", /one\s+two/);
});

test("a heading that is folded in, as references have it, begins its section", () => {
  const text =
    "# R\n\n<details>\n<summary>\n\n## `kind` <b>text</b> {#spec-kind}\n\nSays what it is.\n\n</summary>\n\nMore.\n\n</details>\n\n<details><summary>Plain</summary>\n\nX.\n\n</details>\n";
  const [, section] = pageOf(text).sections;
  assert.equal(section?.id, "runbooks/StreamlineDown.md#spec-kind");
  assert.equal(section.text, "Says what it is.\nMore.\nPlain\nX.");
});

test("HTML whose levels stand four columns further in is no code, and neither is what it holds", () => {
  const text =
    "# A\n\n<details>\n    <summary><b>Show</b></summary>\n    ```yaml\n    a:\n      b: 1\n    ```\n</details>\n\n<div>\n    <div>\n        <p>\n            See [it](b.md).\n        </p>\n    </div>\n\n    <div>\n        <p>End.</p>\n    </div>\n</div>\n";
  assert.equal(
    pageOf(text).sections[0]?.markdown,
    "**Show**\n\n```yaml\na:\n  b: 1\n```\n\nSee [it](b.md).\n\nEnd.",
  );
});

test("code that stands apart within HTML stays code", () => {
  const text = "# A\n\n<div>\n\n    <p>sample</p>\n\n</div>\n";
  assert.match(pageOf(text).sections[0]?.markdown ?? "", /^(?: {4}|```\n)<p>sample<\/p>/);
});

test("a row with more cells than its head keeps them beside HTML", () => {
  const { text } = shownOf("# A\n\n| a |\n|---|\n| b<br>c | d |\n");
  assert.match(text ?? "", /b\s+c\s+d/);
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

test("code within HTML keeps its title", () => {
  const { text, markdown } = shownOf('# A\n\n<div>\n\n```ini title="a.ini"\nb\n```\n\n</div>\n');
  assert.equal(text, "a.ini\nb");
  assert.match(markdown ?? "", /\*\*a\.ini\*\*\n\n```ini\nb\n```/);
});

test("a footnote in an item beside HTML keeps its words", () => {
  const { text } = shownOf("# A\n\n- <b>a</b>[^1]\n\n  [^1]: Its note.\n");
  assert.match(text ?? "", /Its note\./);
});

test("the letters behind an abbreviation belong to its word", () => {
  const short = '<abbr title="Application interface">API</abbr>';
  const { text } = shownOf(`# A\n\nMany ${short}s, the ${short}'s end, ${short}.\n`);
  const long = "(Application interface)";
  assert.equal(text, `Many APIs ${long}, the API's ${long} end, API ${long}.`);
});

test("badges side by side are words apart, and parts of code are not", () => {
  const span = '<span class="a">One</span><span class="b">Two</span>';
  assert.equal(shownOf(`# A\n\n- ${span}\n`).text, "One Two");
  assert.equal(shownOf(`# A\n\n<pre>${span}</pre>\n`).text, "OneTwo");
  const named = "<strong>One</strong><span>Two</span>";
  assert.equal(shownOf(`# A\n\n<div>${named}</div>\n`).text, "One Two");
  assert.equal(shownOf(`# A\n\n<div>x ${named}</div>\n`).text, "x OneTwo");
});
