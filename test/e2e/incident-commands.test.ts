/** The commands about a whole incident, asked of the real bot by command, mention and direct message. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Config } from "../../src/config/config.ts";
import { eventually } from "../support/eventually.ts";
import { nothingWaits, type SandboxBot, startSandboxBot } from "../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

const CHANNEL = "incidents";

interface Shown {
  readonly ts: string;
  readonly text: string;
}

/** What alice alone sees after doing something. */
async function shownAfter(
  sandbox: SandboxBot,
  what: string,
  act: () => Promise<unknown>,
  user = "alice",
): Promise<Shown> {
  const before = sandbox.slack.ephemerals(user).length;
  await act();
  return eventually(`an answer to ${what}`, () => {
    const answers = sandbox.slack.ephemerals(user);
    return answers.length > before && answers.at(-1);
  });
}

/** Each person may send so many commands a minute: many are shared among several. */
function ask(sandbox: SandboxBot, text: string, user = "alice"): Promise<Shown> {
  const typed = { user, channel: CHANNEL, text: `/streamline ${text}` };
  return shownAfter(sandbox, text, () => sandbox.slack.slashCommand(typed), user);
}

function click(sandbox: SandboxBot, ts: string, actionId: string): Promise<unknown> {
  return sandbox.slack.clickButton({ user: "alice", channel: CHANNEL, ts, actionId });
}

async function incidentOf(sandbox: SandboxBot, alertname: string, status?: "resolved") {
  const labels = { alertname, severity: "critical" };
  const end = status === undefined ? {} : { status };
  await sendWebhook(sandbox, webhook(`{}:{${alertname}}`, [{ labels, ...end }]));
  return eventually(`the message of ${alertname}`, () =>
    sandbox.slack
      .messages(CHANNEL)
      .find(
        ({ text }) =>
          text.includes(alertname) && (status === undefined || text.includes("RESOLVED")),
      ),
  );
}

function small(config: Config): Config {
  const targets = config.targets.map((target) => ({ ...target, maxBodyBytes: 1024 ** 2 }));
  return { ...config, targets };
}

test("an incident is asked about from every side", async (t: TestContext) => {
  const sandbox = await startSandboxBot(t, small, { pastMinutes: 20 });

  await t.test("lag, topics and charts speak of the live server", async () => {
    assert.match((await ask(sandbox, "lag billing")).text, /billing on sandbox: .*behind|no lag/);
    assert.match((await ask(sandbox, "lag")).text, /5 consumer groups on sandbox/);
    assert.match((await ask(sandbox, "lag biling")).text, /Nearest: billing/);
    assert.match((await ask(sandbox, "topics")).text, /6 topics on sandbox.*largest first/);
    assert.match((await ask(sandbox, "chart lag last:15m")).text, /last 15 min: `group_lag`/);
    const latency = await ask(sandbox, "show me produce latency");
    assert.match(latency.text, /streamline_request_duration_seconds[\s\S]*I understood this as/);
  });

  await t.test("nothing fires, and then what does stands in the list", async () => {
    assert.match((await ask(sandbox, "alerts")).text, /Nothing is firing/);
    await incidentOf(sandbox, "StreamlineDown");
    // The bot knows where its message stands a moment after everybody sees it.
    await nothingWaits(sandbox.bot.url);
    const alerts = await ask(sandbox, "what is firing?");
    assert.match(alerts.text, /CRITICAL StreamlineDown · sandbox.*unacknowledged.*open/);
    const way = /\((http\S+)\)/.exec(alerts.text)?.[1] ?? "";
    assert.ok(way.startsWith(sandbox.url), "the way there leads to the workspace");
    assert.match(
      (await ask(sandbox, "history StreamlineDown")).text,
      /fired 1 time in 7 days|not fired in 30/,
    );
  });

  await t.test("the handoff is shared with the channel", async () => {
    const handoff = await ask(sandbox, "handoff");
    assert.match(handoff.text, /Handoff: 1 open/);
    await click(sandbox, handoff.ts, "share_handoff");
    await eventually("the handoff in the channel", () =>
      sandbox.slack.messages(CHANNEL).some(({ text }) => text.includes("Handoff: 1 open")),
    );
  });

  await t.test("the timeline of what is over comes by its button, as a file", async () => {
    const message = await incidentOf(sandbox, "StreamlineDown", "resolved");
    const told = await shownAfter(sandbox, "the button", () =>
      click(sandbox, message.ts, "incident_timeline"),
    );
    assert.match(told.text, /timeline of StreamlineDown is in its thread, as a Markdown file/);
    const file = await eventually("the file in the thread", () =>
      sandbox.slack.replies(CHANNEL, message.ts).find((reply) => reply.text.startsWith("📎")),
    );
    assert.match(file.text, /incident-[\w-]+\.md$/);
    const shown = JSON.stringify(file.blocks);
    assert.match(shown, /# Incident: `StreamlineDown`[\s\S]*\*\*resolved\*\*/);
  });

  await t.test("a Slack that takes no files gets the timeline as a message", async () => {
    const method = "files.getUploadURLExternal";
    sandbox.slack.faults.add({ method, kind: "not_in_channel", times: 1 });
    const { text } = await ask(sandbox, "timeline StreamlineDown");
    assert.match(text, /```\n# Incident: `StreamlineDown`[\s\S]*as a file: not_in_channel/);
    sandbox.slack.faults.add({
      method: "conversations.replies",
      kind: "channel_not_found",
      times: 1,
    });
    sandbox.slack.faults.add({ method, kind: "server_error", times: 1 });
    assert.match(
      (await ask(sandbox, "timeline StreamlineDown")).text,
      /could not be read: `channel_not_found`/,
    );
  });

  await t.test("a mention in the thread means its incident, and answers there", async () => {
    const message = await incidentOf(sandbox, "StreamlineDown", "resolved");
    const text = "@streamline timeline";
    await sandbox.slack.sendMessage({ user: "bob", channel: CHANNEL, threadTs: message.ts, text });
    await eventually("the answer in the thread", () =>
      sandbox.slack
        .replies(CHANNEL, message.ts)
        .find((reply) => reply.text.includes("timeline of StreamlineDown is in its thread")),
    );
  });

  await t.test(
    "what was asked in its thread stands in the timeline, what was asked elsewhere does not",
    async () => {
      const { ts } = await incidentOf(sandbox, "StreamlineDown", "resolved");
      const before = sandbox.slack.replies(CHANNEL, ts).length;
      const text = "@streamline topics";
      await sandbox.slack.sendMessage({ user: "bob", channel: CHANNEL, threadTs: ts, text });
      await eventually("the answer", () => sandbox.slack.replies(CHANNEL, ts).length > before + 1);
      await ask(sandbox, "lag billing");
      const timeline = await eventually("the timeline with it", async () => {
        const method = "files.getUploadURLExternal";
        sandbox.slack.faults.add({ method, kind: "not_in_channel", times: 1 });
        const told = await ask(sandbox, "timeline StreamlineDown");
        return told.text.includes("asked") && told.text;
      });
      assert.match(timeline, /\*\*asked\*\* by `[^`]+`: `topics`/);
      assert.doesNotMatch(timeline, /lag billing|@streamline topics/);
    },
  );

  await t.test("a direct message is read in plain words, too", async () => {
    const direct = sandbox.slack.users["bob"]?.directMessage ?? "";
    const { ts } = await sandbox.slack.sendMessage({
      user: "bob",
      channel: direct,
      text: "how far behind is mailer?",
    });
    const answer = await eventually("the answer below the direct message", () =>
      sandbox.slack.replies(direct, ts).find(({ text }) => text.includes("mailer on sandbox")),
    );
    assert.match(answer.text, /I understood this as `\/streamline lag mailer`/);
  });

  await t.test("search --explain shows routes and scores", async () => {
    assert.match((await ask(sandbox, "search --explain disk is full")).text, /score [\d.]+.*words/);
  });

  await t.test("hostile names do nothing", async () => {
    for (const name of ["<!channel>", "`x`", "../../etc", "{{7*7}}"]) {
      for (const command of ["lag", "topics", "history", "timeline", "chart"]) {
        const { text } = await ask(sandbox, `${command} ${name}`);
        assert.doesNotMatch(text, /<!channel>/, `${command} ${name}`);
      }
    }
    assert.deepEqual([...sandbox.streamline.requests.byMethod.keys()], ["GET"]);
  });

  for (const [fault, expected] of [
    ["server-down", /refuses connections/],
    ["http-hanging", /no complete answer within|does not take/],
    ["http-garbage", /cannot be read[\s\S]*(not JSON|another shape|answers \d+|HTTP)/],
    ["foreign-service", /cannot be read[\s\S]*(not JSON|another shape|answers \d+|404)/],
  ] as const) {
    await t.test(`a server with ${fault} is told to do exactly that`, async () => {
      await sandbox.streamline.faults.set(fault);
      assert.match((await ask(sandbox, "lag billing", "bob")).text, expected);
      assert.match((await ask(sandbox, "topics", "bob")).text, expected);
      await sandbox.streamline.faults.clear(fault);
    });
  }
});

test("who may not ask is shown less help, and nothing of the servers", async (t) => {
  const sandbox = await startSandboxBot(t, (config) => ({
    ...config,
    permissions: { ...config.permissions, ask: { users: ["U0NOBODY"], channels: [] } },
  }));
  const help = await ask(sandbox, "help");
  assert.doesNotMatch(help.text, /why-slow|lag|handoff|sandbox/);
  assert.match(help.text, /search \[WORDS\][\s\S]*commands left out/);
  for (const command of [
    "alerts",
    "lag",
    "topics",
    "chart lag",
    "history X",
    "handoff",
    "timeline",
  ]) {
    assert.match((await ask(sandbox, command)).text, /does not let you ask the servers/, command);
  }
});
