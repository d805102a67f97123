/** Markdown as rich text, and rich text in words. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { RichTextBlockElement } from "@slack/types";
import { fit, sizeOf } from "../../src/block-kit/fit.ts";
import { richText } from "../../src/block-kit/rich-text.ts";
import { offsetOf, richWords } from "../../src/block-kit/rich-words.ts";
import { checkMessage } from "../../src/sandbox/slack/check-payload.ts";
import fc from "../support/fast-check.ts";
import { hostile } from "./hostile.ts";
import { fenced } from "./sections.ts";

const PLENTY = 1_000_000;

function partsOf(markdown: string): RichTextBlockElement[] {
  return richText(markdown, { budget: PLENTY }).block.elements;
}

function wordsOf(markdown: string): string {
  return richWords(richText(markdown, { budget: PLENTY }).block, PLENTY).text;
}

/** Each list as its style, indent, numbers before it and items. */
function listsOf(markdown: string): unknown[] {
  return partsOf(markdown).map((part): unknown =>
    part.type === "rich_text_list"
      ? [part.style, part.indent, offsetOf(part), part.elements.length]
      : part.type,
  );
}

describe("text", () => {
  test("keeps its emphasis, code and line breaks", () => {
    assert.deepEqual(partsOf("a **b *c*** `d` ~~e~~  \nf\ng"), [
      {
        type: "rich_text_section",
        elements: [
          { type: "text", text: "a " },
          { type: "text", text: "b ", style: { bold: true } },
          { type: "text", text: "c", style: { bold: true, italic: true } },
          { type: "text", text: " " },
          { type: "text", text: "d", style: { code: true } },
          { type: "text", text: " " },
          { type: "text", text: "e", style: { strike: true } },
          { type: "text", text: "\n" },
          { type: "text", text: "f g" },
          { type: "text", text: "\n" },
        ],
      },
    ]);
  });

  test("links to the web are links, others are their words", () => {
    const [part] = partsOf(
      "[docs](https://example.com/a) [here](../x.md#y) [no](javascript:alert(1)) <https://b.example>",
    );
    assert.ok(part?.type === "rich_text_section");
    const links = part.elements.filter(({ type }) => type === "link");
    assert.deepEqual(links, [
      { type: "link", url: "https://example.com/a", text: "docs" },
      { type: "link", url: "https://b.example", text: "https://b.example" },
    ]);
    assert.match(JSON.stringify(part), /"here \(\.\.\/x\.md#y\)"/);
  });

  test("a placeholder between angle brackets is not HTML that vanishes", () => {
    assert.match(JSON.stringify(partsOf("replace <topic> with yours")), /<topic>/);
  });

  test("comments, rules and definitions show nothing", () => {
    assert.deepEqual(partsOf("<!-- hidden -->\n\n---\n\n[a]: https://x.example\n"), []);
  });

  test("headings are bold, quotes are quotes, a table is a list of its rows", () => {
    const parts = partsOf("#### H\n\n> q1\n> q2\n\n| a | bb |\n|---|---|\n| 1 | 2 |\n");
    assert.deepEqual(
      parts.map(({ type }) => type),
      ["rich_text_section", "rich_text_quote", "rich_text_section", "rich_text_list"],
    );
    assert.equal(wordsOfRow(parts[3]), "1 → 2");
  });

  test("nothing in a quote ends with an empty line", () => {
    const parts = partsOf("> words\n>\n> | a | b |\n> |---|---|\n> | 1 | 2 |\n");
    const quotes = parts.flatMap((part) => (part.type === "rich_text_quote" ? part.elements : []));
    assert.deepEqual(
      quotes.map((element) => ("text" in element ? element.text : "")),
      ["words", "a → b"],
    );
  });

  test("a table of more than two columns names them in each row", () => {
    const [list] = partsOf("| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n");
    assert.equal(wordsOfRow(list), "a: 1; b: 2; c: 3");
  });

  test("a column that no row fills keeps its heading", () => {
    const { block } = richText("| a | b | c |\n|---|---|---|\n| 1 | 2 | |\n| 3 | 4 |\n", {
      budget: 1_000,
    });
    assert.match(JSON.stringify(block), /"Columns: a, b, c\\n"/);
  });

  test("what leads elsewhere than to the web says where, once and readably", () => {
    const markdown =
      "[Ann](mailto:ann@a.example), [b@a.example](mailto:b@a.example), [call](tel:+49-1), " +
      "[in](ssh://root@b1), [steps](a%20b/c.md), [odd](a%zz.md), [x](javascript:y), [y](data:text/html,z)";
    const { block } = richText(markdown, { budget: 2_000 });
    const [part] = block.elements as { elements: { text: string }[] }[];
    assert.equal(
      part?.elements.map(({ text }) => text).join(""),
      "Ann (ann@a.example), b@a.example, call (+49-1), in (ssh://root@b1), steps (a b/c.md), odd (a%zz.md), x, y\n",
    );
  });

  test("a line ends in a cell where its page ends it", () => {
    const { block } = richText("| a | b |\n|---|---|\n| c | d<br>e |\n", { budget: 1_000 });
    assert.equal(wordsOfRow(block.elements[1]), "c → d\ne");
  });

  test("the words of a link go on in the next line as others do", () => {
    const { block } = richText("[Restart\n  the broker](https://a.example)", { budget: 1_000 });
    assert.match(JSON.stringify(block), /"Restart the broker"/);
  });

  test("an anchor without words shows nothing, a link without words its address", () => {
    const { block } = richText("## A [](#a)\n\nSee [](#b)it, [](https://c.example/).", {
      budget: 1_000,
    });
    const shown = JSON.stringify(block);
    assert.doesNotMatch(shown, /#b/);
    assert.match(shown, /https:\/\/c\.example/);
  });
});

/** The first row of a table's list as plain words. */
function wordsOfRow(part: unknown): string {
  const { elements } = part as { elements: { elements: { text: string }[] }[] };
  return (elements[0]?.elements ?? []).map(({ text }) => text).join("");
}

describe("lists", () => {
  test("items that follow each other are one list", () => {
    assert.deepEqual(listsOf("- a\n- b\n- c"), [["bullet", 0, 0, 3]]);
    assert.deepEqual(listsOf("1. a\n2. b\n"), [["ordered", 0, 0, 2]]);
  });

  test("numbers go on behind what stands between the items", () => {
    const markdown = `1. a\n\n   ${fenced("x").replace(/\n/g, "\n   ")}\n\n2. b\n3. c\n`;
    assert.deepEqual(listsOf(markdown), [
      ["ordered", 0, 0, 1],
      "rich_text_preformatted",
      ["ordered", 0, 1, 2],
    ]);
  });

  test("lists within lists are indented, and the outer numbers go on", () => {
    assert.deepEqual(listsOf("1. a\n   - x\n   - y\n2. b\n"), [
      ["ordered", 0, 0, 1],
      ["bullet", 1, 0, 2],
      ["ordered", 0, 1, 1],
    ]);
  });

  test("steps that are all written as 1 go on behind code at the left, and no others", () => {
    const steps = `1. a\n\n${fenced("x")}\n\n1. b\n1. c\n\n${fenced("y")}\n\n1. d\n\nThen:\n\n1. e\n`;
    const lists = listsOf(steps).filter((part) => Array.isArray(part));
    assert.deepEqual(
      lists.map(([, , before]) => before),
      [0, 1, 3, 0],
    );
    assert.deepEqual(listsOf(`1. a\n\n${fenced("x")}\n\n1. b\n2. c\n`)[2], ["ordered", 0, 0, 2]);
  });

  test("a list that starts at 5 does", () => {
    assert.deepEqual(listsOf("5. a\n6. b\n"), [["ordered", 0, 4, 2]]);
  });

  test("a numbered list behind a bulleted one is another list", () => {
    assert.deepEqual(listsOf("- a\n\n1. b\n"), [
      ["bullet", 0, 0, 1],
      ["ordered", 0, 0, 1],
    ]);
  });

  test("an item's further paragraphs follow it", () => {
    assert.deepEqual(listsOf("- a\n\n  more\n- b\n"), [
      ["bullet", 0, 0, 1],
      "rich_text_section",
      ["bullet", 0, 0, 1],
    ]);
  });

  test("nesting deeper than Slack's lists go stays at the deepest", () => {
    const deep = Array.from({ length: 12 }, (_, level) => `${"  ".repeat(level)}- l${level}`);
    const last = listsOf(deep.join("\n")).at(-1);
    assert.deepEqual(last, ["bullet", 8, 0, 4]);
  });
});

describe("code", () => {
  test("is filled in, and shown as it is", () => {
    const { block } = richText(fenced("curl $A <x> & `b`"), {
      budget: PLENTY,
      fillCode: (code) => code.replace("$A", "http://h"),
    });
    assert.deepEqual(block.elements, [
      {
        type: "rich_text_preformatted",
        elements: [{ type: "text", text: "curl http://h <x> & `b`" }],
      },
    ]);
  });

  test("that does not fit is left out, with all that follows", () => {
    const { block, truncated } = richText(`first\n\n${fenced("x".repeat(500))}\n\nlast`, {
      budget: 300,
    });
    assert.equal(truncated, true);
    assert.match(JSON.stringify(block), /first/);
    assert.doesNotMatch(JSON.stringify(block), /xx|last/);
  });

  test("that alone does not fit leaves an empty block, which fit drops", () => {
    const { block, truncated } = richText(fenced("x".repeat(500)), { budget: 300 });
    assert.equal(truncated, true);
    assert.deepEqual(fit({ text: "t", blocks: [block] }).blocks, []);
  });
});

describe("in words", () => {
  test("everything is there", () => {
    assert.equal(
      wordsOf(
        `**Look** at \`x\` <b> & [docs](https://e.example)\n\n- a\n  1. b\n\n> q r\n\n${fenced("curl <h>")}\n`,
      ),
      "Look at `x` &lt;b&gt; &amp; docs (https://e.example)\n• a\n    1. b\n> q r\n```\ncurl &lt;h&gt;\n```",
    );
  });

  test("numbers go on behind a code block", () => {
    const markdown = `1. a\n\n   ${fenced("x").replace(/\n/g, "\n   ")}\n\n2. b\n`;
    assert.equal(wordsOf(markdown), "1. a\n```\nx\n```\n2. b");
  });

  test("code cannot end its block", () => {
    assert.equal(wordsOf("````\na ``` b\n````"), "```\na ˋˋˋ b\n```");
    assert.equal(wordsOf("`` a`b ``"), "`aˋb`");
  });

  test("what does not fit is left out whole", () => {
    const { block } = richText(`one\n\n${fenced("two")}\n\nthree`, { budget: PLENTY });
    assert.deepEqual(richWords(block, 10), { text: "one", truncated: true });
    assert.deepEqual(richWords(block, 2), { text: "", truncated: true });
    assert.deepEqual(richWords(block, 30), { text: "one\n```\ntwo\n```\nthree", truncated: false });
  });
});

const markdown = fc
  .array(
    fc.oneof(
      hostile,
      fc.integer({ min: 1, max: 900 }).map((size) => fenced("c".repeat(size))),
      fc.lorem().map((words) => `- ${words}\n- ${words}`),
      fc.lorem().map((words) => `1. ${words}\n   - nested\n2. ${words}`),
      fc.constant("| a | b |\n|---|---|\n| <!here> | `x` |"),
      fc.constant("> quote"),
      fc.constant("## Heading"),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join("\n\n"));

test("for all Markdown and every budget: within it, taken by Slack, code whole or absent", () => {
  fc.assert(
    fc.property(markdown, fc.integer({ min: 200, max: 12_000 }), (text, budget) => {
      const { block, size, truncated } = richText(text, { budget });
      assert.equal(size, sizeOf(block));
      assert.ok(size <= budget);
      const whole = richText(text, { budget: PLENTY });
      assert.equal(truncated, whole.size > budget);
      const { blocks } = fit({ text: "t", blocks: [block] });
      assert.equal(checkMessage({ text: "t", blocks: [...blocks] }), undefined);
      const codes = codesIn(whole.block.elements);
      for (const code of codesIn(block.elements)) assert.ok(codes.includes(code));
    }),
  );
});

test("for all Markdown the words have no bracket of Slack's, and no code block is open", () => {
  fc.assert(
    fc.property(markdown, fc.integer({ min: 0, max: 3_000 }), (text, most) => {
      const { block } = richText(text, { budget: PLENTY });
      const words = richWords(block, most).text;
      assert.ok(words.length <= most);
      assert.doesNotMatch(words.replace(/^> ?/gm, ""), /[<>]|&(?!amp;|lt;|gt;)/);
      assert.equal((words.split("```").length - 1) % 2, 0);
    }),
  );
});

function codesIn(parts: readonly RichTextBlockElement[]): string[] {
  return parts.flatMap((part) =>
    part.type === "rich_text_preformatted" ? [JSON.stringify(part.elements)] : [],
  );
}
