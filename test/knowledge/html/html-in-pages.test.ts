/** HTML within Markdown, read as the same tree. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { readPage } from "../../../src/knowledge/read-page.ts";
import { sectionsOf } from "../../support/habits.ts";

test("HTML is read as the same tree as Markdown", () => {
  const [section] = sectionsOf(
    "# T\n\n<details><summary>How</summary>\nRun:\n<pre><code>kubectl delete pod x</code></pre>\n</details>\n\n<table><tr><th>Code</th><th>Do</th></tr><tr><td>5</td><td>restart</td></tr></table>\n\n<ul><li>one <b>bold</b></li></ul>\n\n<!-- hidden -->\n\nA <kbd>key</kbd> for <topic>.\n",
  );
  for (const words of [
    "How",
    "kubectl delete pod x",
    "Code",
    "restart",
    "one",
    "bold",
    "key",
    "<topic>",
  ]) {
    assert.ok(section?.text.includes(words), words);
  }
  assert.doesNotMatch(section?.text ?? "", /hidden|<table|<details/);
  assert.match(section?.markdown ?? "", /```\nkubectl delete pod x\n```/);
});

test("a page in HTML has its sections, and Markdown inside HTML is Markdown", () => {
  const sections = sectionsOf(
    '<h1>Guide</h1>\n<h2 id="disk">Disk full</h2>\n<p>Free space.</p>\n\n<details>\n<summary>More</summary>\n\n## Inside\n\n- a\n- b\n\n</details>\n\n## After\n\nx\n',
  );
  assert.deepEqual(
    sections.map(({ anchor }) => anchor),
    ["guide", "disk", "inside", "after"],
  );
  assert.match(sections[2]?.markdown ?? "", /^- a\n- b/m);
});

test("tags that are no JSX cost an MDX page nothing, and the first of them is named", () => {
  const text =
    '---\ntitle: T\n---\n# A\n\n<Card title="One" rows={[ } />\n\nText.\n\n<Card a={ >\n';
  const read = readPage({ file: "a.mdx", folder: "f", text });
  assert.ok(read.kind === "page");
  assert.match(read.page.sections[0]?.text ?? "", /Text\./);
  assert.deepEqual(
    read.problems.map(({ line }) => line),
    [6],
  );
  assert.match(read.problems[0]?.reason ?? "", /JSX.*1 more/);
  const other = readPage({ file: "a.md", folder: "f", text });
  assert.ok(other.kind === "page");
  assert.deepEqual(other.problems, []);
});

test("headings at the left within indented HTML leave no tag behind, and keep their anchors", () => {
  const list = (name: string): string =>
    `        <dt>\n#### <code>${name}</code> {#the-${name}}\n        </dt>\n        <dd>\n          <p>Does ${name}.</p>\n          <ul>\n            <li>\nof ${name}\n</li>\n          </ul>\n\n        </dd>\n`;
  const page = `<div>\n  <section>\n## All\n    <section>\n### Some\n      <dl>\n${list("one")}${list("two")}      </dl>\n    </section>\n  </section>\n</div>\n`;
  const sections = sectionsOf(page);
  assert.deepEqual(
    sections.map(({ title, anchor }) => [title, anchor]),
    [
      ["All", "all"],
      ["Some", "some"],
      ["one", "the-one"],
      ["two", "the-two"],
    ],
  );
  assert.doesNotMatch(sections.map(({ markdown }) => markdown).join(), /[<{]|```/);
});

test("a name in angle brackets that nobody ends is a placeholder, whatever HTML has of that name", () => {
  const [section] = sectionsOf(
    "# T\n\n- Call it <title>, at <address>.\n- **b** in <b>bold</b><br>\n\nIn a <textarea>, too.\n",
  );
  for (const words of ["<title>", "<address>", "b in bold", "<textarea>, too"]) {
    assert.ok(section?.text.includes(words), words);
  }
});

test("a tag that shows nothing is not shown between paragraphs, either", () => {
  const [section] = sectionsOf("# A\n\n<p>\n\n**Type:** `a`\n</p>\n\nText.\n");
  assert.equal(section?.markdown, "**Type:** `a`\n\nText.");
  const [other] = sectionsOf('# A\n\nOne.\n\n<auto-table path="a.ts" />\n\nTwo <the-name>.\n');
  assert.equal(other?.markdown, "One.\n\nTwo \\<the-name>.");
});

test("code within HTML shows the tags that it is of, and an end alone shows nothing", () => {
  const [section] = sectionsOf(
    "# A\n\n<p>`a` is `<Card client:load />`, `x` <b>and</b> `</p>`.</p>\n\n- y\n\n  <p>`<b />` **c**</p>\n\n<show on>\n\nText.\n\n</show>\n",
  );
  for (const words of ["a is <Card client:load />, x and", "<b /> c", "Text."]) {
    assert.ok(section?.text.includes(words), section?.text);
  }
  assert.doesNotMatch(section?.markdown ?? "", /<\/show/);
});

test("unknown tags around words, an end that nothing began, and options without words", () => {
  const text =
    'He said <wink>so</wink> of <name> here</p> and there.\n\n<b>State<select><option label="Done"></option></select></b>';
  const result = readPage({ file: "a.md", folder: "/", text });
  assert.equal(
    result.kind === "page" && result.page.sections[0]?.text.replace(/\s+/g, " "),
    "He said so of <name> here and there. State Done;",
  );
});

test("a tag that nobody closes costs nothing behind it", () => {
  const sections = sectionsOf("# A\n\n<div>\n\nInside.\n\n## B\n\n| a |\n|---|\n| 1 |\n");
  assert.deepEqual(
    sections.map(({ title }) => title),
    ["A", "B"],
  );
  assert.match(sections[1]?.markdown ?? "", /^\| a \|/);
});

test("of HTML that shows nothing nothing is left, and a page within the page is a link", () => {
  const [first, second] = sectionsOf(
    '# A\n\nBefore.\n\n<script>var a;</script>\n\n# B\n\n<iframe class="x" src="https://g.example/d"></iframe>\n\nBehind.\n',
  );
  assert.equal(first?.markdown, "Before.");
  assert.equal(second?.markdown, "<https://g.example/d>\n\nBehind.");
});

test("anchors are those that the page gives", () => {
  const anchors = sectionsOf(
    '## One {#first}\n\na\n\n<a name="second"></a>\n\n## Two\n\nb\n\n## Three {: #third .c}\n\nc\n\n## <a id="fourth"></a>Four\n\nd\n',
  ).map(({ anchor, title }) => [anchor, title]);
  assert.deepEqual(anchors, [
    ["first", "One"],
    ["second", "Two"],
    ["third", "Three"],
    ["fourth", "Four"],
  ]);
});

test("a tag of Liquid over several lines is one tag, and a remark within a line is nobody's", () => {
  const [section] = sectionsOf(
    '# A\n\nSee [the guide]({% page "guide/"\n%}) first.{% comment %}unseen{% endcomment %}\n\n{% include "steps.html"\nnow: 2 %}\n',
  );
  assert.equal(section?.markdown, "See [the guide](guide/) first.\n\n\nIncluded file: steps.html");
});

test("a drawing with empty lines shows its words and no tags", () => {
  const [section] = sectionsOf(
    '# A\n\n<svg width="9">\n<g>\n\n<text x="1">Lag <tspan>now</tspan></text><text>high</text>\n</g>\n</svg>\n\nAfter.\n',
  );
  assert.equal(section?.markdown, "Lag now; high\n\nAfter.");
});

test("a drawing's texts stand apart, whatever else it holds and whoever stands behind it", () => {
  const page =
    '# A\n\n<section>\n  <svg width="9">\n    <title>Paths</title>\n    <defs><marker id="m" refX="7"><path d="M0"/></marker></defs>\n    <text>Disk</text><text>full</text>\n  </svg>\n</section>\n\n<p><a href="b"><span><svg><title>logo</title></svg></span><span>Ann</span></a></p>\n';
  const [section] = sectionsOf(page);
  assert.equal(section?.markdown, "Paths; Disk; full\n\n[logo Ann](b)");
});

test("a link of a drawing has the drawing's words, on a line and over several", () => {
  const [section] = sectionsOf(
    '# A\n\n[<svg width="9"><text x="1">Open it</text></svg>](b.md) and [<svg\n  width="9">\n  <g>\n    <text\n      x="1">Stop & go</text><rect x="2" />\n  </g>\n</svg> now](c.md)\n',
  );
  assert.equal(section?.markdown, "[Open it](b.md) and [Stop & go  now](c.md)");
});

test("an element of a site's own around words in lines of their own shows the words", () => {
  const [section] = sectionsOf(
    "# A\n\n<a-side-note>\n    Take the `low` *disk* of <topic>.\n</a-side-note>\n\n<group-id>\n",
  );
  assert.equal(section?.markdown, "Take the `low` \\*disk\\* of \\<topic>.\n\n\\<group-id>");
  const xml = "<my-disk>\n<its-id>a</its-id>\n</my-disk>";
  assert.equal(sectionsOf(`# A\n\n${xml}\n`)[0]?.markdown, `\`\`\`xml\n${xml}\n\`\`\``);
});

test("a footnote within HTML is kept, and words on both sides of a break in a title stay apart", () => {
  const [first, second] = sectionsOf(
    "# T\n\n<div>\n\n- One[^1]\n\n[^1]: But see below.\n\n</div>\n\n<h2>Start<br>here</h2>\n\nx\n",
  );
  assert.match(first?.markdown ?? "", /One\[\^1\]\n\n\[\^1\]: But see below\./);
  assert.equal(second?.title, "Start here");
});

test("a picture by the name of `image` is one", () => {
  const [section] = sectionsOf('# T\n\n<image src="a.png" alt="The disk" style="width:9%" />\n');
  assert.equal(section?.markdown, "![The disk](a.png)");
});

test("code between shortcodes of an item ends in it, and small tags of remarks are remarks", () => {
  const [remark] = sectionsOf("# T\n\n<info>\nIt waits.\n</info>\n");
  assert.match(remark?.text ?? "", /^Info\s+It waits\.$/);
  const [section] = sectionsOf(
    "# T\n\n- a\n\n  {{< code-toggle file=hugo >}}\n  [b]\n  {{< /code-toggle >}}\n\n  c\n",
  );
  assert.equal(section?.markdown, "- a\n\n  ```\n  [b]\n  ```\n\n  c");
});

test("links within code stand between its pieces", () => {
  const [section] = sectionsOf(
    'A <code>List&lt;<a href="#b">B</a> | <i>c</i>&gt;</code>, <code>d\n<a href="#e">e</a></code> and <code>f</code>',
  );
  assert.equal(section?.markdown, "A `List<`[`B`](#b) `| c>`, `d` [`e`](#e) and `f`");
  assert.equal(section?.text, "A List<B | c>, d e and f");
});

test("lines of XML outside of code stay lines", () => {
  const [section] = sectionsOf(
    "A\n\n<module>\n  <name>b</name>\n</module>\n```\n\n<topic>\n<c>\n\nD",
  );
  assert.match(
    section?.markdown ?? "",
    /^A\n\n```xml\n<module>\n {2}<name>b<\/name>\n<\/module>\n```\n/,
  );
  assert.match(section?.text ?? "", /<topic>\s<c>/);
});

test("drawings and parameters in descriptions from code stand apart from the words beside them", () => {
  const [section] = sectionsOf(
    '# A\n\n<p>By <a href="b"><svg><title>logo</title></svg><i>Ann</i></a></p>\n\n<param name="a">Its size</param><param name="b">Its name</param>\n',
  );
  assert.equal(section?.markdown, "By [logo *Ann*](b)\n\nIts size Its name");
});

test("what looks like a tag in code, and goes on with a sign, is a part of it", () => {
  const [section] = sectionsOf(
    "# T\n\n<pre>\n$ <code>for (i=0; i<rows.length; i++) {</code>\n$ <code>run -Dstore=</path/to/store> now</code>\n</pre>\n\nDone.\n",
  );
  assert.match(section?.markdown ?? "", /i<rows\.length; i\+\+\) \{\n/);
  assert.match(section?.markdown ?? "", /-Dstore=<\/path\/to\/store> now\n/);
});
