/** What a page's front matter says, and what is said of a mistake in it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { readPage } from "../../../src/knowledge/read-page.ts";
import { pageOf, read } from "../read-texts.ts";

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
