/** Tables, footnotes and anchors of HTML within Markdown. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { richText } from "../../src/block-kit/rich-text.ts";
import { readPage } from "../../src/knowledge/read-page.ts";

function markdownOf(text: string): string {
  const read = readPage({ file: "a.md", folder: "f", text: `# T\n\n${text}\n` });
  assert.ok(read.kind === "page");
  return read.page.sections.map(({ markdown }) => markdown).join("\n\n");
}

test("a table keeps its caption, and its cells keep paragraphs apart", () => {
  const markdown = markdownOf(
    "<table><caption>Settings</caption><tr><th>Key</th><th>Say</th></tr>" +
      "<tr><td><pre>a/b</pre></td><td><p>One.</p><p>Two.</p></td></tr></table>",
  );
  assert.match(markdown, /^Settings\n\n\| Key +\| Say +\|\n.*\n\| `a\/b` +\| One\.<br>Two\. +\|$/);
});

test("a table whose cells hold items within tags stays one table", () => {
  const cell = (words: string) =>
    `      <td>\n        <span>\n            ${words}\n        </span>\n      </td>\n`;
  const text = `<table>\n  <tbody>\n    <tr>\n      <td>k</td>\n${cell("+ easy")}${cell("- hard")}    </tr>\n  </tbody>\n</table>`;
  assert.match(markdownOf(`${text}\n\nEnd.`), /\| k \| - easy +\| - hard +\|\n\nEnd\.$/);
});

test("a table whose cells hold code of several lines is a list with its headings", () => {
  const markdown = markdownOf(
    "<table>\n<tr><th>Key</th><th>Say</th></tr>\n<tr>\n<td>k</td>\n<td>\n\nDo:\n\n```sh\na\nb\n```\n\n</td>\n</tr>\n</table>",
  );
  assert.match(
    markdown,
    /^- \*\*Key\*\*: k\n\n {2}\*\*Say\*\*: Do:\n\n {2}```sh\n {2}a\n {2}b\n {2}```$/,
  );
});

test("a footnote beside HTML stays a footnote, and one with HTML keeps its words", () => {
  const markdown = markdownOf("A <b>word</b>[^1].\n\n[^1]: It <!-- not this --><i>was</i>.");
  assert.match(markdown, /A \*\*word\*\*\[\^1\]\./);
  assert.match(markdown, /\[\^1\]: It \*was\*\./);
  assert.doesNotMatch(markdown, /not this|user-content/);
});

test("neither end of an anchor nor a remark is shown", () => {
  const { block } = richText('<a id="x"></a>Read <!-- no --> <topic>.', { budget: 1_000 });
  const shown = JSON.stringify(block);
  assert.match(shown, /Read/);
  assert.match(shown, /<topic>/);
  assert.doesNotMatch(shown, /<\/a>|<!--/);
});

test("a placeholder within HTML stays, and an element that nobody knows is none", () => {
  const markdown = markdownOf(
    "<table><tr><th>Do</th></tr><tr><td>delete <code><topic-name></code> of <GROUP>, <x-tip>then <b>wait</b></x-tip></td></tr></table>",
  );
  assert.match(markdown, /delete `<topic-name>` of \\?<GROUP>, then \*\*wait\*\*/);
  assert.doesNotMatch(markdown, /x-tip/);
});

test("links, code and bold words of Markdown within HTML are read as their authors mean them", () => {
  const markdown = markdownOf(
    "<table>\n<tr><td>`topic.name`</td><td>see [the\nguide](g.md#a) and [`x` too](https://e.example/(1)),\n" +
      "**first** <https://f.example/q></td></tr>\n<tr><td><pre>[a](b) `c`</pre></td><td>**</td></tr>\n</table>",
  );
  assert.match(markdown, /`topic\.name`/);
  assert.match(markdown, /\[the guide\]\(g\.md#a\)/);
  assert.match(markdown, /\[`x` too\]\(<?https:\/\/e\.example\/\\?\(1\\?\)>?\)/);
  assert.match(markdown, /\*\*first\*\*/);
  assert.match(markdown, /https:\/\/f\.example\/q/);
  assert.match(markdown, /\[a\]\(b\) `c`/);
});

test("a table that its page ends too early keeps its rows", () => {
  const markdown = markdownOf(
    "<table><caption>C</caption>\n\n<thead>\n<tr><td>Key</td><td>Say</td></tr>\n</thead>\n" +
      "<tr><td>k</td><td>words</td></tr>\n</tbody></table>\n\n<div>\n\nafter",
  );
  for (const word of ["C", "Key", "Say", "words", "after"])
    assert.ok(markdown.includes(word), word);
});

test("a tag whose end is forgotten hides no picture, and a tag further in below one is no code", () => {
  const markdown = markdownOf(
    '<p align="center"\n  <img src="a.png" alt="Racks" />\n</p>\n\n' +
      ' <p>\n    <img src="b.png" alt="Disks" />\n  </p>\n![x](c.png) y\n\n<div>see <aを見る>b <a を見る>c</div>',
  );
  assert.match(markdown, /^!\[Racks\]\(a\.png\)\n\n!\[Disks\]\(b\.png\)\n\n!\[x\]/);
  assert.match(markdown, /see \\<aを見る>b \\<a を見る>c$/);
});

test("tags that nothing ends hide no words: unfinished ones, those that swallow and tables without cells", () => {
  const tags = ["<pre", '<textarea a="', "<details", '<iframe src="a">', "<title>", "<svg>"];
  for (const tag of [...tags, "<dialog>", "<table>", "<tr>", "<caption>", '<div a="b" c="']) {
    const markdown = markdownOf(`${tag}\nwords of it\n\n- ${tag}\n  an item\n\nafter\n`);
    for (const words of ["words of it", "an item", "after"])
      assert.ok(markdown.includes(words), `${tag}: ${markdown}`);
  }
  assert.equal(markdownOf('<p title="a > <b">\nc\n</p>'), "c");
});

test("what is bold around lists and code holds them, and runs into none of them", () => {
  const markdown = markdownOf(
    "<details>\n<summary>Why?</summary><br><b>\n\n- a `b`\n\n```sh\nc\n```\n\nd\n</b></details>\n\n<b>e</b>",
  );
  assert.match(markdown, /- a `b`\n\n```sh\nc\n```\n\n(?:\*\*)?d/);
  assert.match(markdown, /\*\*e\*\*|<b>e<\/b>/);
  const several = markdownOf(
    "<details>\n<summary>How?</summary><br><b>\n\nf\n\ng\n\nh\n</b></details>",
  );
  assert.match(several, /^f\n\ng$/m);
});

test("code whose lines HTML parts keeps them, in a table too", () => {
  const code = "<code>a b<br>c<br><br>d</code>";
  assert.equal(markdownOf(`<p>Do ${code} then</p>`), "Do\n\n```\na b\nc\n\nd\n```\n\nthen");
  const table = `<table><tr><th>K</th><th>How</th></tr><tr><td>k</td><td>so ${code}</td></tr></table>`;
  assert.match(markdownOf(table), /\*\*How\*\*: so\n\n {2}```\n {2}a b\n {2}c\n\n {2}d\n/);
  assert.equal(markdownOf("<p><b>e <code>f<br>g</code></b></p>"), "**e `f g`**");
});

test("a table of YFM over several lines is one, and links by a title name their page", () => {
  const markdown = markdownOf(
    "#|\n|| **Key** | Say ||\n|| `a|b` {#a} | One.\n\n- two ||\n||\nc\n| >\n||\n|#\n\n" +
      'See [{#T}](x/of-disks.md#now) ##mono## `##c##`.\n\n{% cut "More" %}{#m}\n\ny\n\n{% endcut %}\n\n```\n#|\n|| z ||\n|#\n```',
  );
  assert.match(markdown, /\*\*Key\*\*/);
  assert.match(markdown, /`a\\?\|b`/);
  assert.match(markdown, /One\./);
  assert.match(markdown, /See \[now\]\(x\/of-disks\.md#now\) `mono` `##c##`\./);
  assert.match(markdown, /#\|\n\|\| z \|\|\n\|#\n```$/);
  assert.doesNotMatch(markdown, /\{#|<t/);
});

test("a value that a site computes within HTML is code, a table without a word and a tag without a value are nothing", () => {
  const list =
    '<select>\n    <option v-for="a in b">\n      {{ a.text }}\n    </option>\n  </select>';
  assert.match(
    markdownOf(`<div>\n    Now: {{ 2 + x }}\n  ${list}\n</div>`),
    /Now: `\{\{ 2 \+ x \}\}` +`\{\{ a\.text \}\}`/,
  );
  assert.equal(
    markdownOf("A\n\n|   |\n| - |\n\n<table><tr><td></td></tr></table>\n\nB").replace(/\n+/g, " "),
    "A B",
  );
  assert.equal(markdownOf('- [ ] One <gh issue="">'), "- [ ] One");
  assert.equal(markdownOf("The <option> tag <br>"), "The \\<option> tag");
});
