import assert from "node:assert/strict";
import { test } from "node:test";
import { messageWords, withoutMarkup } from "../../../src/edges/slack/message-words.ts";

const section = (...elements: object[]) => ({ type: "rich_text_section", elements });

test("what a person wrote is read once, though Slack sends it as text and as blocks", () => {
  const message = {
    text: "Hey <@U0BOB>, `orders` lags behind *again* in <#C012AB|payments>",
    blocks: [
      {
        type: "rich_text",
        elements: [
          section(
            { type: "text", text: "Hey " },
            { type: "user", user_id: "U0BOB" },
            { type: "text", text: ", " },
            { type: "text", text: "orders", style: { code: true } },
            { type: "text", text: " lags behind " },
            { type: "text", text: "again", style: { bold: true } },
            { type: "text", text: " in " },
            { type: "channel", channel_id: "C012AB" },
          ),
        ],
      },
    ],
  };
  assert.equal(messageWords(message), "Hey , orders lags behind again in payments");
});

test("what only the blocks or the attachments say is read beside the summary", () => {
  const message = {
    text: "[FIRING:1] HighProduceLatency",
    blocks: [
      { type: "header", text: { type: "plain_text", text: "HighProduceLatency" } },
      { type: "section", text: { type: "mrkdwn", text: "p99 is *412 ms*" } },
    ],
    attachments: [
      { fallback: "[FIRING:1] HighProduceLatency", text: "Runbook: <https://x.example/a|here>" },
    ],
  };
  assert.equal(
    messageWords(message),
    "[FIRING:1] HighProduceLatency\np99 is 412 ms\nRunbook: here",
  );
});

test("sentences of rich text stay whole, lists by item, a pasted log by line", () => {
  const elements = [
    {
      type: "rich_text_list",
      elements: [section({ type: "text", text: "one" }), section({ type: "text", text: "two" })],
    },
    { type: "rich_text_preformatted", elements: [{ type: "text", text: "ERROR a\nERROR b" }] },
  ];
  const blocks = [{ type: "rich_text", elements }];
  assert.equal(messageWords({ text: "", blocks }), "one\ntwo\nERROR a\nERROR b");
});

const MARKUP: readonly (readonly [string, string])[] = [
  ["<!here> disk is full :fire:", "disk is full"],
  ["<!subteam^S1|@oncall> look", "look"],
  ["see <https://grafana.example/d/abc?from=1> now", "see now"],
  ["<https://x.example|the graph> is flat", "the graph is flat"],
  ["<#C1|> is quiet", "is quiet"],
  ["streamline::server: TLS handshake failed", "streamline::server: TLS handshake failed"],
  ["a &lt;b&gt; &amp; c", "a <b> & c"],
  ["&gt; quoted *bold* ~gone~ max_poll_records 2 * 3", "quoted bold gone max_poll_records 2 * 3"],
];

for (const [written, read] of MARKUP) {
  test(`without markup: ${written}`, () => assert.equal(withoutMarkup(written), read));
}

test("what is not a message, or endless, is read as far as it goes", () => {
  assert.equal(messageWords({}), "");
  assert.equal(messageWords({ text: 7, blocks: "x", attachments: [null, 3] }), "");
  assert.equal(messageWords({ text: "x".repeat(100_000) }).length, 12_000);
});
