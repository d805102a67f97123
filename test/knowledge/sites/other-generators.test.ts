/** Habits of generators that few sites have: scenarios, slides, DocC, Retype, and components written small. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { plainMarkdown } from "../../../src/knowledge/sites/habits.ts";
import { sectionsOf, testHabits } from "../../support/habits.ts";

const lines = (...all: readonly string[]): string => all.join("\n");

testHabits([
  [
    "a fence around a component of MDX, and texts in its elements",
    "```mdx-code-block\nimport A from 'a';\n\n<Tabs>\n<TabItem label=\"B\">\n```\n\nc\n\n```js\nd\n```\n\n```mdx-code-block\n</TabItem>\n</Tabs>\n```",
    "\n\n\n\n## B\n\n\nc\n\n```js\nd\n```\n\n\n\n\n",
  ],
  [
    "remarks as fences whose header has words behind it, a quote too few, or two sides",
    '```warn header="A `b` c" And d.\ne\n````\n\n``` smart header="f\ng\n```\n\n```compare plus="h" minus="i"\nj\n```',
    "**Warning: A `b` c: And d.**  \ne\n\n\n**Note: f**  \ng\n\n\n**h; i**  \nj\n",
  ],
  [
    "a remark written as a fence, with code in it and in code",
    '````smart header="Of `a`"\nb\n```js run\nc\n```\n````\n\n```warn\nd\n```\n[edit src="e.zip" title="E"]\n\n````md\n```warn\n````',
    "**Note: Of `a`**  \nb\n```js run\nc\n```\n\n\n**Warning**  \nd\n\n[E](e.zip)\n\n````md\n```warn\n````",
  ],
  [
    "a command to click behind a fence and behind code",
    lines(
      "```sh",
      "df -h",
      "```{{execute T1}}",
      "",
      "Leave `top`{{exec}}, with `^C`{{execute ctrl-seq}}.",
    ),
    lines("```sh", "df -h", "```", "", "Leave `top`, with `^C`."),
  ],
  [
    "a slide with its properties, marks and stop",
    lines(
      "# Disks",
      "",
      "---",
      "",
      "class: extra-details",
      "",
      "## Full",
      "",
      "--",
      "",
      ".lab[",
      "",
      "- Run `df`",
      "",
      "]",
      "",
      ".footnote[See [the list](a.md) too, and `.x[0]`.]",
      "",
      "???",
      "",
      "Ask them.",
    ),
    lines(
      "# Disks",
      "",
      "---",
      "",
      "",
      "",
      "## Full",
      "",
      "",
      "",
      "",
      "",
      "- Run `df`",
      "",
      "",
      "",
      "See [the list](a.md) too, and `.x[0]`.",
      "",
      "**Notes**  ",
      "",
      "Ask them.",
    ),
  ],
  [
    "a link of DocC",
    "See <doc:Memory-Safety#Two-Writers>, [this](doc:Locks) and `<doc:X>`.",
    "See [Memory Safety > Two Writers](Memory-Safety.md#Two-Writers), [this](Locks.md) and `<doc:X>`.",
  ],
  [
    "templates of Retype",
    '{{~ for $i in list ~}}\na {{ $i.tags | array.join ", " }} `{{ $i | array.b }}`\n{{~ end ~}}\n\n{{~\nb = [ "c" ]\n~}}\n\n| [!badge D] { .e style="f: g;" } | h |',
    '\na `i.tags` `{{ $i | array.b }}`\n \n\n```\nb = [ "c" ]\n```\n\n| D | h |',
  ],
  [
    "code that Nunjucks keeps for a filter",
    '{%- set code %}{% raw %}\n---\na: {{ b }}\n---\n{% endraw %}{%- endset %}\n{{ code | highlight("yaml") | safe }}\n\n{% set name %}Ann{% endset %}\n\n```\n{% set code %}\nc\n{% endset %}\n```',
    "\n```yaml\n---\na: {{ b }}\n---\n```\n\nAnn\n\n```\n{% set code %}\nc\n{% endset %}\n```",
  ],
  [
    "the same within tags, and in a tag of Jekyll beside another",
    '<div>\n{% set code %}\na < b\n\nc\n{% endset %}\n{{ code | highlight("sh") }}\n</div>\n\n{% highlight "yaml" %}{% raw %}\nd: {{ e }}\n{% endraw %}{% endhighlight %}',
    "<div>\n<!---->\n<pre>\na &lt; b\n<!---->\nc\n</pre>\n</div>\n\n```yaml\nd: {{ e }}\n```",
  ],
  [
    "a card that leads elsewhere by its own words, and by its title",
    '<Card href="/a/" :showFooter=false>One *b*</Card>\n\n<Card to="/c" cardTitle="Two">Words</Card>\n\n<Card href="/d">See [it](e.md)</Card>',
    "[One *b*](/a/)\n\n**[Two](/c):** Words\n\nSee [it](e.md)",
  ],
  [
    "front matter, code and pictures of MarkBind",
    '<frontmatter>\n  title: "A"\n</frontmatter>\n\n<include src="b.md" boilerplate >\n<variable name="highlightStyle">html</variable>\n<variable name="code">\n<c-d e>\n</variable>\n</include>\n\nIn <include src="f.md#g" inline trim />: <pic src="h.png" alt="I"/>\n\n```\n<pic src="j.png">\n<frontmatter>\n</frontmatter>\n```',
    '\n\n\n\n\n\n```\n<c-d e>\n```\n\n\nIn [f.md#g](f.md#g): <img src="h.png" alt="I"/>\n\n```\n<pic src="j.png">\n<frontmatter>\n</frontmatter>\n```',
  ],
  [
    "a tag whose value holds code and a tag",
    'Get <tooltip content="All `.a` of <b>">pages</tooltip> and `<tooltip content="c">`.',
    'Get pages (All .a of &lt;b&gt;) and `<tooltip content="c">`.',
  ],
  [
    "tabs of VitePress with two signs",
    ":::tabs key:os\n== Linux\nRun `a`.\n:::\n\n== b\n\n```\n:::tabs\n== c\n```",
    "\n## Linux\nRun `a`.\n\n<!--:goes on below 1-->\n== b\n\n```\n:::tabs\n== c\n```",
  ],
  [
    "a tab of Retype",
    lines("+++ Linux :icon-terminal:", "Run it.", "+++ Windows", "Click it.", "+++", "", "After."),
    lines("## Linux", "Run it.", "## Windows", "Click it.", "", "", "After."),
  ],
  [
    "a remark, a panel, a step and a column of Retype",
    lines(
      "!!!danger Stop",
      "No way back.",
      "!!!",
      "",
      "==- More",
      "Words.",
      "===",
      "",
      ">>> First",
      "a",
      ">>>",
      "",
      "||| Left",
      "b",
      "|||",
    ),
    lines(
      "**Danger: Stop**  ",
      "No way back.",
      "",
      "",
      "**More**  ",
      "Words.",
      "",
      "",
      "**First**  ",
      "a",
      "",
      "",
      "**Left**  ",
      "b",
      "",
    ),
  ],
  [
    "a component of Retype in brackets",
    'On [!badge text="Linux" variant="dark"] and [!badge Mac], [!button text="Start" icon="x"](a.md) or [!ref](b.md), {%{`{{ x }}`}%}.',
    "On Linux and Mac, [Start](a.md) or [b.md](b.md), `{{ x }}`.",
  ],
  [
    "a tab that its author writes small",
    lines("<tab label='Linux'>", "", "```sh", "<tab label='x'>", "```", "", "</tab>"),
    lines("## Linux", "", "```sh", "<tab label='x'>", "```", "", ""),
  ],
  [
    "a box that its author writes small",
    lines('<box type="tip" header="Order" seamless>', "", "First this.", "", "</box>"),
    lines("**Tip: Order**  ", "", "First this.", "", ""),
  ],
  [
    "a remark that is called a highlight",
    lines('<Highlight type="warning">', "Take `care`.", "</Highlight>"),
    lines("**Warning**  ", "Take `care`.", ""),
  ],
  [
    "a tag of Markdoc, its end, and one alone",
    lines(
      '{% callout type="note" %}',
      "Take care.",
      "{% /callout %}",
      "",
      "{% image width=40 /%}",
      "",
      "After.",
    ),
    lines("**Note**  ", "Take care.", "", "", "", "", "After."),
  ],
  [
    "what Markdoc gives a heading, and a value",
    lines("## Disks {% #disks .big %}", "", "Ask {% $user.name %}, not `{% $x %}`. {% .primary %}"),
    lines("## Disks {#disks}", "", "Ask `name`, not `{% $x %}`."),
  ],
  [
    "a heading that only names the page",
    lines("# {% $markdoc.frontmatter.title %}", "", "Words.", "", "# {{ $frontmatter.title }}"),
    lines("", "", "Words.", "", ""),
  ],
  [
    "a component of Vue with a value without quotes",
    '<Card href="/a" :isOpen=false @click="go" title="Start">Run it</Card>',
    "**[Start](/a):** Run it",
  ],
  [
    "what a page includes right before a word",
    '<a href="a.md">{% include "b.svg" %}Start</a>',
    '<a href="a.md"> Included file: b.svg Start</a>',
  ],
  [
    "a drawing in a shortcode",
    lines("{{< mermaid >}}", "graph TD", "  A:::x --> B", "{{< /mermaid >}}"),
    lines("```mermaid", "graph TD", "  A:::x --> B", "```"),
  ],
]);

test("code with signs of these generators stays as it is", () => {
  const code = [
    "+++ Linux",
    "!!!",
    ".lab[",
    "--",
    "]",
    "@@snip [x](/a) { #b }",
    "@ref[x](y) [!badge x] <doc:A>",
    "`a`{{execute}}",
    "```{{copy}}",
  ];
  const words = ["+++ A", "", "+++", "", "!!!", "b", "!!!", "", "See @ref[x](y) and `z`{{copy}}."];
  for (const fence of ["~~~~", "````"]) {
    const written = [fence, ...code, fence, "", "---", "", "class: x", "", "---", "", ...words];
    const plain = plainMarkdown(written.join("\n")).split("\n");
    assert.deepEqual(plain.slice(1, 1 + code.length), code);
  }
});

test("an element of a site's own shows what it holds", () => {
  const page =
    '# A\n\n<an-island on:visible import="/a.js">\n<its-tabs class="x" flat>\n\nRun it on <one-host>.\n\n</its-tabs>\n</an-island>\n';
  assert.equal(sectionsOf(page)[0]?.markdown, "Run it on \\<one-host>.");
});

test("a page that only has rules, dashes or words in brackets is no slides", () => {
  const page = "A\n\n---\n\nname the file .env[0]\n\n--\n";
  assert.equal(plainMarkdown(page), page);
  const records = "A\n\n---\nname: broker-1\nlayout: two racks\n\n---\nname: broker-2\n";
  assert.equal(plainMarkdown(records), records);
});

test("what a tag around code holds stays as it is", () => {
  const [section] = sectionsOf(
    "# A\n\n```yaml\n+++ {}\n=== x\n```\n\n<pre>\n```{{execute}}\n</pre>\n\nRun `b`{{execute}}.",
  );
  assert.match(section?.markdown ?? "", /```\{\{execute\}\}/);
  assert.match(section?.markdown ?? "", /Run `b`\.$/);
});
