/** Posts, edits and searches over Slack's Web API, and what each of its answers means. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, type TestContext, test } from "node:test";
import { WebClient } from "@slack/web-api";
import { header, paragraph } from "../../../src/block-kit/blocks.ts";
import type { Message } from "../../../src/block-kit/message.ts";
import { createLog } from "../../../src/edges/log.ts";
import { createMessenger } from "../../../src/edges/slack/messenger.ts";
import { slackLogger } from "../../../src/edges/slack/slack-logger.ts";
import type { Messenger } from "../../../src/features/delivery/messenger.ts";
import type { FaultKind } from "../../../src/sandbox/slack/faults.ts";
import { type LocalSlack, startLocalSlack } from "../../../src/sandbox/slack/local-slack.ts";
import { freePort } from "../../support/programs.ts";

const MESSAGE: Message = { text: "in words", blocks: [header("In blocks")] };

/** As the bot configures its client: no retries of its own. */
function messengerFor(apiUrl: string, token: string, timeout = 10_000): Messenger {
  return createMessenger(
    new WebClient(token, {
      slackApiUrl: apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout,
      logger: slackLogger(createLog("silent")),
    }),
    { now: () => Date.now(), of: (ms) => ms },
  );
}

describe("against a Slack", () => {
  let slack: LocalSlack;
  let messenger: Messenger;
  let channel: string;

  before(async () => {
    slack = await startLocalSlack({
      signingSecret: "s",
      botToken: "xoxb-bot",
      clock: () => new Date(),
    });
    messenger = messengerFor(slack.apiUrl, slack.botToken);
    channel = slack.channels["incidents"] ?? "";
  });
  after(() => slack.close());

  const fail = (method: string, kind: FaultKind, times = 1): void =>
    slack.faults.add({ method, kind, times });
  const post = (key: string, more: object = {}) =>
    messenger.post({ channel, message: MESSAGE, key, ...more });
  const posted = async (key: string, more: object = {}): Promise<string> => {
    const outcome = await post(key, more);
    assert.ok(outcome.kind === "posted", JSON.stringify(outcome));
    return outcome.ts;
  };
  /** The timestamp of the message under this key. */
  const find = async (key: string, sinceMs: number, threadTs?: string) => {
    const place = threadTs === undefined ? { channel } : { channel, threadTs };
    const all = await messenger.ours(place, sinceMs);
    return all.find((message) => message.key === key)?.ts;
  };
  const messageAt = (ts: string) => slack.messages("incidents").find((each) => each.ts === ts);

  test("a post has its words, its blocks and its key", async () => {
    const ts = await posted("k1");
    const message = messageAt(ts);
    assert.equal(message?.text, "in words");
    assert.equal(message?.blocks[0]?.["type"], "header");
    assert.deepEqual(message?.["metadata"], {
      event_type: "streamline_incident_bot",
      event_payload: { key: "k1" },
    });
  });

  test("nothing in a post unfurls", async () => {
    await posted("k2");
    const { body } = slack.calls.findLast(({ method }) => method === "chat.postMessage") ?? {};
    assert.ok(body !== undefined);
    assert.deepEqual([body["unfurl_links"], body["unfurl_media"]].map(String), ["false", "false"]);
  });

  test("an edit keeps the key", async () => {
    const sinceMs = Date.now();
    const ts = await posted("k3");
    const message = { text: "edited", blocks: [] };
    assert.deepEqual(await messenger.update({ channel, message, key: "k3", ts }), {
      kind: "posted",
      ts,
    });
    assert.equal(messageAt(ts)?.text, "edited");
    assert.equal(await find("k3", sinceMs), ts);
  });

  test("a reply stands in its thread, and in the channel when it is broadcast", async () => {
    const threadTs = await posted("k4");
    const reply = await posted("k5", { threadTs });
    const broadcast = await posted("k6", { threadTs, broadcast: true });
    assert.deepEqual(
      slack.replies("incidents", threadTs).map(({ ts }) => ts),
      [threadTs, reply, broadcast],
    );
    const { body } = slack.calls.findLast(({ method }) => method === "chat.postMessage") ?? {};
    assert.equal(String(body?.["reply_broadcast"]), "true");
  });

  test("sizes are proven before anything is sent", async () => {
    const message = {
      text: "x".repeat(50_000),
      blocks: Array.from({ length: 80 }, () => paragraph("y".repeat(5_000))),
    };
    const ts = await posted("k7", { message });
    assert.ok((messageAt(ts)?.blocks.length ?? 0) > 0, "it went out with its blocks");
  });

  describe("finding", () => {
    test("a message by its key, in the channel and in a thread", async () => {
      const sinceMs = Date.now();
      const parent = await posted("f1");
      const reply = await posted("f2", { threadTs: parent });
      assert.equal(await find("f1", sinceMs), parent);
      assert.equal(await find("f2", sinceMs, parent), reply);
      assert.equal(await find("f2", sinceMs), undefined);
      assert.equal(await find("f3", sinceMs), undefined);
    });

    test("a message among hundreds of others", async () => {
      const sinceMs = Date.now();
      const ts = await posted("f4");
      for (let count = 0; count < 250; count += 1) {
        await slack.sendMessage({ user: "alice", channel: "incidents", text: `talk ${count}` });
      }
      assert.equal(await find("f4", sinceMs), ts);
    });

    test("not what others post under the same key", async () => {
      const alice = slack.users["alice"];
      assert.ok(alice !== undefined);
      const sinceMs = Date.now();
      const stranger = new WebClient(alice.token, { slackApiUrl: slack.apiUrl });
      await stranger.chat.postMessage({
        channel,
        text: "not the bot's",
        metadata: { event_type: "other_app", event_payload: { key: "f5" } },
      });
      assert.equal(await find("f5", sinceMs), undefined);
    });

    test("throws while Slack does not answer, for then nobody knows", async () => {
      fail("conversations.history", "server_error");
      await assert.rejects(find("f1", 0));
      fail("conversations.history", "not_in_channel");
      await assert.rejects(find("f1", 0), /not_in_channel/);
    });
  });

  describe("what Slack answers", () => {
    for (const kind of ["channel_not_found", "not_in_channel"] as const) {
      test(`${kind} is a refusal that somebody can mend`, async () => {
        fail("chat.postMessage", kind);
        assert.deepEqual(await post("r1"), { kind: "refused", error: kind, of: "channel" });
      });
    }

    test("a channel that does not exist is refused without any fault", async () => {
      const outcome = await messenger.post({ channel: "C0NOWHERE", message: MESSAGE, key: "r2" });
      assert.deepEqual(outcome, { kind: "refused", error: "channel_not_found", of: "channel" });
    });

    test("a wrong token is refused", async () => {
      const stranger = messengerFor(slack.apiUrl, "xoxb-wrong");
      const outcome = await stranger.post({ channel, message: MESSAGE, key: "r3" });
      assert.deepEqual(outcome, { kind: "refused", error: "invalid_auth", of: "token" });
    });

    test("invalid_blocks goes out once more in words", async () => {
      const sinceMs = Date.now();
      fail("chat.postMessage", "invalid_blocks");
      const ts = await posted("r4");
      assert.equal(messageAt(ts)?.text, "in words");
      assert.deepEqual(messageAt(ts)?.blocks ?? [], []);
      assert.equal(await find("r4", sinceMs), ts);
    });

    test("blocks that Slack really refuses go out in words, in an edit, too", async () => {
      const message = { text: "words", blocks: [{ type: "nonsense" } as never] };
      const ts = await posted("r5", { message });
      assert.equal(messageAt(ts)?.text, "words");
      const edit = { text: "other words", blocks: [{ type: "nonsense" } as never] };
      const outcome = await messenger.update({ channel, message: edit, key: "r5", ts });
      assert.equal(outcome.kind, "posted");
      assert.equal(messageAt(ts)?.text, "other words");
    });

    test("invalid_blocks even in words is reported as such", async () => {
      fail("chat.postMessage", "invalid_blocks", 2);
      assert.deepEqual(await post("r6"), { kind: "rejected", error: "invalid_blocks" });
    });

    test("429 is reported with the time to wait, and is not tried again here", async () => {
      slack.faults.add({
        method: "chat.postMessage",
        kind: "rate_limited",
        times: 1,
        retryAfter: 7,
      });
      const calls = slack.calls.length;
      assert.deepEqual(await post("r7"), { kind: "rate-limited", retryAfterMs: 7_000 });
      assert.equal(slack.calls.length, calls + 1);
    });

    test("500 leaves in doubt whether it was posted", async () => {
      fail("chat.postMessage", "server_error");
      assert.deepEqual(await post("r8"), { kind: "unknown", error: "HTTP 500" });
    });

    test("a connection that breaks behind the post leaves in doubt, and the message is found", async () => {
      const sinceMs = Date.now();
      fail("chat.postMessage", "lost_answer");
      assert.equal((await post("r9")).kind, "unknown");
      const ts = await find("r9", sinceMs);
      assert.equal(messageAt(ts ?? "")?.text, "in words");
    });

    test("an edit of a message that was deleted finds it gone", async () => {
      const ts = await posted("r10");
      await new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl }).chat.delete({
        channel,
        ts,
      });
      const outcome = await messenger.update({ channel, message: MESSAGE, key: "r10", ts });
      assert.deepEqual(outcome, { kind: "gone", error: "message_not_found" });
    });
  });
});

describe("against what is no Slack", () => {
  async function serve(t: TestContext, answer: string | undefined): Promise<string> {
    const server = createServer((_request, response) => {
      // Without an answer the request hangs.
      if (answer !== undefined) response.setHeader("content-type", "application/json").end(answer);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    t.after(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  }

  const outcomeOf = async (url: string, timeout?: number) =>
    messengerFor(url, "xoxb-1", timeout).post({ channel: "C1", message: MESSAGE, key: "k" });

  test("a server that hangs leaves in doubt after the client's time", async (t) => {
    assert.equal((await outcomeOf(await serve(t, undefined), 50)).kind, "unknown");
  });

  test("a server that is not there was not reached: nothing is in doubt", async () => {
    assert.equal((await outcomeOf(`http://127.0.0.1:${await freePort()}/api/`)).kind, "unreached");
  });

  for (const [what, answer, expected] of [
    ["no JSON", "<html>", "unknown"],
    ["success without a timestamp", '{"ok":true}', "unknown"],
    ["an error of Slack's own", '{"ok":false,"error":"internal_error"}', "unknown"],
    ["a message too long", '{"ok":false,"error":"msg_too_long"}', "rejected"],
    ["a closed time for edits", '{"ok":false,"error":"edit_window_closed"}', "gone"],
    ["a missing permission", '{"ok":false,"error":"missing_scope"}', "refused"],
    ["an error that nobody foresaw", '{"ok":false,"error":"constructor"}', "refused"],
  ] as const) {
    test(`${what} is ${expected}`, async (t) => {
      assert.equal((await outcomeOf(await serve(t, answer))).kind, expected);
    });
  }
});
