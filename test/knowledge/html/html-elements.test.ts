/** What single elements of HTML come to in a page of Markdown. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { readPage } from "../../../src/knowledge/read-page.ts";
import { pageOf, shownOf } from "../read-texts.ts";

test("an abbreviation in HTML says what it stands for", () => {
  const text = '# A\n\nThe <abbr title="write-ahead log">WAL</abbr> is <abbr>full</abbr>.\n';
  const result = readPage({ file: "a.md", folder: "/knowledge", text });
  assert.ok(result.kind === "page");
  assert.equal(result.page.sections[0]?.text, "The WAL (write-ahead log) is full.");
});

test("a tag of no known name that holds nothing shows nothing, and a placeholder stays", () => {
  const text = "Ask incident.<unlink></unlink>io about <topic>.</content>\n";
  const read = readPage({ file: "p.md", folder: "x", text });
  assert.ok(read.kind === "page");
  assert.equal(read.page.sections[0]?.text, "Ask incident.io about <topic>.");
});

test("what a form offers to choose from is read", () => {
  const text =
    "<label>Kind</label>\n<select name='k' required>\n  <option value='a'>Violence</option>\n  <option>Private data</option>\n</select>\n";
  const read = readPage({ file: "p.md", folder: "x", text });
  assert.ok(read.kind === "page");
  assert.match(read.page.sections[0]?.text ?? "", /Kind\s+Violence; Private data/);
});

test("a frame or a video is a link to what it shows, and a tag that shows nothing is not shown", () => {
  const frame = shownOf('# A\n\nOne.\n\n<iframe src="https://a.example/m?x=1" width=9></iframe>\n');
  assert.match(
    frame.markdown ?? "",
    /\[https:\/\/a\.example\/m\]\(https:\/\/a\.example\/m\?x=1\)$/,
  );
  const titled = shownOf('# A\n\n<object data="m.svg" title="The map"></object>\n');
  assert.equal(titled.markdown, "[The map](m.svg)");
  const empty = shownOf('# A\n\nOne.\n\n<span class="gap">\n\nTwo.\n');
  assert.equal(empty.markdown, "One.\n\nTwo.");
});

test("pictures of a heading begin its section, and name it where it has no words", () => {
  const badge = shownOf("# Broker [![build](b.svg)](https://ci.example)\n\nText.\n");
  assert.deepEqual(badge, {
    title: "Broker",
    markdown: "[![build](b.svg)](https://ci.example)\n\nText.",
    text: "build\nText.",
  });
  assert.equal(shownOf("# ![Cluster map](m.png)\n").title, "Cluster map");
});

test("pictures part the words beside them, and a frame of a key around one is no code", () => {
  const text = shownOf(
    '# A\n\n<p>\n  <kbd><img src="a.png" alt="The lag" \\></kbd>\n</p>\n\n[![One](b.svg)](c)[![Two](d.svg)](e)\n',
  );
  assert.equal(text.markdown, "![The lag](a.png)\n\n[![One](b.svg)](c)[![Two](d.svg)](e)");
  assert.equal(text.text, "The lag\nOne Two");
  const keys = shownOf("# A\n\nPress <kbd>Ctrl+F</kbd><kbd>Cmd+F</kbd>.\n");
  assert.equal(keys.markdown, "Press `Ctrl+F` `Cmd+F`.");
});

test("a list within bold HTML keeps its words apart", () => {
  const text = "# A\n\n<b>\n\n  - one\n  - two\n\n</b>\n";
  assert.match(shownOf(text).text ?? "", /one\s+two/);
});

test("a particle of Korean stays at its abbreviation, before what that is short for", () => {
  const text = '# A\n\n<abbr title="Disk Full">DF</abbr>라고 한다, <abbr title="B">b</abbr> 가.\n';
  assert.equal(shownOf(text).text, "DF라고 (Disk Full) 한다, b (B) 가.");
});

test("a paragraph alone in bold HTML stands apart from the words before it", () => {
  const text =
    "# A\n\n<ul><li>Ask a person with\n<b>\n\n[the role](b.md)\n\n</b>\nfirst.</li></ul>\n";
  assert.equal(shownOf(text).markdown, "- Ask a person with **[the role](b.md)** first.");
});

test("a heading that is folded in, as references have it, begins its section", () => {
  const text =
    "# R\n\n<details>\n<summary>\n\n## `kind` <b>text</b> {#spec-kind}\n\nSays what it is.\n\n</summary>\n\nMore.\n\n</details>\n\n<details><summary>Plain</summary>\n\nX.\n\n</details>\n";
  const [, section] = pageOf(text).sections;
  assert.equal(section?.id, "runbooks/StreamlineDown.md#spec-kind");
  assert.equal(section.text, "Says what it is.\nMore.\nPlain\nX.");
});

test("HTML whose levels stand four columns further in is no code, and neither is what it holds", () => {
  const text =
    "# A\n\n<details>\n    <summary><b>Show</b></summary>\n    ```yaml\n    a:\n      b: 1\n    ```\n</details>\n\n<div>\n    <div>\n        <p>\n            See [it](b.md).\n        </p>\n    </div>\n\n    <div>\n        <p>End.</p>\n    </div>\n</div>\n";
  assert.equal(
    pageOf(text).sections[0]?.markdown,
    "**Show**\n\n```yaml\na:\n  b: 1\n```\n\nSee [it](b.md).\n\nEnd.",
  );
});

test("code that stands apart within HTML stays code", () => {
  const text = "# A\n\n<div>\n\n    <p>sample</p>\n\n</div>\n";
  assert.match(pageOf(text).sections[0]?.markdown ?? "", /^(?: {4}|```\n)<p>sample<\/p>/);
});

test("a row with more cells than its head keeps them beside HTML", () => {
  const { text } = shownOf("# A\n\n| a |\n|---|\n| b<br>c | d |\n");
  assert.match(text ?? "", /b\s+c\s+d/);
});

test("code within HTML keeps its title", () => {
  const { text, markdown } = shownOf('# A\n\n<div>\n\n```ini title="a.ini"\nb\n```\n\n</div>\n');
  assert.equal(text, "a.ini\nb");
  assert.match(markdown ?? "", /\*\*a\.ini\*\*\n\n```ini\nb\n```/);
});

test("a footnote in an item beside HTML keeps its words", () => {
  const { text } = shownOf("# A\n\n- <b>a</b>[^1]\n\n  [^1]: Its note.\n");
  assert.match(text ?? "", /Its note\./);
});

test("comments of C# in XML name what they refer to, and their lists are lists", () => {
  const { markdown } = shownOf(
    '# A\n\nUses <see cref="T:A.B"/> and `<see cref="C"/>`.\n\n<summary>To <paramref name="topic" /> by <see href="b.md">it</see>.</summary>\n\nMind: <list type="bullet"><item><description>one</description></item><item><term>T</term><description>two</description></item></list>\n',
  );
  assert.equal(
    markdown,
    'Uses `A.B` and `<see cref="C"/>`.\n\nTo `topic` by [it](b.md).\n\nMind:\n\n- one\n- **T** two',
  );
});

test("a tag in code of Markdown is code within HTML that has code of its own", () => {
  const { text } = shownOf(
    "# A\n\n<div>\n<p>In `<audio>` or `<b>`, <code>x</code> is <b>bold</b>.</p>\n</div>\n",
  );
  assert.equal(text, "In <audio> or <b>, x is bold.");
});

test("an element of a site's own that holds nothing shows its label", () => {
  const { text } = shownOf('# A\n\n<p>It <a-cost label="Costs time"></a-cost>has one.</p>\n');
  assert.equal(text, "It Costs time has one.");
});

test("what stands in a template for a site's program is read", () => {
  const { markdown } = shownOf(
    "# A\n\n<is-land on:visible>\n<template data-island>\n<p>Text</p>\n</template>\n</is-land>\n",
  );
  assert.equal(markdown, "Text");
});

test("an element of a site's own with a condition for its values is no words", () => {
  const { markdown } = shownOf("# A\n\n<is-land on:visible>\n<p>Text</p>\n</is-land>\n");
  assert.equal(markdown, "Text");
});

test("the letters behind an abbreviation belong to its word", () => {
  const short = '<abbr title="Application interface">API</abbr>';
  const { text } = shownOf(`# A\n\nMany ${short}s, the ${short}'s end, ${short}.\n`);
  const long = "(Application interface)";
  assert.equal(text, `Many APIs ${long}, the API's ${long} end, API ${long}.`);
});

test("badges side by side are words apart, and parts of code are not", () => {
  const span = '<span class="a">One</span><span class="b">Two</span>';
  assert.equal(shownOf(`# A\n\n- ${span}\n`).text, "One Two");
  assert.equal(shownOf(`# A\n\n<pre>${span}</pre>\n`).text, "OneTwo");
  const named = "<strong>One</strong><span>Two</span>";
  assert.equal(shownOf(`# A\n\n<div>${named}</div>\n`).text, "One Two");
  assert.equal(shownOf(`# A\n\n<div>x ${named}</div>\n`).text, "x OneTwo");
});

test("a block that its class makes a remark begins with its kind, once", () => {
  const shown = (html: string) => shownOf(`# A\n\n${html}\n`).markdown;
  assert.equal(shown('<div class="important icon">\n  Stop.\n</div>'), "**Important**\n\nStop.");
  assert.equal(shown('<p class="note">Careful</p>'), "**Note:** Careful");
  assert.equal(shown('<div class="alert alert-danger">Data loss</div>'), "**Danger**\n\nData loss");
  assert.equal(
    shown('<aside class="warning">\n<p class="note-title">Locks</p>\n\nTake one.\n\n</aside>'),
    "**Warning: Locks**\n\nTake one.",
  );
  assert.equal(shown('<div class="note"><b>NOTE:</b> x</div>'), "**NOTE:** x");
  assert.equal(shown('<div class="info">y</div><p class="note"></p>'), "y");
});

test("spaces at the edges of what is marked stand outside, and no empty link before another", () => {
  const shown = (words: string) => shownOf(`# A\n\n${words}\n`).markdown;
  assert.equal(shown("<b> One: </b>two <i>three </i>four."), "**One:** two *three* four.");
  assert.equal(shown('See <a href="/a">\n  a\n  </a> now.'), "See [a](/a) now.");
  assert.equal(
    shown('See <a href="/a">\n  [b](/a)\n  </a>, <a href="/c"><img src="c.png" alt="c"> </a>.'),
    "See [b](/a) , [![c](c.png)](/c) .",
  );
});

test("a text that MDX computes in code is the code", () => {
  const text =
    '# A\n\n<pre><code className="language-sh">\n{`\ndf \\`x\\`\n\n  ls\n`}\n</code></pre>\n';
  assert.equal(shownOf(text).markdown, "```sh\ndf `x`\n\n  ls\n```");
});
