/** Which messages are another app's posts, and what of them is read. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { foreignPostOf } from "../../../src/edges/slack/external-post.ts";
import fc from "../../support/fast-check.ts";

const OWN = { botId: "B0OWN", appId: "A0OWN" };
const POST = {
  type: "message",
  subtype: "bot_message",
  channel: "C0ALERTS",
  ts: "1700000000.000100",
  bot_id: "B0OTHER",
  text: "",
  attachments: [
    {
      title: "[FIRING:1] Lag &lt;x&gt;",
      title_link: "http://am:9093/#/alerts?receiver=a",
      text: "see <http://am/x|here> &amp; there",
      fields: [{ title: "Severity", value: "warning" }, 7],
      actions: [{ url: "http://am/silence" }],
    },
    null,
  ],
};
const EDIT = {
  type: "message",
  subtype: "message_changed",
  channel: "C0ALERTS",
  ts: "1700000009.000100",
  event_ts: "1700000009.000100",
  message: POST,
};

test("a post is read as words, without Slack's markup", () => {
  const post = foreignPostOf(POST, OWN);
  assert.deepEqual(
    [post?.channel, post?.ts, post?.version],
    ["C0ALERTS", POST.ts, Number(POST.ts)],
  );
  assert.partialDeepStrictEqual(post?.post.attachments[0], {
    title: "[FIRING:1] Lag <x>",
    text: "see here & there",
    fields: [
      { title: "Severity", value: "warning" },
      { title: "", value: "" },
    ],
    links: ["http://am/silence"],
  });
});

test("a reply in a thread is told with the post above it", () => {
  const post = foreignPostOf({ ...POST, thread_ts: "1690000000.000100" }, OWN);
  assert.deepEqual([post?.ts, post?.threadTs], [POST.ts, "1690000000.000100"]);
});

test("a post whose words are only in blocks is read by them", () => {
  const blocks = [
    { type: "header", text: { type: "plain_text", text: "Monitoring" } },
    { type: "section", text: { type: "mrkdwn", text: "*[FIRING:1] KafkaDown* streamline" } },
  ];
  const post = foreignPostOf({ ...POST, attachments: [], blocks }, OWN);
  assert.match(post?.post.attachments[0]?.title ?? "", /FIRING:1] KafkaDown/);
  const inAttachment = foreignPostOf({ ...POST, attachments: [{ blocks }] }, OWN);
  assert.match(inAttachment?.post.attachments[0]?.title ?? "", /FIRING:1] KafkaDown/);
});

test("an edit is the same post in a later version, however it was posted", () => {
  const { subtype: _, ...byToken } = POST;
  for (const message of [POST, byToken]) {
    const post = foreignPostOf({ ...EDIT, message }, OWN);
    assert.deepEqual([post?.ts, post?.version], [POST.ts, 1_700_000_009.0001]);
  }
});

for (const [what, event] of [
  ["our own post", { ...POST, bot_id: "B0OWN" }],
  ["our own post by another token", { ...POST, app_id: "A0OWN" }],
  ["an edit of our own post", { ...EDIT, message: { ...POST, bot_id: "B0OWN" } }],
  ["a person's message", { ...POST, bot_id: undefined, subtype: undefined }],
  ["a deletion", { ...POST, subtype: "message_deleted" }],
  ["an edit without its message", { ...EDIT, message: undefined }],
  ["a post without a time", { ...POST, ts: "soon" }],
] as const) {
  test(`${what} is not another app's post`, () => {
    assert.equal(foreignPostOf(event, OWN), undefined);
  });
}

test("whatever stands in an event, nothing throws", () => {
  fc.assert(
    fc.property(fc.object({ maxDepth: 4 }), (event) => {
      foreignPostOf(event, OWN);
      foreignPostOf({ ...POST, attachments: [event] }, OWN);
      foreignPostOf({ ...EDIT, message: event }, OWN);
    }),
  );
});
