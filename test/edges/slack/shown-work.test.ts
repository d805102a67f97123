/** What a person sees while an answer is worked out, and that the answer comes whatever Slack refuses. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { eventually } from "../../support/eventually.ts";
import { startSignedSlack } from "./signed-slack.ts";

async function setUp(t: TestContext) {
  const { slack, url } = await startSignedSlack(t);
  slack.connectBot(url);
  const ask = async (text: string) => {
    const { ts } = await slack.sendMessage({ user: "alice", channel: "bot", text });
    const { directMessage } = slack.person("alice");
    return { ts, replies: () => slack.replies(directMessage, ts).slice(1) };
  };
  const statuses = () =>
    slack.calls
      .filter(({ method }) => method === "assistant.threads.setStatus")
      .map(({ body }) => body["status"]);
  return { slack, ask, statuses };
}

test("a quick answer is a message in its thread, with a status while it is worked out", async (t) => {
  const { ask, statuses } = await setUp(t);
  const { replies } = await ask("disk");
  await eventually("the answer", () => replies().length === 1);
  assert.equal(replies()[0]?.text, "answer to disk");
  await eventually("the status is gone", () => statuses().at(-1) === "");
  assert.deepEqual(statuses(), ["is reading…", ""]);
});

test("longer work shows its steps, and becomes the answer", async (t) => {
  const { ask, statuses, slack } = await setUp(t);
  const { replies } = await ask("slowly why");
  const [answer] = await eventually("the answer", () => {
    const all = replies();
    return all.some(({ blocks }) => blocks.some(({ type }) => type === "section")) && all;
  });
  assert.deepEqual(
    answer?.blocks.map(({ type, title, status }) => [type, title, status]),
    [
      ["task_card", "Poll orders", "complete"],
      ["section", undefined, undefined],
    ],
  );
  await eventually("the status is gone", () => statuses().at(-1) === "");
  assert.ok(statuses().includes("is checking orders…"));
  assert.equal(replies().length, 1);
  const streamed = slack.calls.filter(({ method }) => method.endsWith("Stream"));
  assert.ok(streamed.length <= 3, "steps told while a call is under way go with the next one");
});

for (const [what, fault] of [
  ["is not there", { method: "chat.startStream", kind: "server_error", times: 10 }],
  ["refuses the answer's blocks", { method: "chat.stopStream", kind: "invalid_blocks", times: 1 }],
  ["gives no answer", { method: "chat.stopStream", kind: "lost_answer", times: 2 }],
  ["has no status", { method: "assistant.threads.setStatus", kind: "server_error", times: 10 }],
] as const) {
  test(`where streaming ${what}, the answer comes all the same`, async (t) => {
    const { ask, slack } = await setUp(t);
    slack.faults.add(fault);
    const { replies } = await ask("slowly why");
    await eventually("the answer", () =>
      replies().some(({ blocks }) => JSON.stringify(blocks).includes("answer to slowly why")),
    );
  });
}

test("a thread in the messages tab goes on in it", async (t) => {
  const { ask, slack } = await setUp(t);
  const { ts, replies } = await ask("first");
  await eventually("the first answer", () => replies().length === 1);
  await slack.sendMessage({ user: "alice", channel: "bot", text: "second", threadTs: ts });
  await eventually("the second answer", () =>
    replies().some(({ text }) => text === "answer to second"),
  );
});

test("who opens the messages tab is offered questions, outside of any thread", async (t) => {
  const { slack } = await setUp(t);
  slack.openHome({ user: "alice", tab: "home" });
  slack.openHome({ user: "alice", tab: "messages" });
  const calls = await eventually("the prompts", () => {
    const all = slack.calls.filter(({ method }) => method.endsWith("setSuggestedPrompts"));
    return all.length > 0 && all;
  });
  assert.equal(calls.length, 1);
  assert.partialDeepStrictEqual(calls[0]?.body, {
    channel_id: slack.person("alice").directMessage,
    title: "now",
    prompts: [{ title: "How?", message: "health" }],
  });
  assert.equal(calls[0]?.body["thread_ts"], undefined);
});
