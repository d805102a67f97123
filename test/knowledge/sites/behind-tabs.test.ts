/** What stands behind a set of tabs is a part of the section that they stand in, and none of the last tab's. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { sectionsOf } from "../../support/habits.ts";

const SETS: Readonly<Record<string, string>> = {
  "of Docusaurus":
    '<Tabs>\n<TabItem value="a" label="A">\n\nx\n\n</TabItem>\n<TabItem value="b" label="B">\n\ny\n\n</TabItem>\n</Tabs>\n\n',
  "of Hugo":
    '{{< tabpane >}}\n{{% tab "A" %}}\nx\n{{% /tab %}}\n{{% tab "B" %}}\ny\n{{% /tab %}}\n{{< /tabpane >}}\n\n',
  "of GitBook":
    '{% tabs %}\n{% tab title="A" %}\nx\n{% endtab %}\n{% tab title="B" %}\ny\n{% endtab %}\n{% endtabs %}\n\n',
  "of MkDocs": '=== "A"\n\n    x\n\n=== "B"\n\n    y\n\n',
  "of PyMdown": "/// tab | A\nx\n///\n/// tab | B\ny\n///\n\n",
  "of MyST": "::::{tab-set}\n:::{tab-item} A\nx\n:::\n:::{tab-item} B\ny\n:::\n::::\n\n",
  "of MyST as fences": "````{tab} A\nx\n````\n\n````{tab} B\ny\n````\n\n",
  "of VuePress": "::: tabs\n@tab A\nx\n@tab B\ny\n:::\n\n",
  "of Quarto": "::: {.panel-tabset}\n\n### A\n\nx\n\n### B\n\ny\n\n:::\n\n",
  "of Docsify": "<!-- tabs:start -->\n\n### A\n\nx\n\n### B\n\ny\n\n<!-- tabs:end -->\n\n",
  "of DocFX": "# [A](#tab/a)\n\nx\n\n# [B](#tab/b)\n\ny\n\n---\n\n",
};

for (const [whose, set] of Object.entries(SETS)) {
  test(`behind tabs ${whose}, their section goes on`, () => {
    const sections = sectionsOf(`# T\n\n## Set it up\n\nBefore.\n\n${set}Then *start* it.\n`);
    assert.deepEqual(
      sections.slice(1).map(({ anchor, level, title, text }) => [anchor, level, title, text]),
      [
        ["set-it-up", 2, "Set it up", "Before."],
        ["a", 3, "A", "x"],
        ["b", 3, "B", "y"],
        ["set-it-up:2", 3, "Set it up (part 2)", "Then start it."],
      ],
    );
    assert.deepEqual(sections.at(-1)?.headings, ["T", "Set it up", "Set it up (part 2)"]);
    assert.equal(sections.at(-1)?.markdown, "Then *start* it.");
  });
}

function titlesOf(text: string): string[] {
  return sectionsOf(text).map(({ title, level }) => `${level} ${title}`);
}

test("a heading behind tabs, and tabs behind tabs, need no mark", () => {
  const [set] = Object.values(SETS);
  assert.deepEqual(titlesOf(`# T\n\n${set}## More\n\nz\n`), ["1 T", "2 A", "2 B", "2 More"]);
  assert.deepEqual(titlesOf(`# T\n\n${set}${set}`), ["1 T", "2 A", "2 B", "2 A", "2 B"]);
});

test("within a tab, tabs stand below it, and its own section goes on behind them", () => {
  const page =
    '# T\n\n=== "A"\n\n    === "C"\n\n        x\n\n    === "D"\n\n        y\n\n    Of A.\n\n=== "B"\n\n    z\n\nOf T.\n';
  const found = ["1 T", "2 A", "3 C", "3 D", "3 A (part 2)", "2 B", "2 T (part 2)"];
  assert.deepEqual(titlesOf(page), found);
});

test("two sets in a section have parts of it behind them, also above all headings and in HTML", () => {
  const set = SETS["of MkDocs"] ?? "";
  assert.deepEqual(titlesOf(`${set}One.\n\n${set}Two.\n`), [
    "2 A",
    "2 B",
    "0 a",
    "2 A",
    "2 B",
    "0 a",
  ]);
  const html = `# T\n\n<div>\n\n${SETS["of Hugo"]}One.\n\n</div>\n\nTwo.\n`;
  assert.deepEqual(titlesOf(html), ["1 T", "2 A", "2 B", "2 T (part 2)"]);
  assert.equal(sectionsOf(html).at(-1)?.text, "One.\nTwo.");
});

test("a remark in a tab ends with as many colons as its tabs, and none of them is lost", () => {
  const page = "# T\n\n::: tabs\n@tab A\nx\n::: tip\ny\n:::\n@tab B\nz\n:::\n\nAfter.\n";
  assert.deepEqual(titlesOf(page), ["1 T", "2 A", "2 B", "2 T (part 2)"]);
});

test("tabs in a step are no headings, and end nothing", () => {
  const page = '# T\n\n1. Run\n\n    === "A"\n\n        x\n\n2. Wait\n\nAfter.\n';
  assert.deepEqual(titlesOf(page), ["1 T"]);
});

test("tabs that are headings stand below their section, however their authors wrote them", () => {
  const page =
    '# T\n\n## Plot\n\n::: {.panel-tabset}\n\n## R\n\nx\n\n### More\n\ny\n\n## Py\n\nz\n\n:::\n\nAfter.\n\n=== "A"\n\n    b\n';
  const found = ["1 T", "2 Plot", "3 R", "4 More", "3 Py", "3 Plot (part 2)", "3 A"];
  assert.deepEqual(titlesOf(page), found);
});

test("footnotes behind tabs are no text of their own", () => {
  const page = '# T\n\nSee.[^1]\n\n=== "A"\n\n    x\n\n[^1]: A note.\n\n## B\n\ny\n';
  assert.deepEqual(titlesOf(page), ["1 T", "2 A", "2 B"]);
  const texts = sectionsOf(page).map(({ text }) => text);
  assert.ok(texts[1]?.endsWith("A note."), "what is shown at its mark is found, too");
});
