/** What the tests of habits of sites share. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Section } from "../../src/knowledge/page.ts";
import { readPage } from "../../src/knowledge/read-page.ts";
import { plainMarkdown } from "../../src/knowledge/sites/habits.ts";

export type Habit = readonly [habit: string, written: string, plain: string];

/** Tests that each is read as plain Markdown with as many lines. */
export function testHabits(habits: readonly Habit[]): void {
  for (const [habit, written, plain] of habits) {
    test(`${habit} is read`, () => {
      assert.equal(plainMarkdown(written), plain);
      assert.equal(plainMarkdown(written).split("\n").length, written.split("\n").length);
    });
  }
}

/** The sections of a page with this text. */
export function sectionsOf(text: string): readonly Section[] {
  const result = readPage({ file: "a.md", folder: "f", text });
  assert.ok(result.kind === "page");
  return result.page.sections;
}
