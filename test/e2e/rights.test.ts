/** Who sees and does what, asked of the real bot by guests, strangers and people outside a private channel. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { type SandboxBot, saysWell, startSandboxBot } from "../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

const TOO_MANY = /Too many commands in one minute/;

async function ask(sandbox: SandboxBot, user: string, text: string, channel = "bot") {
  const before = sandbox.slack.ephemerals(user).length;
  await sandbox.slack.slashCommand({ user, channel, text: `/streamline ${text}` });
  const answer = await eventually(`an answer to ${text}`, () => {
    const answers = sandbox.slack.ephemerals(user);
    return answers.length > before && answers.at(-1);
  });
  return answer.text;
}

async function homeOf(sandbox: SandboxBot, user: string): Promise<string> {
  const before = sandbox.slack.home(user)?.["hash"];
  sandbox.slack.openHome({ user });
  const view = await eventually(`the Home tab of ${user}`, () => {
    const now = sandbox.slack.home(user);
    return now !== undefined && now["hash"] !== before && now;
  });
  return JSON.stringify(view.blocks);
}

test("an incident of a private channel is for its members, everywhere", async (t: TestContext) => {
  const sandbox = await startSandboxBot(t);
  const { slack } = sandbox;
  slack.membership.setMembers(slack.channelId("incidents"), [slack.person("alice").id]);
  const labels = { alertname: "StreamlineDown", severity: "critical" };
  await sendWebhook(sandbox, webhook("{}:{down}", [{ labels }]));
  await eventually("the incident", () =>
    slack.messages("incidents").find(({ text }) => text.includes("StreamlineDown")),
  );

  assert.match(await ask(sandbox, "alice", "alerts"), /StreamlineDown/);
  assert.match(
    await ask(sandbox, "alice", "timeline StreamlineDown"),
    /timeline of StreamlineDown/,
  );
  assert.match(await homeOf(sandbox, "alice"), /StreamlineDown/);
  assert.match(await ask(sandbox, "bob", "alerts"), /Nothing is firing/);
  assert.match(await ask(sandbox, "bob", "history StreamlineDown"), /has not fired/);
  assert.doesNotMatch(await ask(sandbox, "bob", "handoff"), /StreamlineDown/);
  assert.match(await ask(sandbox, "bob", "timeline StreamlineDown"), /There is no incident/);
  assert.doesNotMatch(await homeOf(sandbox, "bob"), /StreamlineDown/);
});

test("guests and strangers are not everyone, and learn why", async (t: TestContext) => {
  for (const [kind, words] of [
    ["guest", /You are a guest of this workspace/],
    ["external", /from another organization/],
  ] as const) {
    await t.test(kind, async (each) => {
      const own = await startSandboxBot(each);
      own.slack.membership.setKind(own.slack.person("bob").id, kind);
      for (const text of ["health", "alerts", "search disk is full", "silence"]) {
        assert.match(await ask(own, "bob", text, "incidents"), words, text);
      }
      assert.match(await ask(own, "alice", "health", "incidents"), saysWell());
    });
  }
});

for (const [kind, words] of [
  ["guest", /You are a guest of this workspace/],
  ["external", /from another organization/],
  ["bot", /Bots may not/],
] as const) {
  test(`a ${kind} learns nothing at any door, and changes nothing`, async (t: TestContext) => {
    const sandbox = await startSandboxBot(t);
    const { slack } = sandbox;
    slack.membership.setKind(slack.person("bob").id, kind);
    const labels = { alertname: "StreamlineDown", severity: "critical" };
    const annotations = { summary: "the summary of the alert" };
    await sendWebhook(sandbox, webhook("{}:{down}", [{ labels, annotations }]));
    const incident = await eventually("the incident", () =>
      slack.messages("incidents").find(({ text }) => text.includes("StreamlineDown")),
    );
    const { directMessage } = slack.person("bob");
    const refusals: [door: string, text: string][] = [];

    // A direct message, a mention, a question in the incident's own thread.
    await slack.sendMessage({ user: "bob", channel: "bot", text: "what is firing?" });
    const told = await eventually("an answer in direct messages", () => {
      const [first] = slack.messages(directMessage);
      return first === undefined ? undefined : slack.replies(directMessage, first.ts)[1];
    });
    refusals.push(["a direct message", told.text]);
    const asked = await slack.sendMessage({
      user: "bob",
      channel: "incidents",
      text: "@streamline alerts",
    });
    const aloud = await eventually("an answer to a mention", () => {
      return slack.replies("incidents", asked.ts)[1];
    });
    refusals.push(["a mention", aloud.text]);
    for (const text of ["@streamline who is on it?", "@streamline has this fired before?"]) {
      const before = slack.replies("incidents", incident.ts).length;
      await slack.sendMessage({ user: "bob", channel: "incidents", text, threadTs: incident.ts });
      const inThread = await eventually(`an answer to ${text}`, () =>
        slack
          .replies("incidents", incident.ts)
          .slice(before)
          .find((reply) => words.test(reply.text)),
      );
      refusals.push([text, inThread.text]);
    }
    // A button, the menu of a message, Home.
    const at = { user: "bob", channel: "incidents", ts: incident.ts };
    for (const press of [
      () => slack.clickButton({ ...at, actionId: "acknowledge" }),
      () => slack.runShortcut({ ...at, callbackId: "find_runbook" }),
    ]) {
      const before = slack.ephemerals("bob").length;
      await press();
      const shown = await eventually("an answer to a press", () => slack.ephemerals("bob")[before]);
      refusals.push(["a press", shown.text]);
    }
    refusals.push(["Home", await homeOf(sandbox, "bob")]);
    for (const [door, text] of refusals) {
      assert.match(text, words, door);
      assert.doesNotMatch(text, /the summary of the alert/, door);
    }
    const replies = slack.replies("incidents", incident.ts).map(({ text }) => text);
    const answers = /is on it; expires|Nobody has acknowledged|I have not seen|fired \d+ times/;
    assert.doesNotMatch(replies.join("\n"), answers);
  });
}

test("asking that is limited to channels is not done by Home or a direct message", async (t) => {
  const sandbox = await startSandboxBot(t, (config) => ({
    ...config,
    permissions: {
      ...config.permissions,
      ask: { users: [], channels: [config.routes[0]?.channel ?? ""] },
    },
  }));
  assert.match(await ask(sandbox, "alice", "health", "incidents"), saysWell());
  assert.match(await ask(sandbox, "alice", "health"), /permissions\.ask/);
  assert.match(await homeOf(sandbox, "alice"), /in some channels only/);
});

test("a person who asks without end is told to wait, and nobody else is", async (t) => {
  const sandbox = await startSandboxBot(t);
  const { slack } = sandbox;
  // At once, since a slow machine would give the rate time to recover between them.
  const text = "/streamline chart lag";
  const many = Array.from({ length: 20 }, () =>
    slack.slashCommand({ user: "alice", channel: "bot", text }),
  );
  await Promise.all(many);
  await eventually("a refusal", () =>
    slack.ephemerals("alice").some((answer) => TOO_MANY.test(answer.text)),
  );
  assert.doesNotMatch(await ask(sandbox, "bob", "chart lag"), TOO_MANY);
});
