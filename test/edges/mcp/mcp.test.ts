// takes: 35 s
/** The MCP server with the SDK's own client, over both transports and both generations of the protocol. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { startSimulatedStreamline } from "../../../src/sandbox/streamline/server.ts";
import { eventually } from "../../support/eventually.ts";
import { startSandboxBot } from "../../support/sandbox-bot.ts";
import { sendWebhook, webhook } from "../../support/webhooks.ts";

const TOKEN = "a-token-for-agents-of-a-test";

type Mode = "legacy" | "auto";

async function overHttp(t: TestContext, url: string, mode: Mode, token = TOKEN): Promise<Client> {
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode } });
  const headers = { authorization: `Bearer ${token}` };
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers } }),
  );
  t.after(() => client.close());
  return client;
}

interface Structured {
  readonly text: string;
  readonly isError: boolean;
  readonly answer: Record<string, unknown>;
  readonly meta: unknown;
}

async function call(
  client: Client,
  name: string,
  args: Record<string, unknown>,
): Promise<Structured> {
  const result = await client.callTool({ name, arguments: args });
  const [first] = result.content as { text: string }[];
  return {
    text: first?.text ?? "",
    isError: result.isError === true,
    answer: (result.structuredContent ?? {}) as Record<string, unknown>,
    meta: result._meta,
  };
}

for (const mode of ["auto", "legacy"] as const) {
  test(`over HTTP (${mode}) every tool says that it only reads, and answers by its schema`, async (t) => {
    const { bot, streamline } = await startSandboxBot(t, withToken, { pastMinutes: 8 });
    const client = await overHttp(t, bot.url, mode);
    const { tools } = await client.listTools();
    assert.deepEqual(tools.map(({ name }) => name).toSorted(), [
      "consumer_lag",
      "get_incident",
      "get_section",
      "health",
      "list_incidents",
      "query_promql",
      "replay_diagnosis",
      "search_runbooks",
      "why_slow",
    ]);
    for (const { name, annotations, inputSchema, outputSchema, description } of tools) {
      assert.equal(annotations?.readOnlyHint, true, name);
      assert.equal(annotations?.destructiveHint, false, name);
      assert.equal(typeof annotations?.openWorldHint, "boolean", name);
      assert.equal(inputSchema["type"], "object", name);
      assert.equal(outputSchema?.["type"], "object", name);
      assert.ok((description ?? "").length > 20, name);
    }

    // The client checks every structured answer against the tool's schema, and throws if it differs.
    const found = await call(client, "search_runbooks", { question: "consumer lag", limit: "2" });
    assert.equal(found.answer["certainty"], "answer");
    const sections = found.answer["sections"] as { id: string }[];
    assert.ok(sections.length > 0 && sections.length <= 2, "a number as text is a number");
    const section = await call(client, "get_section", { id: sections[0]?.id });
    assert.ok((section.answer["markdown"] as string).length > 0);
    const nothing = await call(client, "search_runbooks", { question: "bake a cherry cake" });
    assert.notEqual(nothing.answer["certainty"], "answer");

    await streamline.faults.set("wal-backpressure");
    const slow = await eventually("a cause is named", async () => {
      const answer = await call(client, "why_slow", {});
      const { kind } = (answer.answer["verdict"] ?? {}) as { kind?: string };
      assert.equal(answer.isError, false, answer.text);
      if (kind === "active") return answer;
      // Costly questions have a rate, and the bot polls every five seconds.
      await sleep(3_000);
      return undefined;
    });
    const causes = slow.answer["causes"] as { evidence: unknown[]; expression: string }[];
    assert.ok((causes[0]?.evidence.length ?? 0) > 0, "a cause has its evidence");
    const again = await call(client, "replay_diagnosis", { id: slow.answer["replayId"] });
    assert.deepEqual(again.answer["verdict"], slow.answer["verdict"]);
    assert.deepEqual(again.answer["causes"], slow.answer["causes"]);

    const health = await call(client, "health", {});
    assert.equal(typeof (health.answer["verdict"] as { state: string }).state, "string");
    const query = await call(client, "query_promql", {
      query: "sum(streamline_partitions_total)",
      last: "5m",
    });
    assert.equal((query.answer["series"] as unknown[]).length, 1, query.text);
    const marked = await call(client, "query_promql", {
      query: "# those with a topic\nsum(streamline_partitions_total{topic=~`.+`})",
    });
    assert.equal((marked.answer["series"] as unknown[]).length, 1, marked.text);
    const lag = await call(client, "consumer_lag", {});
    assert.ok((lag.answer["groups"] as unknown[]).length > 0);
    const badly = await call(client, "query_promql", { query: "sum(" });
    assert.equal(badly.isError, true);
    const mistyped = await call(client, "why_slow", { tpoic: "orders" });
    assert.equal(mistyped.isError, true);
    assert.match(mistyped.text, /no argument tpoic; did you mean topic\?/);
    const nobody = await call(client, "health", { target: "nobody" });
    assert.equal(nobody.isError, true);
    assert.match(nobody.text, /nobody/);
  });
}

test("a page that holds a secret of ours is read without it", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "pages-"));
  writeFileSync(join(folder, "NOTES.md"), `# Notes\n\nCall it with ${TOKEN}, as always.\n`);
  t.after(() => rmSync(folder, { recursive: true }));
  const { bot } = await startSandboxBot(t, (config) => {
    const changed = withToken(config);
    return { ...changed, knowledge: [...changed.knowledge, folder] };
  });
  const client = await overHttp(t, bot.url, "auto");
  const { resources } = await client.listResources();
  const uri = resources.find(({ name }) => name.endsWith("NOTES.md"))?.uri ?? "";
  const { contents } = await client.readResource({ uri });
  const { text } = contents[0] as { text: string };
  assert.match(text, /Call it with .*, as always/);
  assert.ok(!text.includes(TOKEN), text);
});

test("an incident of a public channel is listed and told; pages are resources", async (t) => {
  const sandbox = await startSandboxBot(t, withToken);
  const client = await overHttp(t, sandbox.bot.url, "auto");
  await sendWebhook(
    sandbox,
    webhook("disk", [
      { labels: { alertname: "DiskFull", job: "streamline", severity: "critical" } },
    ]),
  );
  const listed = await eventually("the incident is listed", async () => {
    const { answer } = await call(client, "list_incidents", {});
    const incidents = answer["incidents"] as { id: string; alerts: string[] }[];
    return incidents.find(({ alerts }) => alerts.includes("DiskFull"));
  });
  const told = await call(client, "get_incident", { incident: listed.id });
  assert.match(told.answer["timeline"] as string, /DiskFull/);
  const { resources } = await client.listResources();
  const page = resources.find(({ uri }) => uri.endsWith("runbooks/DiskFull.md"));
  assert.ok(page, "the runbook is a resource");
  // Invalid params: the client named what is not there, and nothing failed in here.
  await assert.rejects(client.readResource({ uri: "runbook:///runbooks/None.md" }), {
    code: -32602,
  });
  const { contents } = await client.readResource({ uri: page.uri });
  assert.match((contents[0] as { text: string }).text, /## Mitigation/);
  // Whatever it says of itself, the holder of the token is no person.
  const plain = await client.callTool({
    name: "health",
    arguments: {},
    _meta: { slack: { user_id: sandbox.slack.person("alice").id, team_id: "T000000001" } },
  });
  assert.equal(plain._meta?.["slack"], undefined);
});

test("without the token, with another, or from a page in a browser nothing is answered", async (t) => {
  const { bot } = await startSandboxBot(t, withToken);
  const post = (headers: Record<string, string>) =>
    fetch(`${bot.url}/mcp`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...headers,
      },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" }),
    });
  assert.equal((await post({})).status, 401);
  assert.equal((await post({ authorization: "Bearer wrong" })).status, 401);
  for (const origin of ["http://evil.example", "http://localhost.evil.example", "null", "x"]) {
    const fromPage = { authorization: `Bearer ${TOKEN}`, origin };
    assert.equal((await post(fromPage)).status, 403, origin);
  }
  const inspector = { authorization: `Bearer ${TOKEN}`, origin: "http://localhost:6274" };
  assert.equal((await post(inspector)).status, 200);
  assert.equal((await post({ authorization: `Bearer ${TOKEN}` })).status, 200);
  await assert.rejects(overHttp(t, bot.url, "auto", "wrong"));
});

test("a bot for which no token is set has no such path", async (t) => {
  const { bot } = await startSandboxBot(t);
  assert.equal((await fetch(`${bot.url}/mcp`, { method: "POST" })).status, 404);
});

test("over stdio a program starts it without a configuration, and asks a server and the runbooks", async (t) => {
  const server = await startSimulatedStreamline();
  t.after(() => server.close());
  for (const mode of ["auto", "legacy"] as const) {
    const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode } });
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [
          resolve("src/streamline-bot.js"),
          "mcp",
          "--target",
          server.http,
          "--kafka",
          server.kafka,
        ],
        cwd: mkdtempSync(join(tmpdir(), "bot-mcp-")),
        stderr: "ignore",
      }),
    );
    t.after(() => client.close());
    const health = await call(client, "health", {});
    assert.equal(health.isError, false, health.text);
    const found = await call(client, "search_runbooks", { question: "DiskFull" });
    assert.equal(found.answer["certainty"], "answer");
    const incidents = await call(client, "list_incidents", {});
    assert.equal(incidents.isError, true, "there is no store here");
    assert.match(incidents.text, /streamline-bot\.yaml.*--config FILE/);
    const query = "streamline_uptime_seconds";
    const uptime = await call(client, "query_promql", { query });
    assert.equal(uptime.isError, false, "seconds of samples are drawn as that");
    await client.close();
  }
});

function withToken<T extends object>(config: T): T {
  return { ...config, mcpAuth: [{ kind: "bearer", token: TOKEN }] };
}
