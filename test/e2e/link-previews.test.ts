/** Links of alerts in Slack: shown with the incident as it stands, where it may be shown. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { ACTS } from "../../src/features/incidents/render-acts.ts";
import type { SlackMessage } from "../../src/sandbox/slack/as-seen.ts";
import { eventually } from "../support/eventually.ts";
import { nothingWaits, type SandboxBot, startSandboxBot } from "../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

const RUNBOOK = "https://runbooks.example.com/DiskFull.md";

async function withIncident(sandbox: SandboxBot): Promise<SlackMessage> {
  const labels = { alertname: "DiskFull", job: "streamline", severity: "critical" };
  const annotations = { summary: "the disk <!channel> is full", runbook_url: RUNBOOK };
  await sendWebhook(sandbox, webhook("disk", [{ labels, annotations }]));
  const first = await eventually("the incident", () =>
    sandbox.slack.messages("incidents").find(({ text }) => text.includes("DiskFull")),
  );
  await nothingWaits(sandbox.bot.url);
  return first;
}

interface Shown {
  readonly title?: string;
  readonly title_link?: string;
  readonly fields?: readonly { readonly title: string; readonly value: string }[];
  readonly blocks?: readonly unknown[];
  readonly entity?: { readonly external_ref: { readonly id: string } };
}

async function post({ slack }: SandboxBot, text: string, channel = "incidents", user = "alice") {
  const { ts } = await slack.sendMessage({ user, channel, text });
  return () => {
    const message = slack.messages(channel).find((each) => each.ts === ts);
    const [shown] = (message?.["attachments"] ?? []) as Shown[];
    return shown;
  };
}

/** What a field of the card says. */
function field(shown: Shown, title: string): string | undefined {
  return shown.fields?.find((each) => each.title === title)?.value;
}

/** What began before a link that is shown would be shown, too. */
async function nothingBelow(sandbox: SandboxBot, ...posts: (() => Shown | undefined)[]) {
  await sandbox.slack.idle();
  const sign = await post(sandbox, RUNBOOK);
  await eventually("a link that is shown", () => sign());
  for (const each of posts) assert.equal(each(), undefined);
}

test("a link of an alert is shown with its incident, and its card opens with the state of the moment", async (t) => {
  const sandbox = await startSandboxBot(t);
  const { slack } = sandbox;
  const first = await withIncident(sandbox);
  const shown = await post(sandbox, `see ${RUNBOOK}#mitigation`);
  const card = await eventually("the card", shown);
  assert.match(card.title ?? "", /CRITICAL DiskFull/);
  assert.ok(card.title_link?.endsWith(`p${first.ts.replace(".", "")}`), "it leads to the thread");
  assert.equal(field(card, "status"), "firing");
  assert.equal(field(card, "priority"), "critical");

  await slack.clickButton({
    user: "alice",
    channel: "incidents",
    ts: first.ts,
    actionId: ACTS.acknowledge,
  });
  await eventually("the acknowledgement", () =>
    slack.messages("incidents").find(({ text }) => text.includes("acknowledged by")),
  );
  const message = slack.messages("incidents").find(({ text }) => text.includes("see "));
  slack.openCard({ user: "alice", channel: "incidents", ts: message?.ts ?? "" });
  const opened = await eventually("the opened card", () =>
    slack.calls.find(({ method }) => method === "entity.presentDetails"),
  );
  assert.match(JSON.stringify(opened.body["metadata"]), /"status":\{"value":"acknowledged"/);
});

test("without work objects the same is shown with blocks", async (t) => {
  const sandbox = await startSandboxBot(t);
  sandbox.slack.settings.hasWorkObjects = false;
  await withIncident(sandbox);
  const shown = await post(sandbox, RUNBOOK);
  const below = await eventually("the blocks", shown);
  assert.equal(below.entity, undefined);
  const text = JSON.stringify(below.blocks);
  assert.match(text, /CRITICAL DiskFull/);
  assert.doesNotMatch(text, /<!channel>/);
});

test("nothing is shown where it may not be seen, for somebody who may not ask, and for other pages", async (t) => {
  const sandbox = await startSandboxBot(t);
  const { slack } = sandbox;
  await withIncident(sandbox);
  slack.membership.setMembers(slack.channelId("incidents"), [slack.person("alice").id]);
  slack.membership.setKind(slack.person("bob").id, "guest");
  await nothingBelow(
    sandbox,
    await post(sandbox, RUNBOOK, "random"),
    await post(sandbox, RUNBOOK, "incidents", "bob"),
    await post(sandbox, "https://runbooks.example.com/Other.md"),
  );
  const places = slack.calls.flatMap(({ method, body }) =>
    method === "chat.unfurl" ? [body["channel"]] : [],
  );
  assert.deepEqual(new Set(places), new Set([slack.channelId("incidents")]));
  slack.openCard({
    user: "bob",
    channel: "incidents",
    ts: slack.messages("incidents").findLast(({ text }) => text.includes(RUNBOOK))?.ts ?? "",
  });
  const refused = await eventually("the refused card", () =>
    slack.calls.find(({ method }) => method === "entity.presentDetails"),
  );
  assert.deepEqual(
    [refused.body["metadata"], refused.body["error"]],
    [undefined, { status: "restricted" }],
  );
});

test("in the composer nothing is shown, since nobody knows who will read it; it is when the link is sent", async (t) => {
  const sandbox = await startSandboxBot(t);
  const { slack } = sandbox;
  await withIncident(sandbox);
  slack.composeLink({ user: "alice", url: RUNBOOK });
  await slack.idle();
  const sent = await post(sandbox, RUNBOOK);
  await eventually("the link that was sent", sent);
  const unfurls = slack.calls.filter(({ method }) => method === "chat.unfurl");
  assert.deepEqual(
    unfurls.map(({ body }) => body["channel"]),
    [slack.channelId("incidents")],
  );
});
