/** What stands in fields and messages, out of Slack's JSON. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { WebClient } from "@slack/web-api";
import { textsOf } from "../../../src/edges/slack/message-texts.ts";
import { createUserGroups } from "../../../src/edges/slack/user-groups.ts";
import { answerIn, fieldsOf } from "../../../src/edges/slack/view-payload.ts";
import { startSignedSlack } from "./signed-slack.ts";

for (const [what, element, expected] of [
  ["typed text", { type: "plain_text_input", value: "disk swap" }, "disk swap"],
  ["nothing typed", { type: "plain_text_input", value: null }, undefined],
  ["a choice", { type: "static_select", selected_option: { value: "2h" } }, "2h"],
  ["no choice", { type: "static_select", selected_option: null }, undefined],
  [
    "several",
    { type: "checkboxes", selected_options: [{ value: "a" }, { value: "b" }] },
    ["a", "b"],
  ],
  ["none of several", { type: "checkboxes", selected_options: [] }, []],
  ["a person", { type: "users_select", selected_user: "U1" }, "U1"],
  ["a channel", { type: "conversations_select", selected_conversation: "C1" }, "C1"],
  ["a time", { type: "timepicker", selected_time: "03:00" }, "03:00"],
] as const) {
  test(`${what} is read from a field`, () => {
    assert.deepEqual(answerIn(element), expected);
    assert.deepEqual(fieldsOf({ block: { field: element } }), { field: expected });
  });
}

test("what a message says is read wherever it says it, in order, each once, without markup", () => {
  const message = {
    text: "see <https://x.example|this> &amp; that",
    attachments: [
      {
        pretext: "before",
        title: "[FIRING:1]",
        text: "before",
        fields: [{ title: "a", value: "b" }],
      },
    ],
    blocks: [{ type: "rich_text", elements: [{ type: "x", elements: [{ text: "deep" }] }] }],
  };
  assert.deepEqual(textsOf(message), ["see this & that", "deep", "before", "[FIRING:1]", "a", "b"]);
});

test("a message that nests without end, or has no end, is read as far as anybody would", () => {
  let nested: object = { text: "bottom" };
  for (let depth = 0; depth < 1_000; depth += 1) nested = { elements: [nested] };
  assert.deepEqual(textsOf(nested), []);
  assert.equal(textsOf({ text: "x".repeat(1_000_000) }).join("").length, 12_000);
});

test("the members of a user group are asked for once in five minutes", async (t) => {
  const { slack } = await startSignedSlack(t);
  let now = 0;
  const groups = createUserGroups(
    new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl }),
    () => now,
  );
  const calls = () => slack.calls.filter(({ method }) => method === "usergroups.users.list").length;
  assert.deepEqual(await groups.members("S0ONCALL"), [slack.person("alice").id]);
  await groups.members("S0ONCALL");
  assert.equal(calls(), 1);
  now = 6 * 60_000;
  await groups.members("S0ONCALL");
  assert.equal(calls(), 2);
  await assert.rejects(groups.members("S0GONE"), /no_such_subteam/);
});
