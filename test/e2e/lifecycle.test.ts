/** An incident from its first alert to its end, in place: who has it, what came and went, and when. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Config } from "../../src/config/config.ts";
import { eventually } from "../support/eventually.ts";
import { type SandboxBot, startSandboxBot } from "../support/sandbox-bot.ts";
import { sendWebhook, type TestAlert, webhook } from "../support/webhooks.ts";

const DOWN = { labels: { alertname: "StreamlineDown", severity: "critical" } };

async function startFiring(t: TestContext, change?: (config: Config) => Config) {
  const sandbox = await startSandboxBot(t, change);
  await tell(sandbox, [DOWN]);
  await reply(sandbox, /healthy/);
  return sandbox;
}

function tell(sandbox: SandboxBot, alerts: readonly TestAlert[]): Promise<Response> {
  return sendWebhook(sandbox, webhook("{}:{a}", alerts));
}

function parent(sandbox: SandboxBot) {
  const [message, ...others] = sandbox.slack.messages("incidents");
  assert.ok(message !== undefined, "the incident's message is there");
  assert.deepEqual(others, [], "one message per group");
  return message;
}

function shows(sandbox: SandboxBot, text: RegExp): Promise<unknown> {
  return eventually(`the message shows ${text}`, () => text.test(parent(sandbox).text));
}

function reply(sandbox: SandboxBot, text: RegExp) {
  return eventually(`a reply says ${text}`, () => {
    const [message] = sandbox.slack.messages("incidents");
    if (message === undefined) return undefined;
    return sandbox.slack.replies("incidents", message.ts).find((each) => text.test(each.text));
  });
}

function click(sandbox: SandboxBot, user: string, actionId: string) {
  const { ts } = parent(sandbox);
  return sandbox.slack.clickButton({ user, channel: "incidents", ts, actionId });
}

test("who acknowledges is shown in the message and told in the thread, and can hand it back", async (t) => {
  const sandbox = await startFiring(t);
  const alice = sandbox.slack.person("alice").id;
  await click(sandbox, "alice", "acknowledge");
  await shows(sandbox, new RegExp(`acknowledged by <@${alice}> until`));
  await reply(sandbox, new RegExp(`<@${alice}> is on it`));
  assert.match(parent(sandbox).text, /^🔴 CRITICAL StreamlineDown · sandbox, acknowledged/);

  await click(sandbox, "bob", "unacknowledge");
  await reply(sandbox, /unacknowledged it/);
  await eventually("nobody has it", () => !/acknowledged/.test(parent(sandbox).text));
});

test("an acknowledgement is asked about, and ends on its own when nobody answers", async (t) => {
  const sandbox = await startFiring(t, (config) => ({
    ...config,
    acknowledgement: { holdsMs: 4_000, remindAfterMs: 1_000 },
  }));
  await click(sandbox, "alice", "acknowledge");
  const alice = sandbox.slack.person("alice").id;
  await reply(sandbox, new RegExp(`⏰ (<@${alice}>, you are on this|The acknowledgement of)`));
  await reply(sandbox, /The acknowledgement of .* expired, and it still fires/);
  await eventually("nobody has it", () => !/acknowledged by/.test(parent(sandbox).text));
});

test("a person whom the configuration does not name may not acknowledge, and is told why", async (t) => {
  const sandbox = await startFiring(t, (config) => ({
    ...config,
    permissions: { ...config.permissions, acknowledge: { users: [], groups: ["S0ONCALL"] } },
  }));
  await click(sandbox, "bob", "acknowledge");
  const told = await eventually("why not", () => sandbox.slack.ephemerals("bob")[0]);
  assert.match(told.text, /permissions\.acknowledge\) does not let you/);
  await click(sandbox, "alice", "acknowledge");
  await shows(sandbox, /acknowledged by/);
});

test("what comes and goes in a group is reported as a difference", async (t) => {
  const sandbox = await startFiring(t);
  const other = (n: number): TestAlert => ({
    labels: { ...DOWN.labels, instance: `broker-${n}:9094` },
    fingerprint: `other-${n}`,
  });
  await tell(sandbox, [DOWN, other(2), other(3)]);
  await reply(sandbox, /2 new: StreamlineDown \(broker-2:9094\), StreamlineDown \(broker-3:9094\)/);
  await tell(sandbox, [DOWN, { ...other(2), status: "resolved" }, other(3)]);
  await reply(sandbox, /1 resolved: StreamlineDown \(broker-2:9094\)/);
  await shows(sandbox, /2 alerts firing/);
});

test("what fires again and again is called flapping, in the same message and thread", async (t) => {
  const sandbox = await startFiring(t);
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  let current: TestAlert = DOWN;
  for (const round of [1, 2]) {
    await tell(sandbox, [{ ...current, status: "resolved", endsAt: at(-11 + round) }]);
    await shows(sandbox, /^✅ RESOLVED/);
    current = { ...DOWN, startsAt: at(-10 + round) };
    await tell(sandbox, [current]);
    await shows(sandbox, new RegExp(`fired again ${round} time`));
  }
  await shows(sandbox, /flapping: fired 3 times in 1 h/);
});

test("noise is marked and unmarked, and the other buttons answer the one who clicks", async (t) => {
  const sandbox = await startFiring(t);
  await click(sandbox, "bob", "noise");
  await shows(sandbox, /marked as noise by/);
  await click(sandbox, "alice", "not_noise");
  await eventually("the mark is gone", () => !/marked as noise/.test(parent(sandbox).text));

  await click(sandbox, "alice", "incident_why_slow");
  await eventually("a diagnosis", () =>
    sandbox.slack.ephemerals("alice").some(({ text }) => /replay:/.test(text)),
  );
  await click(sandbox, "bob", "incident_runbook");
  await eventually("the runbook", () =>
    sandbox.slack.ephemerals("bob").some(({ text }) => text.startsWith("Runbook: ")),
  );
});
