// needs: prometheus-alertmanager
// takes: 60 s
/** At every exit the planted secrets are searched for. */

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { examineNetwork } from "../../src/edges/doctor/examine.ts";
import { streamlineBot } from "../edges/cli/terminal-program.ts";
import { eventually } from "../support/eventually.ts";
import { cacheWithOwnPages } from "../support/own-cache.ts";
import { webhook } from "../support/webhooks.ts";
import { ALL, CHART, PLANTED_AT, SECRETS, startPlanted } from "./planted-secrets.ts";

/** In every spelling, and the beginning of one that was cut. */
const MARKS = ALL.flatMap((secret) => [
  secret.slice(0, 15),
  Buffer.from(secret).toString("base64").replace(/=+$/, "").slice(0, 16),
  Buffer.from(`bot:${secret}`).toString("base64").replace(/=+$/, "").slice(0, 30),
]);

/** Doors at which a secret was taken out: what was planted did come as far. */
const caught = new Set<string>();

function assertClean(text: string, door: string): void {
  if (text.includes("[secret]")) caught.add(door);
  assert.ok(text.length > 0, `${door} says nothing, so nothing was searched`);
  for (const mark of MARKS) {
    const at = text.indexOf(mark);
    assert.ok(at < 0, `${door}: …${text.slice(Math.max(0, at - 80), at + 60)}`);
  }
}

type World = Awaited<ReturnType<typeof startPlanted>>;

async function ask({ slack }: World, text: string): Promise<string> {
  const shown = () => [...slack.ephemerals("alice"), ...slack.views("alice")];
  const before = shown().length;
  await slack.slashCommand({ user: "alice", channel: "incidents", text: `/streamline ${text}` });
  await eventually(`an answer to ${text}`, () => shown().length > before);
  await slack.idle();
  const answer = JSON.stringify(shown().at(-1));
  while (slack.views("alice").length > 0) await slack.closeView({ user: "alice" });
  return answer;
}

function send({ bot }: World, path: string, token: string, body: unknown): Promise<Response> {
  return fetch(`${bot.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

function saidBy(alertname: string) {
  const said = ALL.join(" ");
  const labels = { alertname, severity: "critical", topic: SECRETS.prometheus };
  return webhook(`{}:{${alertname}}`, [
    { labels, annotations: { summary: said, description: `Authorization: Bearer ${said}` } },
  ]);
}

/** The words that stay the same from run to run. */
function doorOf(args: readonly string[]): string {
  const [command = ""] = args;
  const flags = args.filter((each) => /^--(?:json|target)$/.test(each) && command !== "health");
  return ["streamline-bot", command, ...flags].join(" ");
}

test("no secret leaves by any door, whoever says it", async (t) => {
  const world = await startPlanted(t);
  const { slack, bot, captured, config, store } = world;
  assert.equal(
    (await send(world, "/webhook/alertmanager/eu", SECRETS.sourceWebhook, saidBy("StreamlineDown")))
      .status,
    200,
  );
  const first = await eventually("the incident", () =>
    slack.messages("incidents").find(({ text }) => text.includes("StreamlineDown")),
  );
  const id = /"value":"([0-9a-f-]{36})"/.exec(JSON.stringify(first.blocks))?.[1] ?? "";
  world.echoes(true);

  // People, commands, windows.
  const [secret] = ALL;
  for (const text of [
    "silences",
    `silence ${id}`,
    CHART,
    `chart ${SECRETS.prometheus.replaceAll("-", "_")}${"a".repeat(5_000)}((`,
    `chart "${ALL.join("")}${"b".repeat(5_000)}`,
    "health leaky",
    "topics leaky",
    "metrics topic leaky",
    "why-slow leaky",
    `search ${ALL.join(" ")}`,
    `feedback ${ALL.join(" ")}`,
    "feedback",
    "gaps",
    "alerts",
    "handoff",
    "history StreamlineDown",
    `timeline ${id}`,
    "oncall",
  ]) {
    assertClean(await ask(world, text), text.slice(0, 60));
  }
  await slack.sendMessage({
    user: "alice",
    channel: "bot",
    text: `why does ${secret} not work, Bearer ${SECRETS.mcp}`,
  });
  await eventually("an answer to it", () =>
    slack.calls.some(({ body }) => body["channel"] === slack.person("alice").directMessage),
  );
  slack.openHome({ user: "alice" });
  await eventually("Home", () => slack.home("alice"));
  await eventually("the source's trouble is known", async () =>
    (await (await fetch(`${bot.url}/readyz`)).text()).includes("Alertmanager at"),
  );
  assertClean(JSON.stringify(slack.calls), "Slack");
  assertClean(JSON.stringify(slack.home("alice")), "Home");
  // A timeline is a file, of which Slack shows the beginning.
  assertClean(JSON.stringify(slack.replies("incidents", first.ts)), "a thread");

  // The bot's own port.
  const read = async (path: string): Promise<string> =>
    (
      await fetch(`${bot.url}${path}`, { headers: { authorization: `Bearer ${SECRETS.metrics}` } })
    ).text();
  await eventually("the server was polled", async () =>
    (await read("/metrics/targets")).includes("leaky"),
  );
  for (const path of ["/readyz", "/metrics", "/metrics/targets", "/probe?target=leaky"]) {
    assertClean(await read(path), path);
  }
  assertClean(await read(`/${SECRETS.mcp}`), "a path that is not there");
  const refused = await send(
    world,
    "/webhook/alertmanager",
    SECRETS.webhook,
    `{"alerts":"${secret}`,
  );
  assertClean(await refused.text(), "a refused webhook");

  // Agents.
  const client = new Client({ name: "test", version: "1" });
  const headers = { authorization: `Bearer ${SECRETS.mcp}` };
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${bot.url}/mcp`), { requestInit: { headers } }),
  );
  t.after(() => client.close());
  for (const [name, args] of [
    ["list_incidents", {}],
    ["get_incident", { id }],
    ["health", { target: "leaky" }],
    ["query_promql", { query: "rate(streamline_uptime_seconds[5m])", target: "leaky", last: "6h" }],
    ["search_runbooks", { question: ALL.join(" ") }],
  ] as const) {
    assertClean(JSON.stringify(await client.callTool({ name, arguments: args })), `MCP ${name}`);
  }

  // Files that leave the machine in tickets.
  const replays = join(dirname(store), "replays");
  const kept = await eventually("a replay is kept", () => {
    const names = readdirSync(replays).filter((name) => name.endsWith(".gz"));
    return names.length > 0 && names;
  });
  for (const name of kept) {
    assertClean(gunzipSync(readFileSync(join(replays, name))).toString("utf8"), "a replay");
  }

  // The doctor, the log.
  // On a busy machine others may answer later than it waits, and then say nothing.
  await eventually("the doctor was told secrets", async () => {
    assertClean(JSON.stringify(await examineNetwork(config)), "the doctor");
    return caught.has("the doctor");
  });
  assertClean(captured.text(), "the log");

  // Programs beside the bot, which know the environment alone.
  const folder = mkdtempSync(join(tmpdir(), "planted-terminal-"));
  const file = join(folder, "bot.yaml");
  const [{ http, kafka } = { http: "", kafka: "" }] = config.targets;
  const leaky = config.targets[1]?.http ?? "";
  const yaml = {
    store,
    targets: [{ name: "a", http, kafka }],
    routes: [{ channel: "C0INCIDENTS" }],
  };
  writeFileSync(file, JSON.stringify(yaml));
  const secretFile = join(folder, "secret");
  writeFileSync(secretFile, `${SECRETS.source}\n`, { mode: 0o600 });
  const env = {
    WEBHOOK_TOKEN: `${SECRETS.webhook},${SECRETS.sourceWebhook}`,
    ALERTMANAGER_USER: "bot",
    ALERTMANAGER_PASSWORD: SECRETS.alertmanager,
    ALERTMANAGER_TOKEN_EU_FILE: secretFile,
    PROMETHEUS_TOKEN: SECRETS.prometheus,
    METRICS_TOKEN: SECRETS.metrics,
    MCP_TOKEN: SECRETS.mcp,
    SCHEDULE_CALENDAR_FIRST: `webcal://calendars.example/${SECRETS.calendar}`,
    STREAMLINE_BOT_CACHE: cacheWithOwnPages(folder),
  };
  const recorded = join(folder, "recording.gz");
  const target = ["--target", leaky, "--kafka", kafka];
  for (const args of [
    ["timeline", "StreamlineDown", "--config", file],
    ["timeline", "StreamlineDown", "--json", "--config", file],
    ["alerts", "--json", "--config", file],
    ["history", "StreamlineDown", "--json", "--config", file],
    ["health", ...target, "--json"],
    ["metrics", "topic", ...target],
    ["search", ...ALL],
    [`no-such-${SECRETS.mcp}`],
    ["record", ...target, "--out", recorded, "--every", "1s", "--for", "2s"],
    ["record", "--target", SECRETS.mcp],
    ["config", "check", "--config", file],
    ["doctor", "--offline", "--json", "--config", file],
    ["drift", "--target", `${leaky}`],
  ]) {
    const { stdout, stderr } = await streamlineBot(args, env);
    assertClean(`${stdout}${stderr}`, doorOf(args));
  }
  assertClean(gunzipSync(readFileSync(recorded)).toString("utf8"), "a recording");
  for (const door of PLANTED_AT) assert.ok(caught.has(door), `nothing was planted at ${door}`);
});
