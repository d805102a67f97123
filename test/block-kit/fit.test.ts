/** The last proof before a message leaves: whatever goes in, Slack takes what comes out. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bullets, context, header, paragraph, plain } from "../../src/block-kit/blocks.ts";
import { fit, sizeOf } from "../../src/block-kit/fit.ts";
import { visibleSize } from "../../src/block-kit/fit-block.ts";
import { LIMITS } from "../../src/block-kit/limits.ts";
import type { KnownBlock } from "../../src/block-kit/message.ts";
import { table } from "../../src/block-kit/table.ts";
import { checkMessage } from "../../src/sandbox/slack/check-payload.ts";
import fc from "../support/fast-check.ts";

const LONG = "x".repeat(20_000);

function fitted(...blocks: KnownBlock[]): readonly KnownBlock[] {
  return fit({ text: "t", blocks }).blocks;
}

function code(text: string): KnownBlock {
  return {
    type: "rich_text",
    elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text }] }],
  };
}

test("a message within the limits is left as it is", () => {
  const message = {
    text: "hello",
    blocks: [header("h"), paragraph("p"), context("c"), bullets([[plain("b")]]), code("x")],
  };
  assert.deepEqual(fit(message), message);
});

test("a message that just fills the limits has nothing left out", () => {
  const blocks = Array.from({ length: LIMITS.messageBlocks }, () => paragraph("p"));
  assert.equal(fitted(...blocks).length, LIMITS.messageBlocks);
  assert.ok(!JSON.stringify(fitted(...blocks)).includes("left out"));
});

test("blocks that are too many, or too large together, are dropped from the end and counted", () => {
  const many = fitted(...Array.from({ length: 60 }, (_, n) => paragraph(`p${n}`)));
  assert.equal(many.length, LIMITS.messageBlocks);
  assert.match(JSON.stringify(many.at(-1)), /11 parts left out/);
  const large = fitted(...Array.from({ length: 9 }, () => paragraph("x".repeat(2_900))));
  assert.equal(large.length, 4);
  assert.match(JSON.stringify(large.at(-1)), /6 parts left out/);
});

test("what a message takes is counted as Slack counts it: with the frames around the words", () => {
  const small = Array.from({ length: 400 }, () => [plain("word")]);
  const blocks = fitted(bullets(small));
  assert.ok(blocks.reduce((sum, block) => sum + sizeOf(block), 0) <= LIMITS.messageTotal);
  assert.equal(checkMessage({ blocks: [...blocks] }), undefined);
});

test("the beginning of a list that is too long is shown, item by item", () => {
  const [list, note] = fitted(bullets(Array.from({ length: 500 }, (_, n) => [plain(`item ${n}`)])));
  assert.match(JSON.stringify(list), /"item 0".*"item 100"/);
  assert.match(JSON.stringify(note), /1 part left out or cut/);
});

test("a code block is whole or absent", () => {
  const shown = fitted(code("short"), code("y".repeat(11_800)), code("later"));
  assert.match(JSON.stringify(shown), /"short"/);
  assert.doesNotMatch(JSON.stringify(shown), /yy|later/);
});

describe("sizes of single parts", () => {
  for (const [what, block, most] of [
    ["a header", header(LONG), LIMITS.headerText],
    ["a paragraph", paragraph(LONG), LIMITS.sectionText],
    ["a context", context(LONG), LIMITS.contextText],
    ["an item of a list", bullets([[plain(LONG)]]), LIMITS.richTextElement],
  ] as const) {
    test(`${what} is cut with …`, () => {
      const [only] = fitted(block);
      assert.ok(visibleSize(only) <= most && visibleSize(only) > most - 10);
      assert.match(JSON.stringify(only), /…"/);
    });
  }

  test("fields, buttons and context elements beyond the limit are left out", () => {
    const text = { type: "mrkdwn", text: "f" } as const;
    const button = { type: "button", text: { type: "plain_text", text: "b" } } as const;
    const [section, actions, contexts] = fitted(
      { type: "section", fields: Array.from({ length: 12 }, () => text) },
      { type: "actions", elements: Array.from({ length: 30 }, () => button) },
      { type: "context", elements: Array.from({ length: 12 }, () => text) },
    );
    assert.ok(section?.type === "section" && section.fields?.length === LIMITS.sectionFields);
    assert.ok(actions?.type === "actions" && actions.elements.length === LIMITS.actionsElements);
    assert.ok(contexts?.type === "context" && contexts.elements.length === LIMITS.contextElements);
  });

  test("a table keeps as many rows as may stand in one", () => {
    const columns = [{ title: "A", cell: (row: string) => row, most: 300 }];
    const rows = Array.from({ length: 200 }, () => "z".repeat(300));
    const [shown] = fitted(table(columns, rows));
    assert.ok(shown?.type === "table");
    assert.ok(visibleSize(shown) <= LIMITS.tableText && shown.rows.length > 30);
    const [short] = fitted(
      table(
        columns,
        Array.from({ length: 200 }, () => "z"),
      ),
    );
    assert.ok(short?.type === "table" && short.rows.length === LIMITS.tableRows);
  });
});

test("what shows nothing, which Slack refuses, is left out", () => {
  assert.deepEqual(
    fitted(
      paragraph(""),
      context(""),
      { type: "header", text: { type: "plain_text", text: "" } },
      { type: "actions", elements: [] },
      bullets([]),
      code(""),
      { type: "rich_text", elements: [] },
      { type: "rich_text", elements: [{ type: "rich_text_section", elements: [plain("")] }] },
    ),
    [],
  );
});

test("an item without words keeps its place in a list", () => {
  const [list] = fitted(bullets([[plain("a")], [plain("")], [plain("c")]]));
  assert.equal(JSON.stringify(list).match(/rich_text_section/g)?.length, 3);
});

test("the plain form is cut without leaving anything half open", () => {
  const { text } = fit({ text: `${"&amp;".repeat(2_000)}`, blocks: [] });
  assert.ok(text.length <= LIMITS.messageText);
  assert.match(text, /^(&amp;)+…$/);
});

test("Slack takes whatever comes out", () => {
  const words = fc.oneof(
    fc.string(),
    fc.integer({ min: 0, max: 9_000 }).map((length) => "w".repeat(length)),
  );
  const block: fc.Arbitrary<KnownBlock> = fc.oneof(
    words.map(header),
    words.map(paragraph),
    words.map(context),
    words.map(code),
    fc.array(words, { maxLength: 40 }).map((items) => bullets(items.map((each) => [plain(each)]))),
  );
  const rows = fc.array(words, { maxLength: 120 });
  const columns = [{ title: "A", cell: (row: string) => row, most: 500 }];
  fc.assert(
    fc.property(words, fc.array(block, { maxLength: 60 }), rows, (text, blocks, cells) => {
      const message = fit({ text, blocks: [...blocks, table(columns, cells)] });
      assert.equal(checkMessage({ text: message.text, blocks: [...message.blocks] }), undefined);
    }),
  );
});
