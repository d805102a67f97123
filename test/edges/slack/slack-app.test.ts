/** Slack's requests: only what Slack signed is taken; and the connection is watched. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createSlackApp } from "../../../src/edges/slack/slack-app.ts";
import { eventually } from "../../support/eventually.ts";
import { captureLog } from "../captured-log.ts";
import { send } from "../http/bot-server.ts";
import { FORM, SECRET, type Signed, signatureOf, startSignedSlack } from "./signed-slack.ts";

const COMMAND = "command=%2Fstreamline&text=help&user_id=U1&channel_id=C1&team_id=T1";
const now = (): number => Math.floor(Date.now() / 1000);

describe("a request", () => {
  test("that Slack signed is taken", async (t) => {
    const { request, asked } = await startSignedSlack(t);
    assert.equal((await request(COMMAND, FORM)).status, 200);
    await eventually("the question", () => asked.length === 1);
    assert.deepEqual(asked, [{ text: "help", user: "U1", channel: "C1" }]);
  });

  // Times are taken when a test begins: the file may have been read minutes before.
  const cases: [string, () => Signed][] = [
    ["signed with another secret", () => ({ secret: "wrong" })],
    [
      "signed for another body",
      () => ({ headers: { "x-slack-signature": `v0=${"0".repeat(64)}` } }),
    ],
    [
      "signed by another version",
      () => ({ headers: { "x-slack-signature": `v1=${"0".repeat(64)}` } }),
    ],
    ["without a signature", () => ({ headers: { "x-slack-signature": "" } })],
    ["six minutes old", () => ({ timestamp: now() - 360 })],
    ["of an hour ago", () => ({ timestamp: now() - 3_600 })],
    ["of an hour ahead", () => ({ timestamp: now() + 3_600 })],
    ["six minutes ahead", () => ({ timestamp: now() + 360 })],
    [
      "whose time is written otherwise",
      () => ({ headers: { "x-slack-request-timestamp": "1e9" } }),
    ],
    ["without a time", () => ({ headers: { "x-slack-request-timestamp": "" } })],
    ["whose time is not a number", () => ({ headers: { "x-slack-request-timestamp": "now" } })],
    [
      "whose time was changed",
      () => ({ headers: { "x-slack-request-timestamp": String(now() + 100) } }),
    ],
  ];
  for (const [what, signedNow] of cases) {
    test(`${what} is refused, and nobody is asked`, async (t) => {
      const { request, asked, logged } = await startSignedSlack(t);
      const answer = await request(COMMAND, FORM, signedNow());
      assert.deepEqual([answer.status, answer.text], [401, ""]);
      assert.deepEqual(asked, []);
      assert.ok(!logged().includes(SECRET));
    });
  }

  test("without any of the headers is refused", async (t) => {
    const { request, asked } = await startSignedSlack(t);
    const headers = { "x-slack-signature": "", "x-slack-request-timestamp": "" };
    assert.equal((await request(COMMAND, FORM, { headers })).status, 401);
    assert.deepEqual(asked, []);
  });

  test("of ten unsigned megabytes is refused", async (t) => {
    const { request, asked } = await startSignedSlack(t);
    const answer = await request("x".repeat(10 * 1024 ** 2), FORM, { secret: "wrong" });
    assert.ok([401, 413].includes(answer.status), String(answer.status));
    assert.deepEqual(asked, []);
  });

  test("that only checks the certificate cannot smuggle a command", async (t) => {
    const { request, asked } = await startSignedSlack(t);
    await request(`ssl_check=1&${COMMAND}`, FORM, { secret: "wrong" });
    await request(COMMAND, FORM);
    await eventually("the signed one", () => asked.length > 0);
    assert.equal(asked.length, 1);
  });

  test("that proves the address gets its challenge back", async (t) => {
    const { request } = await startSignedSlack(t);
    const body = JSON.stringify({ type: "url_verification", challenge: "abc" });
    const answer = await request(body, "application/json");
    assert.equal(answer.status, 200);
    assert.match(answer.text, /abc/);
  });

  test("that was copied is taken once, and refused when it comes again", async (t) => {
    const { request, asked } = await startSignedSlack(t);
    const first = now() - 10;
    const signed = { timestamp: first };
    assert.equal((await request(COMMAND, FORM, signed)).status, 200);
    assert.equal((await request(COMMAND, FORM, signed)).status, 401);
    assert.equal((await request(COMMAND, FORM, { timestamp: first - 1 })).status, 200);
    await eventually("both questions", () => asked.length === 2);
  });

  const JSON_TYPE = "application/json";
  const inForm = (payload: unknown): string =>
    new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const inEvent = (event: object): string =>
    JSON.stringify({ type: "event_callback", event_id: "E", event });
  const malformed: [string, string, string][] = [
    ["null", "null", JSON_TYPE],
    ["a number", "1", JSON_TYPE],
    ["a list", "[]", JSON_TYPE],
    ["empty", "", JSON_TYPE],
    ["cut off", '{"type":"event_callback"', JSON_TYPE],
    ["nested a hundred thousand deep", "[".repeat(100_000), JSON_TYPE],
    ["an event without an event", '{"type":"event_callback","event_id":"E"}', JSON_TYPE],
    ["an event that is null", '{"type":"event_callback","event_id":"E","event":null}', JSON_TYPE],
    ["a payload of null", inForm(null), FORM],
    ["a payload that is no JSON", "payload=%7B", FORM],
    ["a payload of no known type", inForm({ type: "constructor" }), FORM],
    [
      "a click on nothing",
      inForm({ type: "block_actions", user: { id: "U1" }, actions: [] }),
      FORM,
    ],
    ["a submission without a view", inForm({ type: "view_submission", user: { id: "U1" } }), FORM],
    [
      "a mention whose text is a list",
      inEvent({ type: "app_mention", channel: "C1", ts: "1.1", text: [] }),
      JSON_TYPE,
    ],
    ["an item that is null", inEvent({ type: "reaction_added", item: null }), JSON_TYPE],
    ["a command of nobody", "command=%2Fstreamline&text=help", FORM],
    ["a form of nothing", "", FORM],
  ];
  for (const [what, body, type] of malformed) {
    test(`that is signed and ${what} is refused with 400, and the server lives on`, async (t) => {
      const { request, asked } = await startSignedSlack(t);
      const answer = await request(body, type);
      assert.equal(answer.status, 400);
      assert.notEqual((JSON.parse(answer.text) as { error: string }).error, "");
      assert.equal((await request(COMMAND, FORM)).status, 200);
      await eventually("the command behind it", () => asked.length === 1);
    });
  }

  test("in which a part is null is read as if it were left out, and one without an address is run", async (t) => {
    const { request, shown } = await startSignedSlack(t);
    const click = {
      type: "block_actions",
      user: { id: "U1" },
      channel: null,
      view: null,
      message: null,
      actions: [{ action_id: "show_section", type: "button", value: "a.md#b" }],
    };
    assert.equal((await request(inForm(click), FORM)).status, 200);
    await eventually("the click", () => shown.length === 1);
  });

  test("to a path written otherwise has the same answer", async (t) => {
    const { url, asked } = await startSignedSlack(t);
    const headers = { "content-type": FORM, ...signatureOf(COMMAND, {}) };
    const other = url.replace("/slack/events", "/slack/%65vents");
    assert.equal((await send(other, { headers, body: COMMAND })).status, 200);
    await eventually("the question", () => asked.length === 1);
  });

  for (const callback of ["nobody_knows", "constructor", "__proto__"]) {
    test(`of a modal that nobody knows (${callback}) is acknowledged`, async (t) => {
      const { request } = await startSignedSlack(t);
      const view = {
        id: "V1",
        callback_id: callback,
        title: { type: "plain_text", text: "Old" },
        state: { values: {} },
        blocks: [],
      };
      const payload = { type: "view_submission", user: { id: "U1" }, team: { id: "T1" }, view };
      const answer = await request(inForm(payload), FORM);
      assert.deepEqual([answer.status, answer.text], [200, ""]);
      const closed = await request(inForm({ ...payload, type: "view_closed" }), FORM);
      assert.equal(closed.status, 200);
    });
  }

  test("that is signed and no JSON is refused, and the server lives on", async (t) => {
    const { request } = await startSignedSlack(t);
    assert.ok((await request("{", "application/json")).status >= 400);
    assert.equal((await request(COMMAND, FORM)).status, 200);
  });
});

describe("the connection", () => {
  const config = { mode: "http", signingSecret: SECRET, botToken: "xoxb-signed" } as const;
  test("is missing before the start, there after it, and missing after the stop", async (t) => {
    const { app } = await startSignedSlack(t);
    assert.equal(app.problem(), "not connected yet");
    await app.start();
    assert.equal(app.problem(), undefined);
    await app.stop();
    assert.equal(app.problem(), "stopped");
  });

  test("with a token that Slack refuses is reported with what to do, and without the token", async (t) => {
    const { slack } = await startSignedSlack(t);
    const { log } = captureLog();
    const wrong = { ...config, botToken: "xoxb-wrong-guess", apiUrl: slack.apiUrl };
    const app = createSlackApp(wrong, log);
    await assert.rejects(app.start(), (error: Error) => {
      assert.match(
        error.message,
        /^Slack refuses SLACK_BOT_TOKEN \(invalid_auth\), so .+: reinstall the app/,
      );
      assert.ok(!error.message.includes("wrong-guess"));
      return true;
    });
  });

  test("is checked while it runs: a token that was revoked is reported with what to do", async (t) => {
    const { app, slack } = await startSignedSlack(t);
    await app.start();
    slack.faults.add({ method: "auth.test", kind: "not_in_channel", times: 1 });
    app.doubtToken();
    await eventually("the problem", () => /SLACK_BOT_TOKEN/.test(app.problem() ?? ""));
    let isRecovered = false;
    app.onRecovery(() => {
      isRecovered = true;
    });
    app.doubtToken();
    await eventually("the recovery", () => isRecovered && app.problem() === undefined);
    await app.stop();
  });

  test("is asked for nothing before a command is acknowledged", async (t) => {
    const { request, slack, asked } = await startSignedSlack(t);
    assert.equal((await request(COMMAND, FORM)).status, 200);
    await eventually("the question", () => asked.length === 1);
    assert.deepEqual(
      slack.calls.filter(({ method }) => method === "auth.test"),
      [],
    );
  });

  test("to a Slack that cannot be reached is tried again, and the bot runs meanwhile", async () => {
    const { log, text } = captureLog();
    const app = createSlackApp({ ...config, apiUrl: "http://127.0.0.1:1/api/" }, log);
    await app.start();
    assert.match(app.problem() ?? "", /^Slack cannot be reached/);
    assert.match(text(), /Slack cannot be reached/);
    await app.stop();
    assert.equal(app.problem(), "stopped");
  });
});
