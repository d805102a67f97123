import assert from "node:assert/strict";
import { test } from "node:test";
import { checkMessage, checkView } from "../../../src/sandbox/slack/check-payload.ts";
import fc from "../../support/fast-check.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const section = (text: string) => ({ type: "section", text: mrkdwn(text) });
const button = (fields: object = {}) => ({
  type: "button",
  action_id: "a",
  text: plain("Go"),
  ...fields,
});
const actions = (...elements: object[]) => ({ type: "actions", elements });
const option = (text: string, value = text) => ({ text: plain(text), value });
const chart = (series: object[]) => ({
  type: "data_visualization",
  chart: { type: "line", series },
});
const series = (points: number) => ({
  name: "p99",
  data: Array.from({ length: points }, (_, index) => ({ label: String(index), value: index })),
});
const raw = (text: string) => ({ type: "raw_text", text });

const TAKEN: readonly (readonly [string, readonly object[]])[] = [
  ["a section of 3,000 characters", [section("x".repeat(3_000))]],
  ["50 blocks", Array.from({ length: 50 }, () => ({ type: "divider" }))],
  ["a header of 150 characters", [{ type: "header", text: plain("x".repeat(150)) }]],
  ["a chart of 20 points", [chart([series(20)])]],
  ["100 table rows", [{ type: "table", rows: Array.from({ length: 100 }, () => [raw("a")]) }]],
  [
    "a container with buttons",
    [{ type: "container", title: plain("More"), child_blocks: [actions(button())] }],
  ],
];

for (const [what, blocks] of TAKEN) {
  test(`Slack takes ${what}`, () => {
    assert.equal(checkMessage({ blocks }), undefined);
  });
}

const REFUSED: readonly (readonly [string, readonly object[], string])[] = [
  ["3,001 characters in a section", [section("x".repeat(3_001))], "/blocks/0/text/text"],
  ["51 blocks", Array.from({ length: 51 }, () => ({ type: "divider" })), "/blocks]"],
  ["a header of 151", [{ type: "header", text: plain("x".repeat(151)) }], "/blocks/0/text/text"],
  ["a header in mrkdwn", [{ type: "header", text: mrkdwn("x") }], "/blocks/0/text]"],
  ["an empty text", [section("")], "/blocks/0/text/text"],
  ["a section of nothing", [{ type: "section" }], "missing required field: text"],
  ["11 fields", [{ type: "section", fields: Array(11).fill(mrkdwn("x")) }], "/blocks/0/fields"],
  [
    "a field of 2,001",
    [{ type: "section", fields: [mrkdwn("x".repeat(2_001))] }],
    "/blocks/0/fields/0/text",
  ],
  [
    "11 context elements",
    [{ type: "context", elements: Array(11).fill(mrkdwn("x")) }],
    "/blocks/0/elements",
  ],
  [
    "26 buttons",
    [actions(...Array.from({ length: 26 }, (_, n) => button({ action_id: `a${n}` })))],
    "/blocks/0/elements",
  ],
  ["a button text of 76", [actions(button({ text: plain("x".repeat(76)) }))], "/elements/0/text"],
  ["a button value of 2,001", [actions(button({ value: "x".repeat(2_001) }))], "/value"],
  ["two buttons of one action id", [actions(button(), button())], "action_id already exists"],
  ["an action id of 256", [actions(button({ action_id: "x".repeat(256) }))], "/action_id"],
  [
    "101 options",
    [
      actions({
        type: "static_select",
        options: Array.from({ length: 101 }, (_, n) => option(String(n))),
      }),
    ],
    "/options]",
  ],
  [
    "an option text of 76",
    [actions({ type: "static_select", options: [option("x".repeat(76), "v")] })],
    "/options/0/text/text",
  ],
  ["an element nobody knows", [actions({ type: "lever" })], "unsupported type: lever"],
  ["a block nobody knows", [{ type: "hologram" }], "unsupported type: hologram"],
  ["21 points in a chart", [chart([series(21)])], "/series/0/data"],
  ["13 series in a chart", [chart(Array.from({ length: 13 }, () => series(1)))], "/chart/series"],
  [
    "three charts",
    [chart([series(1)]), chart([series(1)]), chart([series(1)])],
    "no more than 2 data_visualization",
  ],
  [
    "two tables",
    [
      { type: "table", rows: [[raw("a")]] },
      { type: "table", rows: [[raw("a")]] },
    ],
    "only_one_table_allowed",
  ],
  ["an empty table cell", [{ type: "table", rows: [[raw("")]] }], "/rows/0/0/text"],
  [
    "10,001 characters in a table",
    [{ type: "table", rows: Array.from({ length: 11 }, () => [raw("x".repeat(950))]) }],
    "must be less than 10001",
  ],
  [
    "a data table of a head alone",
    [{ type: "data_table", caption: "c", rows: [[raw("a")]] }],
    "/rows",
  ],
  [
    "a data table without caption",
    [{ type: "data_table", rows: [[raw("a")], [raw("b")]] }],
    "caption",
  ],
  ["a card body of 201", [{ type: "card", body: mrkdwn("x".repeat(201)) }], "/body/text"],
  [
    "a container of 11 blocks",
    [{ type: "container", child_blocks: Array(11).fill({ type: "divider" }) }],
    "/child_blocks",
  ],
  [
    "one block id twice",
    [
      { type: "divider", block_id: "a" },
      { type: "divider", block_id: "a" },
    ],
    "block_id already exists",
  ],
];

for (const [what, blocks, where] of REFUSED) {
  test(`Slack refuses ${what}, and says where`, () => {
    const refusal = checkMessage({ blocks });
    assert.equal(refusal?.error, "invalid_blocks");
    assert.ok(refusal.messages.join("\n").includes(where), refusal.messages.join("\n"));
  });
}

test("blocks of more than 13,200 characters together are too long, though each is fine", () => {
  const blocks = Array.from({ length: 5 }, () => section("x".repeat(2_800)));
  assert.deepEqual(checkMessage({ blocks }), { error: "msg_blocks_too_long", messages: [] });
});

test("wrong blocks in an attachment are an invalid attachment", () => {
  const refusal = checkMessage({ attachments: [{ blocks: [section("")] }] });
  assert.equal(refusal?.error, "invalid_attachments");
});

const modal = (fields: object = {}) => ({
  type: "modal",
  title: plain("A title"),
  blocks: [{ type: "divider" }],
  ...fields,
});

test("a modal with a title of 24 characters is taken", () => {
  assert.equal(checkView(modal({ title: plain("x".repeat(24)) })), undefined);
});

const REFUSED_VIEWS: readonly (readonly [string, Record<string, unknown>, string])[] = [
  ["a title of 25 characters", modal({ title: plain("x".repeat(25)) }), "/view/title/text"],
  ["no title", modal({ title: undefined }), "missing required field: title"],
  ["101 blocks", modal({ blocks: Array(101).fill({ type: "divider" }) }), "/view/blocks"],
  ["3,001 characters of metadata", modal({ private_metadata: "x".repeat(3_001) }), "metadata"],
  [
    "a table",
    modal({ blocks: [{ type: "table", rows: [[raw("a")]] }] }),
    "unsupported type: table",
  ],
  [
    "an input but no submit button",
    modal({
      blocks: [{ type: "input", label: plain("Why"), element: { type: "plain_text_input" } }],
    }),
    "missing required field: submit",
  ],
];

for (const [what, view, where] of REFUSED_VIEWS) {
  test(`a modal with ${what} is refused, and it says where`, () => {
    const refusal = checkView(view);
    assert.equal(refusal?.error, "invalid_arguments");
    assert.ok(refusal.messages.join("\n").includes(where), refusal.messages.join("\n"));
  });
}

test("whatever is sent as blocks is taken or refused, and never breaks the judge", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), (blocks, attachments) => {
      const refusal = checkMessage({ blocks, attachments });
      assert.ok(refusal === undefined || refusal.error !== "");
      assert.ok(checkView({ type: "modal", blocks, title: attachments }) !== undefined);
    }),
  );
});

test("a block of a known type with any content is taken or refused, and never breaks the judge", () => {
  const types = ["section", "actions", "context", "table", "data_table", "container", "carousel"];
  const block = fc.record({
    type: fc.constantFrom(...types, "data_visualization", "input", "rich_text"),
    text: fc.jsonValue(),
    elements: fc.jsonValue(),
    rows: fc.jsonValue(),
    chart: fc.jsonValue(),
    child_blocks: fc.jsonValue(),
    accessory: fc.jsonValue(),
  });
  fc.assert(
    fc.property(fc.array(block), (blocks) => {
      const refusal = checkMessage({ blocks });
      assert.ok(refusal === undefined || refusal.error !== "");
    }),
  );
});
