/** Pages of sites, as sections. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { sectionsOf } from "../../support/habits.ts";

test("emphasis, paragraphs and headings within each other cost no more than beside each other", () => {
  for (const tag of ["em", "summary", "b><h2"]) {
    const [section] = sectionsOf(`# T\n\n<div>x${`<${tag}>word `.repeat(200)}\n`);
    assert.equal(section?.text.match(/word/g)?.length, 200, tag);
  }
});

test("code of ReadMe keeps its lines, wherever it stands in an object", () => {
  const [section] = sectionsOf(
    '# T\n\n[block:code]\n{ "codes": [{ "language": "sh", "code": "df -h\\nrm <x>" }] }\n[/block]\n',
  );
  assert.match(section?.markdown ?? "", /```sh\ndf -h\nrm <x>\n```/);
});

test("a list of terms whose terms are headings has a section for each", () => {
  const term = (id: string) =>
    `    <dt >\n#### <code>${id}</code> [-x] {#${id}}\n    </dt>\n    <dd>\n      <p>Does\n        it.</p>\n    </dd>\n`;
  const sections = sectionsOf(`# T\n<dl>\n${term("add")}${term("drop")}</dl>\n\nAfter.\n`);
  assert.deepEqual(
    sections.map(({ anchor, title }) => [anchor, title]),
    [
      ["t", "T"],
      ["add", "add [-x]"],
      ["drop", "drop [-x]"],
    ],
  );
  assert.equal(sections[1]?.text, "Does it.");
});

test("macros of Confluence are read: remarks, code with its lines, titles and links", () => {
  const [section] = sectionsOf(
    '# T\n\n<ac:structured-macro ac:name="warning"><ac:parameter ac:name="title">Mind</ac:parameter><ac:rich-text-body><p>It <b>deletes</b>.</p></ac:rich-text-body></ac:structured-macro>\n\n<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">sh</ac:parameter><ac:plain-text-body><![CDATA[df -h\n\nrm <x>]]></ac:plain-text-body></ac:structured-macro>\n\n<p>See <ac:link><ri:page ri:content-title="Disk full" /></ac:link>.</p>\n\n```\n<ac:link>\n```\n',
  );
  assert.match(section?.markdown ?? "", /```\ndf -h\n\nrm <x>\n```/);
  for (const words of ["Warning", "Mind", "It deletes.", "See Disk full.", "<ac:link>"]) {
    assert.ok(section?.text.includes(words), words);
  }
  assert.doesNotMatch(section?.text ?? "", /structured-macro|CDATA|rich-text/);
});

test("links and footnotes that are defined elsewhere on the page go with the section", () => {
  const [first] = sectionsOf(
    "## A\n\nSee [the board][d] and this.[^1]\n\n## B\n\nx\n\n[d]: https://g.example/1\n[^1]: A note.\n",
  );
  assert.match(first?.markdown ?? "", /\[d\]: https:\/\/g\.example\/1/);
  assert.match(first?.markdown ?? "", /\[\^1\]: A note\./);
});

test("code that is indented keeps what it is, also at the beginning of a section", () => {
  const [indented, fenced] = sectionsOf(
    "# A\n\n    df -h\n    du\n\n# B\n\n  ```sh\n  rm x\n  ```\n",
  );
  assert.equal(indented?.markdown, "    df -h\n    du");
  assert.equal(fenced?.markdown, "  ```sh\n  rm x\n  ```");
});

test("an address without quotes is an address, and code that shows one stays", () => {
  const [section] = sectionsOf("# A\n\nOne <a href=https://a.example/b>two</a> `<a href=/c>`\n");
  assert.equal(section?.markdown, "One [two](https://a.example/b) `<a href=/c>`");
  const [halfQuoted] = sectionsOf('# A\n\nOne <a href=https://a.example/b">two</a>.\n');
  assert.equal(halfQuoted?.markdown, "One [two](https://a.example/b).");
});

test("divisions of Quarto are remarks, conditions or nothing, its keys and words of pictures are shown", () => {
  const shown = (text: string) =>
    sectionsOf(`# T\n\n${text}\n`)[0]
      ?.markdown.trim()
      .replace(/\s*\n\s*/g, " ");
  const division = (words: string) => shown(`::: ${words}\na\n:::`);
  assert.equal(division('{.callout-tip collapse="true" title="Look out"}'), "**Tip: Look out** a");
  assert.equal(division("callout-note"), "**Note** a");
  assert.equal(division('{.content-visible unless-format="pdf"}'), "**Not for pdf** a");
  assert.equal(division('{.content-hidden unless-meta="x.y"}'), "**Only for x.y** a");
  for (const words of [
    '{.panel-tabset group="os"}',
    '{layout-ncol="2"}',
    "columns",
    "{#fig-a .b}",
  ]) {
    assert.equal(division(words), "a");
  }
  assert.equal(
    shown("Press {{< kbd mac=Cmd-A win=Ctrl+A linux=Ctrl+A >}} or {{< kbd F1 >}}."),
    "Press `Cmd-A` (mac), `Ctrl+A` (win, linux) or `F1`.",
  );
  assert.equal(shown('![](a.png){.wide fig-alt="The `disk`, full"}'), "![The disk, full](a.png)");
  assert.equal(
    shown("![](/{{< meta x >}}-a.png){.border fig-alt='A {{< meta y >}} disk'}"),
    "![A `y` disk](/-a.png)",
  );
  assert.equal(
    shown("- ::: light-content\n  ![](a.png)\n  :::\n\n- ::: tip\n  x\n  :::"),
    "- ![](a.png) - **Tip** x",
  );
  assert.equal(shown("all of them[but one]{.aside} a[b]{.c}"), "all of them but one ab");
});

test("tables that are drawn with signs are tables, where their cells can be told", () => {
  const shown = (text: string) => sectionsOf(`# T\n\n${text}\n\nEnd.\n`)[0]?.markdown;
  const table = (head: string, ...rows: readonly string[]) =>
    [head, head.replace(/[^|]+/g, " --- "), ...rows, "", "", "End."].join("\n");
  const grid = "+-----+-------+\n| OS  | Do    |\n+=====+=======+\n";
  assert.match(
    shown(`${grid}| one | - a   |\n| two | - b   |\n+-----+-------+`) ?? "",
    /^\| OS {6}\| Do {9}\|\n.*\n\| one two \| • a<br>• b \|\n\nEnd\.$/,
  );
  assert.match(
    shown(`${grid}| x   | \`\`\`sh |\n|     | df    |\n|     | \`\`\`   |\n+-----+-------+`) ?? "",
    /\| x +\| `df` +\|/,
  );
  assert.equal(
    shown("Name   Lag\n----- ----\na       10\nb        2")?.replace(/\n+End\.$/, ""),
    table("| Name | Lag |", "| a | 10 |", "| b | 2 |").replace(/\n+End\.$/, ""),
  );
  assert.match(
    shown(
      "-----------\nName   Lag\n----- -----\na     high\n      now\n\nb     low\n-----------",
    ) ?? "",
    /\| a \| high now \|\n\| b \| low \|/,
  );
  const inItem =
    shown(
      '1. x\n\n    +---+---+\n    | A | B |\n    +===+===+\n    | ```{.sh filename="t.sh"} | # C {.d} |\n    | df | ::: callout-tip |\n    | ``` | e |\n    +---+---+',
    ) ?? "";
  assert.match(inItem, /^ {3}\| \*\*t\.sh\*\*<br>`df` +\| \*\*C\*\*<br>\*\*Tip\*\*<br>e +\|$/m);
  // A cell over two columns is none that a table can have, and words over a column's end are no cells.
  const wide = "+---+---+\n| a     |\n+---+---+\n| b | c |\n+---+---+";
  assert.match(shown(wide) ?? "", /a {5}\|/);
  assert.match(shown("Some words\n---- -----\nof text") ?? "", /Some words\n/);
});

test("terms and their meanings are a list, captions and spans lose their attributes, keys are code", () => {
  const shown = (text: string) => sectionsOf(`# T\n\n${text}\n`)[0]?.markdown;
  assert.equal(
    shown("Lag\n:   How far\n:   behind\n\nTopic\n: A log"),
    "**Lag**\n-   How far\n-   behind\n\n**Topic**\n- A log",
  );
  const table = "| a |\n|---|\n| b |\n\n";
  assert.equal(shown(`${table}: All of it {#t .wide w="[7,2]"}`), `${table}: All of it`);
  assert.equal(shown("One line\nand one\n: no meaning"), "One line\nand one\n: no meaning");
  assert.equal(shown("A [see [b](c.md) too]{.aside} d"), "A see [b](c.md) too d");
  assert.equal(
    shown('Press ++ctrl+alt+"x"++ or ++f5++, C++ and ++i++'),
    "Press `Ctrl+Alt+X` or `F5`, C++ and ++i++",
  );
});

test("facts below each other keep their lines, and attributes of pictures and headings are none", () => {
  const shown = (text: string) => sectionsOf(text)[0]?.markdown;
  assert.equal(shown("# T\n\nTags: a, b\nOwner: c\n\nText."), "Tags: a, b\\\nOwner: c\n\nText.");
  assert.equal(shown("# T\n\nx\n\nNote: a\nand: b"), "x\n\nNote: a\nand: b");
  assert.equal(shown("# T\n\n```\nA: b\nC: d\nE: f\n```"), "```\nA: b\nC: d\nE: f\n```");
  assert.equal(
    shown("# T\n\n![](a.png){.b fig-alt='A {{< meta x >}} disk'}"),
    "![A `x` disk](a.png)",
  );
  assert.equal(sectionsOf('# T {.small transition="slide"}\n\nx')[0]?.title, "T");
  assert.equal(sectionsOf("# T {height=60%}\n\nx")[0]?.title, "T");
  assert.deepEqual(
    sectionsOf("# {#at-first} T\n\nx").map(({ title, anchor }) => [title, anchor]),
    [["T", "at-first"]],
  );
});

test("code in several backticks keeps what looks like a role before fewer of them", () => {
  const line = "Chunks like ```` ```{theorem}````, now ```::: {.theorem}```, `` `{a}` `` too.";
  assert.equal(sectionsOf(`# T\n\n${line}\n`)[0]?.markdown, line);
});

test("a table right below a quote is one, and a value stands apart from the word behind it", () => {
  const shown = (text: string) => sectionsOf(`# T\n\n${text}\n`)[0]?.markdown;
  assert.equal(
    shown("> Fill in:\n| A | B |\n|---|---|\n| c | d |\n\nEnd."),
    "> Fill in:\n> | A | B |\n> |---|---|\n> | c | d |\n\nEnd.",
  );
  assert.equal(shown("> - a\n| b |\n|---|"), "> - a\n| b |\n|---|");
  assert.equal(
    shown('On {{< param "P" >}}hosts, `{{ site.a }}and`, {{ site.a }}s'),
    "On `P` hosts, `{{ site.a }}and`, `a`s",
  );
  assert.equal(
    shown(
      "<div>{{site.data.alerts.callout_info}}<code>x</code> waits.{{site.data.alerts.end}}</div>",
    ),
    "**Info:** `x` waits.",
  );
});
