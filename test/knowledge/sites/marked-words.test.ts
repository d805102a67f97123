/** Changes, abbreviations, notes and lines that other dialects of Markdown mark. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { plainMarkdown } from "../../../src/knowledge/sites/habits.ts";
import { sectionsOf, testHabits } from "../../support/habits.ts";

testHabits([
  [
    "changes that are marked",
    "Wait {++two++}{--one--} {~~hours~>minutes~~}, {==twice==}{>>ask Ann<<}.",
    "Wait two minutes, **twice** (Remark: ask Ann).",
  ],
  [
    "a change over several lines, and an item that is gone",
    "- a\n- {--b--}\n- c\n\n{++\nnew\n++}\n\n{--\n\nold\n--}\nrest",
    "- a\n\n- c\n\n\nnew\n\n\n\n\n\n\nrest",
  ],
  [
    "abbreviations",
    "Mind the TTL.\n\n*[TTL]: time to live\n*[A B]: both of *them*\n*[x]: y*",
    "Mind the TTL.\n\n**TTL**: time to live\\\n**A B**: both of *them*\\\n*[x]: y*",
  ],
  [
    "lines of Pandoc",
    "| One `a`\n|   two\n|\n| # three\n  goes on\n| 4. four\n| **five**\n\n1. x\n\n   | a\n   | b",
    "One `a`\\\n\u00A0\u00A0two\n\n\\# three\n  goes on\\\n4\\. four\\\n**five**\n\n1. x\n\n   a\\\n   b",
  ],
  [
    "the same in a quote and in an item",
    "> | a\n> | b\n>\n> c\n\n- | d\n  | e\n\n> | F | G |\n> |---|---|\n> | f | g |",
    "> a\\\n> b\n>\n> c\n\n- d\\\n  e\n\n> | F | G |\n> |---|---|\n> | f | g |",
  ],
  [
    "words with attributes, also over two lines",
    'A [b]{lang="de"} ([{c,\nd}]{unknown-type="{c,d}"}) `[e]{.f}` x[5m]{job="a"}',
    'A b ({c,\nd}) `[e]{.f}` x[5m]{job="a"}',
  ],
  [
    "notes among words",
    "It waits.^[Only since\n3.2, see [it](a).] Then^[Here] ^[it stops] and^[[b](c)].",
    "It waits. (Only since\n3.2, see [it](a).) Then (Here) (it stops) and ([b](c)).",
  ],
  [
    "changes in a table of a tab",
    '=== "A"\n\n    | a | {++b++}{--c--} |\n    |---|---|\n    | {==d==} | `{++e++}` |\n\n        {++f++}\n<!--:goes on below 1-->\nG:\n\n    {++h++}',
    "## A\n\n| a | b |\n|---|---|\n| **d** | `{++e++}` |\n\n    {++f++}\n<!--:goes on below 1-->\nG:\n\n    {++h++}",
  ],
  [
    "ids with letters of other languages",
    "## Über {#über}\n## 概述 { #概述 .b }\n### 설치 {: #설치 }\n- Maß {#maß}\n- [x](y){#ä .b} und **c**{#項目}\n\nD `{#ö}`\n\n    e {#ü}",
    "## Über {#über}\n## 概述 {#概述}\n### 설치 {#설치}\n- Maß\n- [x](y) und **c**\n\nD `{#ö}`\n\n    e {#ü}",
  ],
]);

test("signs of such marks in code, tables, patterns and templates are left alone", () => {
  for (const text of [
    "`{++a++} {--b--}` and `` {>>c ` d<<} `` and `e.^[f g]`",
    "```\n{--a--}\n*[B]: c\n| d\n| e\nf.^[g h]\n```",
    "Below:\n\n    {--a--}\n    *[B]: c\n    - {++d++}\n    | e\n    | f\n    g.^[h i]",
    "{{-- a --}} {--b or {++c or \\{==d=\\=}",
    "| a | b |\n| --- | --- |\n| c | d |",
    "| a\n|---\n| b",
    "Begins with ^[a-z]+ or ^[A-Z a], x^[2], ^[[0m and e^[f](http://g).",
  ]) {
    assert.equal(plainMarkdown(text), text);
  }
});

test("many beginnings of such marks without an end are left alone", () => {
  for (const kind of ["{--", "{++a ", "{~~a~>", "a^[", "a^[b c] ", "| a\n", "*[a]: b\n", "^[ ] "]) {
    const text = `x ${kind.repeat(200_000)}`;
    assert.equal(plainMarkdown(text).split("\n").length, text.split("\n").length, kind);
  }
});

test("a picture right behind the words of a heading begins its section, whose title has none", () => {
  for (const heading of ["Disk ![](a.png)", "Disk![full](a.png)", "![](a.png) Disk"]) {
    const [section] = sectionsOf(`## ${heading}\n\nFree it.`);
    assert.equal(section?.title, "Disk");
    assert.match(section?.markdown ?? "", /^!\[(?:full)?\]\(a\.png\)\n\nFree it\.$/);
  }
});
