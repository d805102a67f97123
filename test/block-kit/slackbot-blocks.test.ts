/** Blocks as Slackbot takes them: for one that it does not take, it would show none. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  actions,
  bullets,
  button,
  fold,
  header,
  paragraph,
  plain,
} from "../../src/block-kit/blocks.ts";
import type { KnownBlock } from "../../src/block-kit/message.ts";
import { slackbotBlocks } from "../../src/block-kit/slackbot-blocks.ts";

const link = (url: string, text?: string) =>
  ({ type: "link", url, ...(text === undefined ? {} : { text }) }) as const;

test("what could be clicked is left out, everywhere, and the rest stays", () => {
  const clickable = button("Why slow?", { id: "run_command", value: "why-slow" });
  const section = { type: "section", text: { type: "mrkdwn", text: "x" }, accessory: clickable };
  const shown = slackbotBlocks([
    header("Slow"),
    actions([clickable]),
    section as KnownBlock,
    ...fold("More", [paragraph("inside"), actions([clickable])]),
    ...fold("Buttons alone", [actions([clickable])]),
  ]);
  assert.doesNotMatch(JSON.stringify(shown), /action_id|actions/);
  assert.deepEqual(
    shown.map(({ type }) => type),
    ["header", "section", "container"],
  );
  assert.match(JSON.stringify(shown), /inside/);
});

test("a button that a tool can do calls it, each in a block of its own, and the others are left out", () => {
  const toolOf = (id: string, value: string) =>
    id === "run" ? { tool: "health", arguments: { target: value } } : undefined;
  const run = (value: string) => button(value, { id: "run", value });
  const other = button("Silence", { id: "silence", value: "x" });
  const section = { type: "section", text: { type: "mrkdwn", text: "x" }, accessory: run("c") };
  const shown = slackbotBlocks(
    [
      actions([run("a"), other, run("b")]),
      section as KnownBlock,
      actions([run("y".repeat(2_000))]),
      actions(Array.from({ length: 9 }, (_, n) => run(String(n)))),
      ...fold("More", [paragraph("inside"), actions([run("d")])]),
    ],
    toolOf,
  );
  const text = JSON.stringify(shown);
  assert.doesNotMatch(text, /Silence|silence|"run"/);
  const values = [...text.matchAll(/"action_id":"tool:health","value":"\{\\"target\\":\\"(\w+)/g)];
  assert.deepEqual(
    values.map(([, value]) => value),
    ["a", "b", "c", "0", "1", "2", "3", "4", "d"],
  );
  for (const block of shown) {
    if (block["type"] === "actions") assert.equal((block["elements"] as unknown[]).length, 1);
  }
});

test("links that lead nowhere from outside become words; public ones stay links", () => {
  const urls = [
    "http://prometheus.example.com/graph",
    "https://prometheus:9090/graph",
    "https://10.0.0.1/x",
    "https://bot.internal/x",
    "https://[::1]/x",
  ];
  const shown = JSON.stringify(
    slackbotBlocks([
      bullets([...urls.map((url) => [link(url, "open"), plain(" ")]), [link(urls[0] ?? "")]]),
    ]),
  );
  assert.doesNotMatch(shown, /"type":"link"/);
  assert.match(
    shown,
    /http:\/\/prometheus\.example\.com\/graph/,
    "without words it is its address",
  );
  const kept = slackbotBlocks([bullets([[link("https://wiki.example.com/x", "open")]])]);
  assert.match(JSON.stringify(kept), /"type":"link"/);
});

test("no more than Slackbot takes: blocks, charts, tables", () => {
  const chart = { type: "data_visualization", title: "t" } as unknown as KnownBlock;
  const table = (size: number) =>
    ({ type: "table", rows: [[{ type: "raw_text", text: "x".repeat(size) }]] }) as KnownBlock;
  const of = (blocks: readonly KnownBlock[]): number => slackbotBlocks(blocks).length;
  assert.equal(of(Array.from({ length: 80 }, () => header("x"))), 50);
  assert.equal(of([chart, chart, chart]), 2);
  assert.equal(of([table(11_000)]), 0);
  assert.equal(of([table(9_000), table(9_000), table(9_000)]), 2);
  assert.equal(
    of([{ type: "video" } as KnownBlock, { type: "alert" } as unknown as KnownBlock]),
    0,
  );
});
