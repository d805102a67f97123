import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { terminalThreadReader } from "../../../src/edges/cli/terminal-thread-reader.ts";
import { startLocalSlack } from "../../../src/sandbox/slack/local-slack.ts";

test("a timeline in a terminal has names and threads from Slack where the bot's token is at hand", async (t) => {
  const slack = await startLocalSlack({
    botToken: "xoxb-of-this-test",
    signingSecret: "x".repeat(32),
    clock: () => new Date(),
  });
  t.after(() => slack.close());
  const channel = slack.channels["incidents"] ?? "";
  const alice = slack.users["alice"]?.id ?? "";
  const { ts } = await slack.sendMessage({
    user: "alice",
    channel: "incidents",
    text: "disk is full",
  });
  const file = join(mkdtempSync(join(tmpdir(), "bot-talk-")), "token");
  writeFileSync(file, `${slack.botToken}\n`, { mode: 0o600 });

  const talk = terminalThreadReader({ SLACK_BOT_TOKEN_FILE: file, SLACK_API_URL: slack.apiUrl });
  assert.deepEqual(await talk.names([alice]), new Map([[alice, "alice"]]));
  const read = await talk.read(channel, ts);
  assert.ok(read.kind === "read");
  assert.deepEqual(
    read.messages.map(({ by, text }) => [by, text]),
    [[alice, "disk is full"]],
  );

  const wrong = terminalThreadReader({
    SLACK_BOT_TOKEN: "xoxb-wrong",
    SLACK_API_URL: slack.apiUrl,
  });
  assert.deepEqual(await wrong.read(channel, ts), { kind: "refused", error: "invalid_auth" });
});

test("without the token a timeline says what would be needed for names and threads", async () => {
  const talk = terminalThreadReader({});
  const read = await talk.read("C1", "1.1");
  assert.ok(read.kind === "refused");
  assert.match(read.error, /SLACK_BOT_TOKEN/);
  assert.equal((await talk.names(["U1"])).size, 0);
});
