/**
 * An incident of a private channel, attacked by every door from outside: nothing of it reaches somebody
 * who is not in that channel, and everything reaches somebody who is.
 */
// takes: 40 s

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { type TestContext, test } from "node:test";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { RUN_COMMAND } from "../../src/block-kit/parts.ts";
import { EXPLAIN_INCIDENT } from "../../src/features/delivery/render-digest.ts";
import { SHARE_HANDOFF } from "../../src/features/history/render-handoff.ts";
import { ACTS } from "../../src/features/incidents/render-acts.ts";
import { FEEDBACK, verdictValue } from "../../src/features/search/render-feedback.ts";
import { SILENCE } from "../../src/features/silences/form-names.ts";
import { eventually } from "../support/eventually.ts";
import { nothingWaits, type SandboxBot, startSandboxBot } from "../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

const MCP_TOKEN = "a-token-for-agents-of-a-test";
/** Words that stand in the incident, its talk and its notes alone; nobody outside types them. */
const SECRET = {
  topic: "payroll-of-the-board",
  summary: "the merger is delayed again",
  talk: "tell nobody about project nightfall",
  alert: "BoardroomOutage",
};
const MARKS = Object.values(SECRET);

/** An alert whose name everybody knows, and one whose name is telling. */
async function startWithSecret(t: TestContext) {
  const sandbox = await startSandboxBot(t, (config) => ({
    ...config,
    mcpAuth: [{ kind: "bearer", token: MCP_TOKEN }],
  }));
  const { slack } = sandbox;
  slack.membership.setMembers(slack.channelId("incidents"), [slack.person("alice").id]);
  // With the right to silence, so that the window of that opens for somebody outside, too.
  for (const { users } of slack.userGroups) users.push(slack.person("bob").id);
  for (const alertname of ["StreamlineDown", SECRET.alert]) {
    const labels = { alertname, severity: "critical", topic: SECRET.topic };
    const annotations = { summary: SECRET.summary };
    await sendWebhook(sandbox, webhook(`{}:{${alertname}}`, [{ labels, annotations }]));
  }
  const first = await eventually("the incident", () =>
    slack.messages("incidents").find(({ text }) => text.includes("StreamlineDown")),
  );
  await eventually("the other", () =>
    slack.messages("incidents").find(({ text }) => text.includes(SECRET.alert)),
  );
  await nothingWaits(sandbox.bot.url);
  const said = { user: "alice", channel: "incidents", threadTs: first.ts, text: SECRET.talk };
  await slack.sendMessage(said);
  const id = /"value":"([0-9a-f-]{36})"/.exec(JSON.stringify(first.blocks))?.[1];
  assert.ok(id !== undefined, "the message's buttons carry the incident's id");
  return { ...sandbox, id, ts: first.ts };
}

type World = Awaited<ReturnType<typeof startWithSecret>>;

/** What a window says until it is filled. */
const BEGINS = /Reading the alert's labels/;

async function ask(sandbox: SandboxBot, user: string, text: string, channel = "bot") {
  const shown = () => [
    ...sandbox.slack.ephemerals(user).map((each) => JSON.stringify(each)),
    ...sandbox.slack.views(user).map((each) => JSON.stringify(each)),
  ];
  const before = shown();
  await sandbox.slack.slashCommand({ user, channel, text: `/streamline ${text}` });
  const answer = await eventually(`an answer to ${text}`, () => {
    const now = shown();
    const last = now.at(-1);
    const isWhole = now.length > before.length && last !== undefined && !BEGINS.test(last);
    return isWhole && last;
  });
  if (sandbox.slack.views(user).length > 0) await sandbox.slack.closeView({ user });
  return answer;
}

/** The bot's answer in the thread that this message begins. */
async function tell(sandbox: SandboxBot, user: string, text: string, channel: string) {
  const { slack } = sandbox;
  const { ts } = await slack.sendMessage({ user, channel, text });
  const place = channel === "bot" ? slack.person(user).directMessage : channel;
  const answer = await eventually(`an answer to "${text}"`, () => slack.replies(place, ts)[1]);
  return JSON.stringify(answer);
}

function assertNothing(shown: string, door: string): void {
  for (const mark of MARKS) assert.ok(!shown.includes(mark), `${door} shows "${mark}": ${shown}`);
}

/** What the bot asked of Slack; what the private channel still gets is seen by its members alone. */
function callsOutside(slack: SandboxBot["slack"], from = 0) {
  const inside = slack.channelId("incidents");
  return slack.calls.slice(from).filter(({ body }) => body["channel"] !== inside);
}

/** What Slack would send for a button of an old message, wherever its owner still has that message. */
async function pressForged(world: World, t: TestContext) {
  const answers: string[] = [];
  const responses = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      answers.push(Buffer.concat(chunks).toString("utf8"));
      reply.end("ok");
    });
  });
  await new Promise<void>((resolve) => responses.listen(0, "127.0.0.1", resolve));
  t.after(() => responses.close());
  const { port } = responses.address() as { port: number };
  const { slack, bot } = world;
  const bob = slack.person("bob");
  return async (action: string, value: string, more: object = {}): Promise<string> => {
    const before = answers.length;
    const posted = slack.calls.length;
    const payload = JSON.stringify({
      type: "block_actions",
      user: { id: bob.id, username: "bob", name: "bob", team_id: "T000000001" },
      team: { id: "T000000001", domain: "x" },
      api_app_id: slack.workspace.bot.appId,
      trigger_id: `1.2.${answers.length}`,
      container: { type: "message", message_ts: "1.000001", channel_id: bob.directMessage },
      channel: { id: bob.directMessage, name: "directmessage" },
      message: { type: "message", ts: "1.000001", text: "" },
      response_url: `http://127.0.0.1:${port}/answer`,
      actions: [{ type: "button", action_id: action, block_id: "b", value, action_ts: "1.0" }],
      ...more,
    });
    const body = new URLSearchParams({ payload }).toString();
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const signature = createHmac("sha256", slack.signingSecret)
      .update(`v0:${timestamp}:${body}`)
      .digest("hex");
    const answer = await fetch(`${bot.url}/slack/events`, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": `v0=${signature}`,
      },
      body,
    });
    assert.equal(answer.status, 200, action);
    await eventually(`an answer to ${action}`, () => {
      const since = slack.calls.slice(posted);
      const isShown = since.some(
        ({ method, body }) => method.startsWith("views.") || body["channel"] === bob.directMessage,
      );
      return answers.length > before || isShown;
    });
    return [...answers.slice(before), JSON.stringify(callsOutside(slack, posted))].join("\n");
  };
}

test("nobody outside learns of it by a command, a window, Home or a direct message", async (t) => {
  const world = await startWithSecret(t);
  const { id, slack } = world;
  const commands = [
    "alerts",
    "history StreamlineDown",
    "handoff",
    "timeline",
    "timeline StreamlineDown",
    `timeline ${id}`,
    "ack",
    "ack StreamlineDown",
    `ack ${id}`,
    "unack StreamlineDown",
    `silence ${id}`,
    "silence StreamlineDown",
    "silence",
    "gaps",
    "runbook StreamlineDown",
    "search what fixed it last time",
    "search delayed",
    "feedback",
    "subscribe",
    "oncall",
  ];
  for (const text of commands) assertNothing(await ask(world, "bob", text), text);
  for (const text of ["alerts", "timeline StreamlineDown", `ack ${id}`, "handoff"]) {
    assertNothing(await ask(world, "bob", text, "alerts"), `${text} in another channel`);
  }
  const questions = [
    "what is firing?",
    "timeline of StreamlineDown",
    "how often did StreamlineDown fire",
    "handoff",
    `https://sandbox.slack.com/archives/${slack.channelId("incidents")}/p${world.ts.replace(".", "")}`,
  ];
  for (const text of questions) assertNothing(await tell(world, "bob", text, "bot"), text);

  slack.openHome({ user: "bob" });
  const home = await eventually("the Home tab", () => slack.home("bob"));
  assertNothing(JSON.stringify(home), "Home");
  slack.openHome({ user: "bob", tab: "messages" });
  await slack.idle();
  assertNothing(JSON.stringify(callsOutside(slack).at(-1)), "prompts");
  // Nothing was acknowledged by trying.
  const texts = slack.replies("incidents", world.ts).map(({ text }) => text);
  assert.doesNotMatch(texts.join("\n"), /is on it/);
  // Its member is shown everything.
  assert.match(await ask(world, "alice", "alerts"), new RegExp(SECRET.alert));
  assert.match(await ask(world, "alice", `timeline ${id}`), /timeline of StreamlineDown/);
});

test("a member who asks aloud elsewhere shows the channel nothing of it", async (t) => {
  const world = await startWithSecret(t);
  for (const text of ["alerts", "history StreamlineDown", "handoff", "timeline StreamlineDown"]) {
    const answer = await tell(world, "alice", `@streamline ${text}`, "alerts");
    assertNothing(answer, `a mention: ${text}`);
  }
  const own = await tell(world, "alice", "@streamline alerts", "incidents");
  assert.match(own, new RegExp(SECRET.alert), "in its own channel it is shown");
});

test("a channel that is shared with another organization is shown its own incidents alone", async (t) => {
  const world = await startWithSecret(t);
  const { slack } = world;
  slack.membership.setMembers(slack.channelId("incidents"), undefined);
  slack.membership.setShared(slack.channelId("alerts"), true);
  for (const text of ["alerts", "history StreamlineDown", "handoff", "timeline StreamlineDown"]) {
    assertNothing(await tell(world, "alice", `@streamline ${text}`, "alerts"), text);
  }
  const own = await ask(world, "alice", "alerts");
  assert.match(own, new RegExp(SECRET.alert), "for the member alone it is an answer like any");
});

test("a button that somebody kept from before shows and changes nothing", async (t) => {
  const world = await startWithSecret(t);
  const { id, slack } = world;
  const press = await pressForged(world, t);
  const acts: readonly (readonly [action: string, value: string])[] = [
    ...Object.values(ACTS).map((action) => [action, id] as const),
    [ACTS.unsilence, `${id} 5b1ad9a4-0000-4000-8000-000000000000`],
    [FEEDBACK.useful, verdictValue({ incidentId: id })],
    [FEEDBACK.pageOrder, verdictValue({ incidentId: id })],
    [FEEDBACK.cleared, verdictValue({ incidentId: id, key: "itself" })],
    [EXPLAIN_INCIDENT, id],
    [SHARE_HANDOFF, "43200000"],
    [RUN_COMMAND, `timeline ${id}`],
    [RUN_COMMAND, "alerts"],
  ];
  for (const [action, value] of acts) assertNothing(await press(action, value), action);
  const form = { i: id, d: "0".repeat(12) };
  const view = {
    id: "V1",
    type: "modal",
    callback_id: SILENCE.callback,
    private_metadata: JSON.stringify(form),
    hash: "1",
    state: { values: {} },
    blocks: [],
  };
  const shown = await press(SILENCE.where, "x", { view, container: { type: "view" } });
  assertNothing(shown, "the window of a silence");
  await nothingWaits(world.bot.url);
  const [, ...replies] = slack.replies("incidents", world.ts).map(({ text }) => text);
  assert.doesNotMatch(replies.join("\n"), /is on it|noise|silenced/i);
});

test("an agent over MCP learns of public channels alone", async (t) => {
  const world = await startWithSecret(t);
  const client = new Client({ name: "test", version: "1" });
  const headers = { authorization: `Bearer ${MCP_TOKEN}` };
  const url = new URL(`${world.bot.url}/mcp`);
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
  t.after(() => client.close());
  for (const [name, args] of [
    ["list_incidents", {}],
    ["get_incident", { id: world.id }],
    ["search_runbooks", { question: "what fixed StreamlineDown" }],
  ] as const) {
    assertNothing(JSON.stringify(await client.callTool({ name, arguments: args })), name);
  }
});

test("while Slack does not say who is in a channel, nobody is", async (t) => {
  const world = await startWithSecret(t);
  const { slack } = world;
  for (const method of ["conversations.info", "conversations.members"]) {
    slack.faults.add({ method, kind: "server_error", times: 1_000 });
  }
  for (const user of ["alice", "bob"]) {
    assertNothing(await ask(world, user, "alerts"), `alerts of ${user}`);
    assertNothing(await ask(world, user, "timeline StreamlineDown"), `timeline of ${user}`);
  }
  slack.faults.clear();
  assert.match(await ask(world, "alice", "alerts"), new RegExp(SECRET.alert));
});
