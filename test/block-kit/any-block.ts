/** Blocks of every kind, of any size and with any text, as renderers could make them by mistake. */

import type { KnownBlock } from "../../src/block-kit/message.ts";
import fc from "../support/fast-check.ts";
import { hostile } from "./hostile.ts";

const plain = hostile.map((text) => ({ type: "plain_text" as const, text }));
const mrkdwn = hostile.map((text) => ({ type: "mrkdwn" as const, text }));
const many = <T>(each: fc.Arbitrary<T>, most: number): fc.Arbitrary<T[]> =>
  fc.oneof(
    fc.array(each, { maxLength: 3 }),
    fc.tuple(each, fc.integer({ min: 1, max: most })).map(([one, n]) => Array<T>(n).fill(one)),
  );

const option = fc.record({ text: plain, value: hostile }, { requiredKeys: ["text", "value"] });
const id = fc.uuid();
/** Ids are our own; only values and words come from others. */
const button = fc.record({
  type: fc.constant("button" as const),
  action_id: id,
  text: plain.filter(({ text }) => text !== ""),
  value: hostile,
});
const placeholder = plain.filter(({ text }) => text !== "");
const select = fc.record({
  type: fc.constant("static_select" as const),
  action_id: id,
  placeholder,
  options: many(option, 150),
});
const overflow = fc.record({
  type: fc.constant("overflow" as const),
  action_id: id,
  options: many(option, 9),
});
const cell = fc.oneof(
  fc.record({
    type: fc.constant("raw_text" as const),
    text: hostile.filter((text) => text !== "").map((text) => text.slice(0, 3_000)),
  }),
  fc.record({
    type: fc.constant("raw_number" as const),
    value: fc.integer(),
    text: fc.constant("1"),
  }),
);
const rows = many(
  many(cell, 30).filter((row) => row.length > 0),
  300,
);
const points = many(fc.record({ label: hostile, value: fc.integer() }), 40);

const inContainer = fc.oneof(
  fc.record({ type: fc.constant("header" as const), text: plain }),
  fc.record({ type: fc.constant("section" as const), text: mrkdwn, accessory: select }),
  fc.record({ type: fc.constant("context" as const), elements: many(mrkdwn, 15) }),
);

const SMALL: readonly fc.Arbitrary<KnownBlock>[] = [
  fc.record({ type: fc.constant("header" as const), text: plain }),
  fc.record({
    type: fc.constant("section" as const),
    text: fc.oneof(mrkdwn, plain),
    fields: many(mrkdwn, 20),
    accessory: fc.oneof(button, select, overflow),
  }),
  fc.record({ type: fc.constant("context" as const), elements: many(mrkdwn, 15) }),
  fc.record({
    type: fc.constant("actions" as const),
    elements: fc.array(fc.oneof(button, select, overflow), { maxLength: 40 }),
  }),
  fc.record({
    type: fc.constant("rich_text" as const),
    elements: many(
      fc.record({
        type: fc.constant("rich_text_section" as const),
        elements: many(fc.record({ type: fc.constant("text" as const), text: hostile }), 50),
      }),
      50,
    ),
  }),
  fc.record({
    type: fc.constant("image" as const),
    image_url: fc.constant("https://a.example/i.png"),
    alt_text: hostile.filter((text) => text !== ""),
  }),
  fc.constant({ type: "divider" as const }),
];

const LARGE: readonly fc.Arbitrary<KnownBlock>[] = [
  fc.record({ type: fc.constant("markdown" as const), text: hostile }),
  fc.record({ type: fc.constant("table" as const), rows }),
  fc.record({
    type: fc.constant("data_table" as const),
    rows,
    caption: hostile,
    page_size: fc.integer(),
  }),
  fc.record({
    type: fc.constant("data_visualization" as const),
    title: hostile,
    chart: fc.record({
      type: fc.constant("line" as const),
      series: many(fc.record({ name: hostile, data: points }), 20),
      axis_config: fc.record({ categories: many(hostile, 40), x_label: fc.constant("UTC") }),
    }),
  }),
  fc.record({
    type: fc.constant("container" as const),
    title: plain,
    is_collapsible: fc.constant(true),
    child_blocks: many(inContainer, 15),
  }),
  fc.record({
    type: fc.constant("card" as const),
    title: mrkdwn,
    subtitle: mrkdwn,
    body: mrkdwn,
    actions: fc.array(button, { maxLength: 3 }),
  }),
  fc.record({ type: fc.constant("alert" as const), text: mrkdwn }),
];

/** What can stand in a message. */
export const messageBlock: fc.Arbitrary<KnownBlock> = fc.oneof(...SMALL, ...LARGE);

/** What can stand in a view, and what cannot. */
export const viewBlock: fc.Arbitrary<KnownBlock> = fc.oneof(
  messageBlock,
  fc.record({
    type: fc.constant("input" as const),
    label: plain,
    hint: plain,
    element: fc.oneof(
      select,
      fc.record({ type: fc.constant("plain_text_input" as const), action_id: id, placeholder }),
    ),
  }),
);
