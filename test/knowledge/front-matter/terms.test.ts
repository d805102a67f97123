/** The terms beside a page: the words that lead to its sections. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { readPage } from "../../../src/knowledge/read-page.ts";

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
