/** What is left alone, and what any text costs. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { plainMarkdown } from "../../../src/knowledge/sites/habits.ts";
import fc from "../../support/fast-check.ts";

test("beginnings that have no end are searched for it a limited number of times", () => {
  for (const beginning of ["<A b={\n", "export const x = {\n", "{[\n", "<a style={{\n", "{% a\n"]) {
    const text = `import a from 'b'\n\n${beginning.repeat(20_000)}`;
    assert.equal(plainMarkdown(text).split("\n").length, text.split("\n").length, beginning);
  }
});

test("a line of any length is read in one pass, whatever it begins or fills itself with", () => {
  const kinds = ["{{< a ", "{% x ", "\u2028", " ", "-", ">\n", "\n"];
  for (const kind of kinds) {
    const text = `a|b\n${kind.repeat(200_000)}x|\n`;
    assert.equal(plainMarkdown(text), text, kind);
  }
});

test("shortcodes and comments side by side are searched for their ends once", () => {
  for (const [kind, plain] of [
    ["{{/*% x */%}}", ""],
    ["{{< tab >}} >}}", " >}}"],
  ] as const) {
    // Each searched to the line's end: half an hour.
    const shown = plainMarkdown(`a ${kind.repeat(200_000)} b`);
    assert.equal(shown.replaceAll(plain, "").trim(), "a  b", kind);
  }
});

test("spaces in the middle of a line are passed over once, whatever stands before them", () => {
  const begins = [":::tip a", "!!! note a", "/// note | a", "> [!NOTE] a", "# a", "```{note} a"];
  for (const beginning of begins) {
    // Each space looked at from each before it: some minutes for a line.
    const line = `${beginning}${" ".repeat(200_000)}stop {: x}`;
    assert.match(plainMarkdown(line), /stop/, beginning);
  }
});

test("code with many beginnings and no end is left alone", () => {
  const text = `\`${"{% raw %}".repeat(20_000)}\``;
  assert.equal(plainMarkdown(text), text);
});

test("placeholders, templates and code are left alone", () => {
  for (const text of [
    "Replace <Topic> and <topic>.",
    "Value {{ $labels.instance }} and {{ .Value }}",
    "`[[x]]` and `{% raw %}`",
    "```\n!!! note\n[[x]]\n<Tabs>\n```",
    "~~~\n:::note\n~~~",
    '```mdx\n<A t="a">\n    ```sh\n    a\n    ```\n</A>\n<A t="b">\n    ```sh\n    a\n    ```\n</A>\n```',
    "import the data, then export it",
    "if a == b then c == d, and 100%% of x ^ 2",
    "See [[1]](https://example.com/1) and [[2]], if [[ -f x ]] holds.",
    "<Topic\nis not ended",
    "{{< neither",
    '```jsx\n<Card\n  title="x"\n/>\n```',
    "{ x } and {#} and {a, b}",
    '```html\n<aside class="note">\n<h3>Mind</h3>\n</aside>\n```',
    '~~~\n<div class="alert"><h4>Mind</h4></div>\n~~~\n\n    <aside class="tip"><h3>A</h3>',
  ]) {
    assert.equal(plainMarkdown(text), text);
  }
});

test("any text keeps its number of lines, and none of its plain words is lost", () => {
  const piece = fc.constantFrom(
    "word",
    "!!! note",
    '=== "T"',
    "    body",
    ":::tip",
    ":::",
    "```",
    "~~~",
    "> [!NOTE]",
    "{{< x >}}",
    "{% y %}",
    "{{< code >}}",
    "{{< /code >}}",
    "{% highlight sh %}word{% endhighlight %}",
    '{{< tab "T" >}} word {{< /tab >}}',
    "<CodeBlock>",
    "</CodeBlock>",
    "{`word`}",
    "```{note}",
    "/// tab | T",
    "///",
    ">>>",
    "==word==",
    "# [T](#tab/t)",
    "---",
    "## H",
    "- item",
    "",
  );
  fc.assert(
    fc.property(fc.array(piece), (lines) => {
      const plain = plainMarkdown(lines.join("\n"));
      assert.equal(plain.split("\n").length, lines.join("\n").split("\n").length);
      const count = (text: string) => text.match(/\b(?:word|body|item)\b/g)?.length ?? 0;
      assert.equal(count(plain), count(lines.join("\n")));
    }),
  );
});

test("a table goes on behind an empty line, however many rows it has there", () => {
  const [table, rows] = ["a | b | c\n--|--|--\n1 | 2 | 3\n", "4 | 5 | 6\n".repeat(200_000)];
  assert.equal(plainMarkdown(`${table}\n${rows}`).length, table.length + rows.length + 1);
});
