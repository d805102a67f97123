import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { ErrorCode, WebClient } from "@slack/web-api";
import type { LocalSlack } from "../../../src/sandbox/slack/local-slack.ts";
import { SILENT, startSlack } from "./echo-bot.ts";

describe("the Web API", () => {
  let slack: LocalSlack;
  let client: WebClient;
  let incidents: string;

  before(async () => {
    slack = await startSlack();
    incidents = slack.channels["incidents"] ?? "";
    client = new WebClient(slack.botToken, {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: SILENT,
    });
  });
  afterEach(() => slack.faults.clear());
  after(() => slack.close());

  const post = (text: string, more: object = {}) =>
    client.chat.postMessage({ channel: incidents, text, ...more });

  test("auth.test tells the bot who it is", async () => {
    const { user_id, bot_id, team_id } = await client.auth.test();
    assert.deepEqual(
      { user_id, bot_id, team_id },
      {
        user_id: slack.workspace.bot.userId,
        bot_id: slack.workspace.bot.botId,
        team_id: slack.workspace.team.id,
      },
    );
  });

  test("a wrong token is refused", async () => {
    const stranger = new WebClient("xoxb-wrong", { slackApiUrl: slack.apiUrl, logger: SILENT });
    await refused(stranger.auth.test(), "invalid_auth");
  });

  test("every call is kept with its method and its body", async () => {
    await post("kept", { metadata: { event_type: "a", event_payload: { b: 1 } } });
    const call = slack.calls.at(-1);
    assert.equal(call?.method, "chat.postMessage");
    assert.equal(call.body["text"], "kept");
    assert.deepEqual(call.body["metadata"], { event_type: "a", event_payload: { b: 1 } });
  });

  test("metadata comes back with the history, to those who ask for it", async () => {
    const metadata = { event_type: "incident", event_payload: { key: "k1" } };
    const { ts = "" } = await post("with metadata", { metadata });
    const oldest = String(Number(ts) - 0.000001);
    const found = await client.conversations.history({
      channel: incidents,
      oldest,
      include_all_metadata: true,
    });
    assert.deepEqual(found.messages?.[0]?.metadata, metadata);
    const bare = await client.conversations.history({ channel: incidents, oldest });
    assert.equal(bare.messages?.[0]?.metadata, undefined);
  });

  test("an update keeps the metadata and marks the message as edited", async () => {
    const metadata = { event_type: "incident", event_payload: { key: "k2" } };
    const { ts = "" } = await post("before", { metadata });
    await client.chat.update({ channel: incidents, ts, text: "after" });
    const message = slack.messages("incidents").at(-1);
    assert.equal(message?.text, "after");
    assert.deepEqual(message["metadata"], metadata);
    assert.ok(message["edited"]);
  });

  test("history pages from the newest to the oldest", async () => {
    for (const text of ["one", "two", "three"]) await post(text);
    const first = await client.conversations.history({ channel: incidents, limit: 2 });
    assert.deepEqual(
      first.messages?.map(({ text }) => text),
      ["three", "two"],
    );
    const cursor = first.response_metadata?.next_cursor ?? "";
    const second = await client.conversations.history({ channel: incidents, limit: 1, cursor });
    assert.deepEqual(
      second.messages?.map(({ text }) => text),
      ["one"],
    );
  });

  test("a thread's first message knows its replies; the replies are not in the history", async () => {
    const { ts = "" } = await post("parent");
    await post("first", { thread_ts: ts });
    const { ts: last } = await post("second", { thread_ts: ts });
    const { messages } = await client.conversations.replies({ channel: incidents, ts });
    assert.deepEqual(
      messages?.map(({ text }) => text),
      ["parent", "first", "second"],
    );
    assert.equal(messages?.[0]?.reply_count, 2);
    assert.equal(messages?.[0]?.latest_reply, last);
    const history = await client.conversations.history({ channel: incidents, limit: 1 });
    assert.equal(history.messages?.[0]?.text, "parent");
  });

  test("a thread that does not exist is not found", async () => {
    const asked = client.conversations.replies({ channel: incidents, ts: "1.000001" });
    await refused(asked, "thread_not_found");
  });

  test("a deleted message is gone from the channel and from its thread's count", async () => {
    const { ts = "" } = await post("parent");
    const reply = await post("reply", { thread_ts: ts });
    await client.chat.delete({ channel: incidents, ts: reply.ts ?? "" });
    assert.equal(slack.messages("incidents").at(-1)?.["reply_count"], undefined);
    assert.equal(slack.replies("incidents", ts).length, 1);
  });

  test("only the person meant sees an ephemeral message, and no history has it", async () => {
    const alice = slack.person("alice").id;
    await client.chat.postEphemeral({ channel: incidents, user: alice, text: "psst" });
    assert.equal(slack.ephemerals("alice").at(-1)?.text, "psst");
    assert.ok(slack.ephemerals("bob").every(({ text }) => text !== "psst"));
    assert.ok(slack.messages("incidents").every(({ text }) => text !== "psst"));
  });

  const BODIES = [
    ["nothing", "application/json", ""],
    ["half a JSON", "application/json", '{"channel":'],
    ["a list", "application/json", "[1,2]"],
    ["a form with broken blocks", "application/x-www-form-urlencoded", "text=a&blocks=%5B%7B"],
    ["bytes", "application/octet-stream", "\u0000\u0001"],
  ] as const;
  for (const [what, type, body] of BODIES) {
    test(`a body of ${what} is refused as Slack refuses it`, async () => {
      const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
        method: "POST",
        headers: { "content-type": type, authorization: `Bearer ${slack.botToken}` },
        body,
      });
      assert.equal(response.status, 200);
      assert.equal(((await response.json()) as { ok: boolean }).ok, false);
    });
  }

  test("a channel may be named, with or without its sign", async () => {
    for (const channel of ["incidents", "#incidents"]) {
      const posted = await client.chat.postMessage({ channel, text: channel });
      assert.equal(posted.channel, incidents);
    }
  });

  test("where the bot is not a member its post is refused, until it joins", async () => {
    const channel = slack.channels["random"] ?? "";
    await refused(client.chat.postMessage({ channel, text: "x" }), "not_in_channel");
    await client.conversations.join({ channel });
    assert.ok((await client.chat.postMessage({ channel, text: "x" })).ok);
  });

  test("blocks that Slack would refuse are refused, with the place", async () => {
    const blocks = [{ type: "section", text: { type: "mrkdwn", text: "x".repeat(3_001) } }];
    const data = await refused(post("fallback", { blocks }), "invalid_blocks");
    assert.match(
      JSON.stringify(data),
      /less than 3001 characters \[json-pointer:\/blocks\/0\/text/,
    );
  });

  test("elements without ids get some, so that a click can name its place", async () => {
    const text = { type: "plain_text", text: "Go" };
    await post("x", { blocks: [{ type: "actions", elements: [{ type: "button", text }] }] });
    const [block] = slack.messages("incidents").at(-1)?.blocks ?? [];
    assert.match(String(block?.["block_id"]), /^[\w-]{5}$/);
    assert.match(JSON.stringify(block), /"action_id":"[\w-]{5}"/);
  });

  for (const kind of ["channel_not_found", "not_in_channel", "invalid_blocks"] as const) {
    test(`the fault ${kind} hits as many calls as it says, and posts nothing`, async () => {
      const count = slack.messages("incidents").length;
      slack.faults.add({ method: "chat.postMessage", kind, times: 2 });
      for (let call = 0; call < 2; call += 1) {
        await refused(post("x"), kind);
      }
      assert.equal(slack.messages("incidents").length, count);
      assert.ok((await post("x")).ok);
    });
  }

  test("a rate limit answers 429 with the seconds to wait", async () => {
    slack.faults.add({ method: "chat.postMessage", kind: "rate_limited", times: 1, retryAfter: 7 });
    await assert.rejects(post("x"), { code: ErrorCode.RateLimitedError, retryAfter: 7 });
  });

  test("a server error answers 500 and posts nothing", async () => {
    const count = slack.messages("incidents").length;
    slack.faults.add({ method: "chat.postMessage", kind: "server_error", times: 1 });
    await assert.rejects(post("x"), { code: ErrorCode.HTTPError });
    assert.equal(slack.messages("incidents").length, count);
  });

  test("a lost answer breaks the connection after the message was posted", async () => {
    slack.faults.add({ method: "chat.postMessage", kind: "lost_answer", times: 1 });
    await assert.rejects(post("posted all the same"), { code: ErrorCode.RequestError });
    assert.equal(slack.messages("incidents").at(-1)?.text, "posted all the same");
  });

  test("a fault for one channel leaves the others alone", async () => {
    slack.faults.add({
      method: "chat.postMessage",
      kind: "server_error",
      times: 1,
      channel: slack.channels["general"] ?? "",
    });
    assert.ok((await post("x")).ok);
  });
});

/** Slack says no with this code; returns its whole answer. */
async function refused(call: Promise<unknown>, error: string): Promise<unknown> {
  const failure = await call.then(
    () => undefined,
    (thrown: { readonly data?: { readonly error?: string } }) => thrown,
  );
  assert.equal(failure?.data?.error, error);
  return failure?.data;
}
