/**
 * Whatever stands in alerts, silences, calendars, and in the names and words of a server: in Slack it is
 * text, which calls nobody, links nowhere and hides nothing.
 */
// takes: 20 s

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { type TestContext, test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { ALL_HOSTILE as ALL, assertIsText, HOSTILE, shownTo } from "../support/hostile-words.ts";
import { nothingWaits, startSandboxBot } from "../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

/** The bot's own links to what an alert names: the label says where they lead. */
const OWN_LINK = /<https:\/\/evil\.example\/[^<>|\s]*\|Runbook of [^<>]* at evil\.example>/g;

async function serve(
  t: TestContext,
  answer: (path: string) => readonly [status: number, body: string],
): Promise<string> {
  const server = createServer((request, response) => {
    const [status, body] = answer(request.url ?? "/");
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

function hostileServer(path: string): readonly [number, string] {
  const quoted = ALL.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
  if (path.startsWith("/metrics")) {
    return [
      200,
      `streamline_uptime_seconds 9\nstreamline_topic_messages_total{topic="${quoted}"} 1\n`,
    ];
  }
  if (path.startsWith("/health")) {
    const checks = [{ name: ALL, status: "failed", message: ALL }];
    return [503, JSON.stringify({ status: "unhealthy", checks })];
  }
  if (path.startsWith("/api/v1/topics")) {
    const one = { name: ALL, partition_count: 1, total_messages: 1, total_bytes: 1 };
    return [200, JSON.stringify([one])];
  }
  if (path.startsWith("/api/v1/consumer-groups")) {
    return [200, JSON.stringify([{ group_id: ALL, state: ALL, member_count: 1 }])];
  }
  if (path.startsWith("/api/v1/logs")) {
    const entries = [{ id: 1, level: "ERROR", message: `WAL sync failed ${ALL}` }];
    return [200, JSON.stringify({ entries, latest_id: 1 })];
  }
  return [200, JSON.stringify({ version: ALL, data_dir: ALL, uptime_seconds: 9, topics: 1 })];
}

function hostileAlertmanager(path: string): readonly [number, string] {
  const at = new Date().toISOString();
  const later = new Date(Date.now() + 3_600_000).toISOString();
  if (path.includes("/silences")) {
    const matchers = [{ name: ALL, value: ALL, isRegex: false, isEqual: true }];
    const silence = { id: "s1", matchers, createdBy: ALL, comment: ALL, startsAt: at };
    return [200, JSON.stringify([{ ...silence, endsAt: later, status: { state: "active" } }])];
  }
  if (path.includes("/alerts")) return [200, "[]"];
  return [500, JSON.stringify(ALL)];
}

test("no address that a stranger names is asked", async (t) => {
  const asked: string[] = [];
  const trap = await serve(t, (path) => {
    asked.push(path);
    return [200, "{}"];
  });
  const sandbox = await startSandboxBot(t);
  const { slack, bot } = sandbox;
  const annotations = {
    summary: `see ${trap}/summary`,
    runbook_url: `${trap}/runbook`,
    dashboard: `${trap}/dashboard`,
    dashboard_url: `${trap}/dashboard-url`,
    image: `${trap}/image.png`,
  };
  const labels = { alertname: "StreamlineDown", instance: trap.replace("http://", "") };
  const sent = webhook("{}:{trap}", [{ labels, annotations }]);
  const [alert] = sent["alerts"] as object[];
  Object.assign(alert ?? {}, { generatorURL: `${trap}/generator`, imageURL: `${trap}/image` });
  await sendWebhook(sandbox, { ...sent, externalURL: `${trap}/external` });
  await eventually("a message", () => slack.messages("incidents").length > 0);
  await nothingWaits(bot.url);
  const [message] = slack.messages("incidents");
  const texts = [
    `${trap}/pasted`,
    `why is ${trap}/metrics slow`,
    `health ${trap}`,
    `runbook ${trap}/x`,
  ];
  for (const [at, text] of texts.entries()) {
    await slack.sendMessage({ user: "alice", channel: "bot", text });
    const { directMessage } = slack.person("alice");
    await eventually(`answer ${at + 1}`, () => slack.messages(directMessage).length > at);
    await slack.sendMessage({
      user: "alice",
      channel: "incidents",
      text: `@streamline ${text}`,
      threadTs: message?.ts ?? "",
    });
  }
  await eventually("answers in the thread", () => {
    const replies = slack.replies("incidents", message?.ts ?? "");
    const own = replies.filter(({ user }) => user === slack.workspace.bot.userId);
    return own.length >= texts.length;
  });
  await slack.idle();
  assert.deepEqual(asked, []);
});

test("strangers' words in every place are text in Slack, and only there", async (t) => {
  const server = await serve(t, hostileServer);
  const alertmanager = await serve(t, hostileAlertmanager);
  const calendar = await serve(t, () => [
    200,
    `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20200101T000000Z\r\nDTEND:20991231T000000Z\r\nSUMMARY:${ALL.replaceAll("\n", " ")}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`,
  ]);
  const sandbox = await startSandboxBot(t, (config) => {
    const [target] = config.targets;
    assert.ok(target !== undefined);
    return {
      ...config,
      targets: [
        { ...target, name: "hostile", http: server, alertmanager, prometheus: alertmanager },
      ],
      schedules: [{ name: "first", calendar: `${calendar}/a.ics`, people: {} }],
    };
  });
  const { slack, bot } = sandbox;
  const alerts = HOSTILE.map((piece, at) => ({
    labels: { alertname: `${piece} ${at}`, severity: piece, topic: ALL, instance: ALL, [ALL]: ALL },
    annotations: { summary: ALL, description: ALL, runbook_url: `https://evil.example/${ALL}` },
    fingerprint: `h${at}`,
  }));
  await sendWebhook(sandbox, webhook(`{}:{${ALL}}`, alerts));
  await eventually("a message", () => slack.messages("incidents").length > 0);
  await nothingWaits(bot.url);
  for (const text of [
    "alerts",
    "silences",
    "silence",
    "health",
    "topics",
    "why-slow",
    "metrics topic",
    "lag",
    "oncall",
    "handoff",
    "timeline",
    `history ${HOSTILE[0]}`,
    `search ${ALL}`,
    `runbook ${ALL}`,
    `chart ${ALL}`,
    `subscribe ${HOSTILE[0]}`,
    "subscribe",
    `feedback ${ALL}`,
    "feedback",
    "gaps",
    `ack ${ALL}`,
  ]) {
    const before = slack.ephemerals("alice").length + slack.views("alice").length;
    await slack.slashCommand({ user: "alice", channel: "bot", text: `/streamline ${text}` });
    await eventually(`an answer to ${text.slice(0, 40)}`, () => {
      return slack.ephemerals("alice").length + slack.views("alice").length > before;
    });
    if (slack.views("alice").length > 0) await slack.closeView({ user: "alice" });
  }
  slack.openHome({ user: "alice" });
  await eventually("Home", () => slack.home("alice"));
  await slack.idle();
  const texts = assertIsText(shownTo(slack, "alice"), OWN_LINK);
  const seen = texts.filter((text) => text.includes("turned")).length;
  assert.ok(seen > 10, "strangers' words were shown in many places");
});
