/** What MarkBind adds to Markdown. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { testHabits } from "../../support/habits.ts";
import { shownOf } from "../read-texts.ts";

testHabits([
  [
    "a picture with points in it, and one in an item",
    'See <b>it</b>:\n\n<annotate src="a.png" width="500" alt="A rack">\n  <!-- left -->\n  <a-point x="2%" y="2%" header="Disk" content="It is full" label="1"/>\n  <a-point x="3%" y="3%" size="60"/>\n</annotate>\n\n* Look:\n        <pic src="b.png" alt="A log">\n        more',
    'See <b>it</b>:\n\n<img src="a.png" width="500" alt="A rack">\n  <!-- left -->\n- 1: Disk: It is full\n\n\n\n* Look:\n        <img src="b.png" alt="A log">\n        more',
  ],
  [
    "what lays out, what a browser is told, and a rule with a look",
    '<d-table sortable>\n| A | B |\n|---|---|\n| 1 | 2 |\n</d-table>\n\n<head-top>\n<meta name="x">\n</head-top>\n\n--- {.dotted}\n\nA',
    "\n| A | B |\n|---|---|\n| 1 | 2 |\n\n\n\n\n\n\n***\n\nA",
  ],
  [
    "drawings, and a file among words",
    '<mermaid>\ngraph TD;\n  A-->B;\n</mermaid>\n\n<puml name="a">\nb -> c\n</puml>\n\nSee <include src="d.md#e" /> and `<include src="f" />`.',
    '```\ngraph TD;\n  A-->B;\n```\n\n```\nb -> c\n```\n\nSee [d.md#e](d.md#e) and `<include src="f" />`.',
  ],
]);

test("a box says its kind without quotes, over lines and without an end", () => {
  const { markdown = "" } = shownOf(
    '# A\n\n<box type=warning seamless>\n\nTake care.\n</box>\n\n<question type="text" header="Which disk?"\n   threshold=0.75 hint="The full one.">\n\nThink.\n</question>\n\n<tooltip content="From `1`.<br>To 6">levels</tooltip>\n\n<panel header="More of it" src="b.md" no-close />',
  );
  assert.match(markdown, /^\*\*Warning\*\*\s+Take care\./);
  assert.match(markdown, /Which disk\?/);
  assert.match(markdown, /The full one\./);
  assert.match(markdown, /From 1\. To 6/);
  assert.match(markdown, /More of it/);
  assert.doesNotMatch(markdown, /type=|threshold|no-close/);
});

test("words between two calls in a line are no part of a call", () => {
  const { text = "" } = shownOf("# A\n\n{{ link('a') }} and then {{ link('b') }}");
  assert.match(text, /and then/);
});
