/** A page of megabytes: what is used of it has an end, what is left out is said, and the rest stays. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { readPage } from "../../src/knowledge/read-page.ts";

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

test("sections, alerts, symptoms and logs beyond what is used are counted, with the first of them", () => {
  const front = [
    `alerts:\n${many(600, (n) => `  - Alert${n}\n`)}`,
    `symptoms:\n${many(1_500, (n) => `  - thing ${n}\n`)}`,
    `logs:\n${many(2_100, (n) => `  - "error ${n} of disk"\n`)}`,
    `sections:\n  s-1:\n    symptoms:\n${many(700, (n) => `      - other ${n}\n`)}`,
  ].join("");
  const page = pageOf(`---\n${front}---\n# T\n\n${many(2_500, (n) => `## S ${n}\n\nx\n\n`)}`);
  assert.deepEqual(
    [page.sections.length, page.alerts.length, page.logs.length],
    [2_000, 500, 2_000],
  );
  const ofSections = page.sections.flatMap(({ symptoms }) => symptoms);
  assert.equal(page.symptoms.length + ofSections.length, 2_000);
  for (const said of [
    /^501 of its sections are not used/,
    /^100 of its alerts/,
    /^200 of its symptoms/,
    /^100 of its logs/,
  ]) {
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

test("lists in lists without an end are refused, before a parser follows them", () => {
  const text = many(2_000, (n) => `${"  ".repeat(n)}- x\n`);
  const read = readPage({ file: "A.md", folder: "knowledge", text });
  assert.ok(read.kind === "problem");
  assert.match(read.problem.reason, /nested too deeply/);
  assert.equal(read.problem.line, 251);
});
