/**
 * Whatever people, channels, workspaces, pages, folders and files are called: their names are text where
 * they are shown, and lead nowhere where a path or an address is made of them.
 */
// takes: 30 s

import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { startApp } from "../../src/app.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { captureLog } from "../edges/captured-log.ts";
import { eventually } from "../support/eventually.ts";
import { ALL_HOSTILE, assertIsText, HIDDEN, shownTo } from "../support/hostile-words.ts";
import { nothingWaits } from "../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../support/webhooks.ts";

const MCP_TOKEN = "a-token-for-agents-of-a-test";
/** A name of ten thousand characters that leads elsewhere, where it is taken for a path. */
const LONG = `../../../../tmp/evil-name/${ALL_HOSTILE} ${"n".repeat(10_000)}`;

/** The local Slack, but everybody and everything in it has such a name. */
async function slackOfHostileNames(t: TestContext, apiUrl: string): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const path = (request.url ?? "/").replace(/^\/api\//, "");
      const { host: _, connection: __, "content-length": ___, ...headers } = request.headers;
      const body = request.method === "GET" ? {} : { body: Buffer.concat(chunks) };
      const sent = { method: request.method ?? "POST", headers: headers as Record<string, string> };
      fetch(new URL(path, apiUrl), { ...sent, ...body })
        .then(async (answer) => {
          const json = (await answer.json()) as Record<string, unknown>;
          response.writeHead(answer.status, { "content-type": "application/json" });
          response.end(JSON.stringify(renamed(json)));
        })
        // At a test's end the Slack behind it goes first, and the bot may still ask.
        .catch(() => response.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/api/`;
}

function renamed(answer: Record<string, unknown>): Record<string, unknown> {
  const names = { name: LONG, real_name: LONG, display_name: LONG, name_normalized: LONG };
  const topics = { topic: { value: LONG }, purpose: { value: LONG } };
  const named = (value: unknown, more: object): unknown =>
    typeof value === "object" && value !== null ? { ...value, ...more } : value;
  return {
    ...answer,
    ...("user" in answer && typeof answer["user"] === "object"
      ? { user: named(answer["user"], { ...names, profile: names }) }
      : {}),
    ...("channel" in answer && typeof answer["channel"] === "object"
      ? { channel: named(answer["channel"], { ...names, ...topics }) }
      : {}),
    ...("team_id" in answer ? { team: LONG, bot_name: LONG } : {}),
  };
}

const PAGE_NAMES = [
  "<!channel> *shouted* _leaned_ ~gone~.md",
  "so\u00ADft \u202Eturned \u200Bnarrow \u{E0068}\u{E0069}\u{E007F}tag.md",
  "a\nnew\nline.md",
  "$(touch evil-name) '; rm -rf ~ #?%41%zz.md",
  "[click](https:evil.example).md",
  "-rf.md",
  `${"n".repeat(240)}.md`,
];

function hostilePages(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "hostile-names-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const inner = join(folder, "<!here|x> *shouted* \u202Eturned");
  mkdirSync(inner);
  PAGE_NAMES.forEach((name, at) => {
    const front = `---\nalerts: [HostileName${at}]\nsymptoms: [nightingale ${at}]\n---\n`;
    const text = `${front}# Nightingale ${at}\n\n## Meaning\n\nA nightingale sings, ${at}.\n`;
    writeFileSync(join(at % 2 === 0 ? folder : inner, name), text);
  });
  writeFileSync(join(inner, "broken *shouted* <!channel>\u202Eturned.md"), "---\nalerts: [\n---\n");
  writeFileSync(join(folder, "office <!channel> *shouted*.docx"), "x");
  return folder;
}

test("hostile names are text wherever they are shown, and no path is made of them", async (t) => {
  const folder = hostilePages(t);
  const sandbox = await startSandbox({ port: 0, pastMinutes: 2 });
  t.after(() => sandbox.stop());
  const { slack } = sandbox;
  const { log, text: logged } = captureLog("info");
  const bot = await startApp(
    {
      ...sandbox.config,
      knowledge: [folder],
      mcpAuth: [{ kind: "bearer", token: MCP_TOKEN }],
      slack: { ...sandbox.config.slack, apiUrl: await slackOfHostileNames(t, slack.apiUrl) },
    },
    log,
    () => sandbox.past,
  );
  t.after(() => bot.stop());
  sandbox.connect(bot.url);

  const labels = { alertname: "HostileName0", severity: "critical" };
  await sendWebhook({ ...sandbox, bot }, webhook("{}:{../../evil-name}", [{ labels }]));
  await eventually("the incident", () => slack.messages("incidents").length > 0);
  await nothingWaits(bot.url);
  const [incident] = slack.messages("incidents");
  const ts = incident?.ts ?? "";
  await slack.sendMessage({ user: "alice", channel: "incidents", threadTs: ts, text: "I look" });
  await slack.clickButton({ user: "alice", channel: "incidents", ts, actionId: "acknowledge" });
  await nothingWaits(bot.url);
  for (const text of [
    "timeline HostileName0",
    "handoff",
    "runbook HostileName1",
    "search nightingale 0",
    "search nightingale 1",
    "search nightingale 2",
    "search nightingale",
    "oncall",
    "gaps",
    "why-slow replay:../../../../etc/passwd",
    "why-slow replay:/etc/passwd",
    "runbook ../../../../etc/passwd",
    "timeline ../../../../etc/passwd",
  ]) {
    const answers = (): number => slack.ephemerals("alice").length + slack.views("alice").length;
    const before = answers();
    await slack.slashCommand({ user: "alice", channel: "bot", text: `/streamline ${text}` });
    await eventually(`an answer to ${text}`, () => answers() > before);
    if (slack.views("alice").length > 0) await slack.closeView({ user: "alice" });
  }
  slack.openHome({ user: "alice" });
  await eventually("Home", () => slack.home("alice"));
  await slack.idle();

  const texts = assertIsText(shownTo(slack, "alice"));
  for (const text of texts) assert.doesNotMatch(text, /root:x:0/);
  assert.ok(
    texts.some((text) => text.includes("shouted")),
    "names are shown",
  );
  assert.doesNotMatch(logged(), /[\u202E\u00AD]/, "the log, too, is free of what turns text");

  await pagesByMcp(t, bot.url);
  assert.ok(!existsSync("/tmp/evil-name") && !readdirSync(".").includes("evil-name"));
});

/** Each page is listed, and read by the address that the list gave. */
async function pagesByMcp(t: TestContext, url: string): Promise<void> {
  const client = new Client({ name: "test", version: "1" });
  const headers = { authorization: `Bearer ${MCP_TOKEN}` };
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers } }),
  );
  t.after(() => client.close());
  const { resources } = await client.listResources();
  const nightingales = resources.filter(({ title }) => title?.startsWith("Nightingale"));
  assert.equal(nightingales.length, PAGE_NAMES.length);
  for (const { uri, name, title } of nightingales) {
    assert.doesNotMatch(`${name} ${title}`, HIDDEN, uri);
    const { contents } = await client.readResource({ uri });
    assert.match(JSON.stringify(contents), /A nightingale sings/, uri);
  }
  for (const uri of ["runbook:///../../../../etc/passwd", "runbook:///%2e%2e/%2e%2e/etc/passwd"]) {
    await assert.rejects(client.readResource({ uri }), uri);
  }
  await assert.rejects(client.readResource({ uri: "runbook:///%E0%A4%A" }), /no page/);
}
