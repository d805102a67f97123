/** Acknowledgements need nothing but the bot: not Slack's Web API, not the store, not what takes long. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startSignedSlack, UNDECIDED } from "./signed-slack.ts";

const never = Promise.withResolvers<never>().promise;
const PERSON = {
  team: { id: "T1" },
  user: { id: UNDECIDED, team_id: "T1" },
  channel: { id: "C0INCIDENTS", name: "incidents" },
  api_app_id: "A1",
  trigger_id: "1.2",
  response_url: "http://127.0.0.1:1/none",
};
const VIEW = { id: "V1", callback_id: "send_form", state: { values: {} }, title: { text: "Form" } };
const MESSAGE = { ts: "1.1", text: "a post" };

/** What a person does, by its kind. */
const PAYLOADS: readonly (readonly [string, object])[] = [
  [
    "a click",
    {
      type: "block_actions",
      message: MESSAGE,
      actions: [{ action_id: "run_command", type: "button", value: "x" }],
    },
  ],
  ["a form", { type: "view_submission", view: VIEW }],
  [
    "a shortcut",
    { type: "message_action", callback_id: "look_up", message_ts: "1.1", message: MESSAGE },
  ],
];

describe("is acknowledged although nobody knows yet what the person may", () => {
  for (const [what, payload] of PAYLOADS) {
    test(what, async (t) => {
      const { payload: send, slack } = await startSignedSlack(t);
      assert.equal((await send({ ...PERSON, ...payload })).status, 200);
      assert.deepEqual(slack.calls, [], "nobody asked Slack for anything");
    });
  }
});

test("letters in a menu that searches are answered from memory", async (t) => {
  const { payload: send } = await startSignedSlack(t);
  const typed = { type: "block_suggestion", action_id: "find_word", block_id: "b", value: "w" };
  const { status, text } = await send({ ...PERSON, ...typed });
  assert.equal(status, 200);
  assert.match(text, /a word/);
});

test("a command is acknowledged although its answer never comes", async (t) => {
  const { command } = await startSignedSlack(t, () => never);
  assert.equal((await command("health")).status, 200);
});
