/** A page of megabytes: what is used of it has an end, what is left out is said, and the rest stays. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Heading } from "mdast";
import { readPage } from "../../src/knowledge/read-page.ts";
import { sectionStarts } from "../../src/knowledge/sections/section-starts.ts";

function pageOf(text: string) {
  const read = readPage({ file: "runbooks/Big.md", folder: "knowledge", text });
  assert.ok(read.kind === "page");
  return { ...read.page, reasons: read.problems.map(({ reason }) => reason) };
}

function many(count: number, each: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => each(n)).join("");
}

test("a page of usual size is used whole", () => {
  const text = `---\nsymptoms:\n${many(300, (n) => `  - thing ${n}\n`)}---\n# T\n${many(300, (n) => `## S ${n}\n\nx\n\n`)}`;
  const { sections, symptoms, reasons } = pageOf(text);
  assert.deepEqual([symptoms.length, reasons], [300, []]);
  assert.ok(sections.length >= 300);
});

test("alerts, symptoms and logs beyond what is used are counted, with the first of them", () => {
  const front = [
    `alerts:\n${many(600, (n) => `  - Alert${n}\n`)}`,
    `symptoms:\n${many(1_500, (n) => `  - thing ${n}\n`)}`,
    `logs:\n${many(2_100, (n) => `  - "error ${n} of disk"\n`)}`,
    `sections:\n  s-1:\n    symptoms:\n${many(700, (n) => `      - other ${n}\n`)}`,
  ].join("");
  const page = pageOf(`---\n${front}---\n# T\n\n${many(2_500, (n) => `## S ${n}\n\nx\n\n`)}`);
  assert.deepEqual(
    [page.sections.length, page.alerts.length, page.logs.length],
    [2_501, 500, 2_000],
  );
  const ofSections = page.sections.flatMap(({ symptoms }) => symptoms);
  assert.equal(page.symptoms.length + ofSections.length, 2_000);
  for (const said of [/^100 of its alerts/, /^200 of its symptoms/, /^100 of its logs/]) {
    assert.ok(
      page.reasons.some((reason) => said.test(reason)),
      String(said),
    );
  }
});

test("checks are used as far as there is room for their texts", () => {
  const check = (n: number): string =>
    `  - {id: c${n}, title: "${"t".repeat(n === 3 ? 300_000 : 10)}"}\n`;
  const { checks, reasons } = pageOf(`---\nchecks:\n${many(600, check)}---\n# T\n\nx\n`);
  assert.equal(checks.length, 499);
  assert.match(reasons.join(), /101 of its checks are not used/);
});

test("one word of a megabyte costs its neighbours nothing", () => {
  const { symptoms, reasons } = pageOf(
    `---\nsymptoms: [disk is full, ${"x".repeat(1_000_000)}, writes fail]\n---\n# T\n\nx\n`,
  );
  assert.deepEqual(symptoms, ["disk is full", "writes fail"]);
  assert.match(reasons.join(), /^1 of its symptoms are not used/);
});

test("a page with ten thousand mistakes names some of them, and counts the others", () => {
  const sections = many(10_000, (n) => `  gone-${n}: {symptoms: [x ${n}]}\n`);
  const { reasons } = pageOf(`---\nsections:\n${sections}---\n# T\n\nx\n`);
  assert.ok(reasons.length <= 51);
  assert.match(reasons.at(-1) ?? "", /^and 9950 more problems/);
});

test("ten thousand keys that stand twice have what both say, and the first of them are named", () => {
  const keys = many(10_000, (n) => `k${n % 5_000}: x\n`);
  const { symptoms, reasons } = pageOf(`---\nsymptoms: [a]\n${keys}symptoms: [b]\n---\n# T\n\nx\n`);
  assert.deepEqual(symptoms, ["a", "b"]);
  assert.match(reasons[0] ?? "", /symptoms is not YAML: Map keys must be unique/);
});

test("lists in lists without an end are read less deep, and their words are kept", () => {
  const { sections, reasons } = pageOf(
    `# T\n\n${many(1_000, (n) => `${"  ".repeat(n)}- w${n}\n`)}\n# B\n\nb\n`,
  );
  assert.match(reasons.join(), /nested too deeply/);
  const text = sections.map((section) => section.text).join("\n");
  assert.deepEqual(text.split("\n"), [
    ...many(1_000, (n) => `w${n} `)
      .trim()
      .split(" "),
    "b",
  ]);
});

test("a generated reference of five thousand headings has a section for each of them", () => {
  const { sections, reasons } = pageOf(many(5_002, (n) => `## op${n}\n\nword${n}\n\n`));
  assert.deepEqual(
    sections.map(({ title, text }) => `${title} ${text}`),
    Array.from({ length: 5_002 }, (_, n) => `op${n} word${n}`),
  );
  assert.deepEqual(reasons, []);
});

test("a page with more headings than sections is read whole, and joins as few of them as it must", () => {
  const { sections, reasons } = pageOf(many(20_005, (n) => `# word${n}\n`));
  assert.equal(sections.length, 20_000);
  assert.match(reasons.join(), /^5 of its headings, from here on, are read within/);
  const words = sections.flatMap(({ title, text }) => [title, ...text.split("\n")]);
  assert.deepEqual(
    words.filter((word) => word !== ""),
    Array.from({ length: 20_005 }, (_, n) => `word${n}`),
  );
});

test("headings without room are spread over the page, the first of which begins a section", () => {
  const headings = [1, ...Array.from({ length: 12 }, () => [2, 3, 4, 4]).flat()].map(
    (depth, n) => ({ type: "heading", depth, children: [], data: { id: `${n}` } }) as Heading,
  );
  const begins = (most: number): string =>
    headings
      .map((heading) => (sectionStarts(headings, most).has(heading) ? heading.depth : "."))
      .join("");
  assert.equal(begins(100), `1${"2344".repeat(12)}`);
  assert.equal(begins(37), `1${"234.".repeat(12)}`);
  assert.equal(begins(19), `1${"23..2...".repeat(6)}`);
  assert.equal(begins(5), `1${"2...........".repeat(4)}`);
});

test("a section of a hundred screens is read in parts, each of which can be read alone", () => {
  const rows = many(3_000, (n) => `| ${n} | name${n} |\n`);
  const { sections } = pageOf(
    `# T\n\n## Codes\n\n| code | name |\n|---|---|\n${rows}\n## B\n\nb\n`,
  );
  const [, first, second] = sections;
  assert.deepEqual([first?.title, second?.title], ["Codes", "Codes (part 2)"]);
  assert.equal(second?.id, "runbooks/Big.md#codes:2");
  assert.match(second?.markdown ?? "", /^\| code \| name \|\n\|---\|---\|\n\| \d+ \| name/);
  assert.equal(sections.at(-1)?.title, "B");
  const text = sections.map((section) => section.text).join("\n");
  assert.ok(Array.from({ length: 3_000 }, (_, n) => n).every((n) => text.includes(`name${n}\n`)));
  const html = pageOf(`# T\n\n<div>${many(20_000, (n) => `w${n} `)}</div>\n`);
  assert.ok(html.sections.length > 1);
  assert.deepEqual(
    html.sections.flatMap((section) => section.text.split(/\s+/)),
    many(20_000, (n) => `w${n} `)
      .trim()
      .split(" "),
  );
});
