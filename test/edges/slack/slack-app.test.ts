/** Slack's requests: only what Slack signed is taken; and the connection is looked after. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createSlackApp } from "../../../src/edges/slack/slack-app.ts";
import { eventually } from "../../support/sandbox-bot.ts";
import { captureLog } from "../captured-log.ts";
import { FORM, SECRET, type Signed, startSignedSlack } from "./signed-slack.ts";

const COMMAND = "command=%2Fstreamline&text=help&user_id=U1&channel_id=C1&team_id=T1";
const now = (): number => Math.floor(Date.now() / 1000);

describe("a request", () => {
  test("that Slack signed is taken", async (t) => {
    const { request, asked } = await startSignedSlack(t);
    assert.equal((await request(COMMAND, FORM)).status, 200);
    await eventually("the question", () => asked.length === 1);
    assert.deepEqual(asked, [{ text: "help", user: "U1", channel: "C1" }]);
  });

  const cases: [string, Signed][] = [
    ["signed with another secret", { secret: "wrong" }],
    ["signed for another body", { headers: { "x-slack-signature": `v0=${"0".repeat(64)}` } }],
    ["signed by another version", { headers: { "x-slack-signature": `v1=${"0".repeat(64)}` } }],
    ["without a signature", { headers: { "x-slack-signature": "" } }],
    ["six minutes old", { timestamp: now() - 360 }],
    ["of an hour ago", { timestamp: now() - 3_600 }],
    ["without a time", { headers: { "x-slack-request-timestamp": "" } }],
    ["whose time is no number", { headers: { "x-slack-request-timestamp": "now" } }],
    ["whose time was changed", { headers: { "x-slack-request-timestamp": String(now() + 100) } }],
  ];
  for (const [what, signed] of cases) {
    test(`${what} is refused, and nobody is asked`, async (t) => {
      const { request, asked, logged } = await startSignedSlack(t);
      const answer = await request(COMMAND, FORM, signed);
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

  test("with a token that Slack refuses is told with what to do, and without the token", async (t) => {
    const { slack } = await startSignedSlack(t);
    const { log } = captureLog();
    const wrong = { ...config, botToken: "xoxb-wrong-guess", apiUrl: slack.apiUrl };
    const app = createSlackApp(wrong, log);
    await assert.rejects(app.start(), (error: Error) => {
      assert.match(
        error.message,
        /^Slack refuses the token \(invalid_auth\): check SLACK_BOT_TOKEN/,
      );
      assert.ok(!error.message.includes("wrong-guess"));
      return true;
    });
  });

  test("to a Slack that cannot be reached is tried again, and the bot runs meanwhile", async () => {
    const { log, text } = captureLog();
    const app = createSlackApp({ ...config, apiUrl: "http://127.0.0.1:1/api/" }, log);
    await app.start();
    assert.equal(app.problem(), "Slack cannot be reached");
    assert.match(text(), /Slack cannot be reached/);
    await app.stop();
    assert.equal(app.problem(), "stopped");
  });
});
