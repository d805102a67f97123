/**
 * Secrets planted wherever others may say them: a proxy before a real Alertmanager that repeats what it
 * was sent, a Prometheus and a server that do, alerts, people.
 */

import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { startApp } from "../../src/app.ts";
import type { Config } from "../../src/config/config.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { captureLog } from "../edges/captured-log.ts";
import { startAlertmanager } from "../support/programs.ts";

/** Of no form that is known as a secret's: they are found by their value, or not at all. */
export const SECRETS = {
  webhook: "plover-webhook-quartz-01",
  sourceWebhook: "plover-source-hook-quartz-02",
  alertmanager: "plover-am-password-quartz-03",
  source: "plover-source-api-quartz-04",
  prometheus: "plover-prom-quartz-05",
  metrics: "plover-metrics-quartz-06",
  mcp: "plover-mcp-agents-quartz-07",
  calendar: "plover-calendar-address-quartz-08",
} as const;
export const ALL = Object.values(SECRETS);

/** A question whose answer repeats what Prometheus says. */
export const CHART = "chart rate(streamline_uptime_seconds[5m]) leaky last:6h";

/** Where it is known that others' words come through. */
export const PLANTED_AT = [
  CHART,
  "silences",
  "health leaky",
  "Slack",
  "a thread",
  "Home",
  "/readyz",
  "MCP health",
  "MCP query_promql",
  "the doctor",
  "the log",
  "streamline-bot timeline --json",
  "streamline-bot drift --target",
  "a recording",
];

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function serve(t: TestContext, answer: Answer): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** What a careless proxy says when it refuses: all that it was sent, and what it knows besides. */
function everything({ headers, method, url }: IncomingMessage): string {
  const { authorization = "" } = headers;
  const pair = Buffer.from(authorization.replace(/^\w+ /, ""), "base64").toString();
  const said = { method, url, headers, token: authorization.replace(/^\w+ /, ""), pair };
  return `refused ${authorization}: ${said.token} ${JSON.stringify(said)} ${ALL.join(" ")}`;
}

/** Before a real Alertmanager: passes on, or refuses and repeats. */
async function echoingDoor(t: TestContext, behind: string) {
  const state = { echoes: false };
  const url = await serve(t, (request, response) => {
    if (state.echoes) {
      const status = request.method === "POST" ? 400 : 500;
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(everything(request)));
      return;
    }
    const { authorization: _, host: __, ...headers } = request.headers;
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "GET", url: path = "/" } = request;
      const body = method === "POST" ? { body: Buffer.concat(chunks) } : {};
      const type = { "content-type": String(headers["content-type"] ?? "application/json") };
      fetch(`${behind}${path}`, { method, headers: type, ...body }).then(
        async (answer) => response.writeHead(answer.status).end(await answer.text()),
        () => response.writeHead(502).end(),
      );
    });
  });
  return { url, state };
}

function echoingPrometheus(request: IncomingMessage, response: ServerResponse): void {
  const error = `invalid parameter "query": ${everything(request)}`;
  response.writeHead(400, { "content-type": "application/json" });
  response.end(JSON.stringify({ status: "error", errorType: "bad_data", error }));
}

/** A server whose names and messages hold what they should not. */
function leakyServer({ url = "" }: IncomingMessage, response: ServerResponse): void {
  const said = ALL.join(" ");
  if (url.startsWith("/metrics")) {
    const lines = ALL.map(
      (secret, at) => `streamline_topic_messages_total{topic="${secret}"} ${at}`,
    );
    response.end(`streamline_uptime_seconds 100\n${lines.join("\n")}\n`);
    return;
  }
  response.writeHead(url.startsWith("/health") ? 503 : 200, { "content-type": "application/json" });
  const checks = [{ name: "storage", status: "failed", message: `Storage error: ${said}` }];
  const logs = [{ id: 1, level: "ERROR", message: `WAL sync failed ${said}` }];
  response.end(
    JSON.stringify({
      status: "unhealthy",
      checks,
      version: said,
      data_dir: said,
      entries: logs,
      latest_id: 1,
    }),
  );
}

/** The bot with all of these around it, and what it logged. */
export async function startPlanted(t: TestContext) {
  const sandbox = await startSandbox({ port: 0, pastMinutes: 2 });
  const captured = captureLog("trace");
  const amConfig = "route: {receiver: none}\nreceivers: [{name: none}]\n";
  const real = await startAlertmanager(t, amConfig);
  const [door, ofSource] = [await echoingDoor(t, real.url), await echoingDoor(t, real.url)];
  const prometheus = await serve(t, echoingPrometheus);
  const leaky = await serve(t, leakyServer);
  const calendars = await serve(t, (request, response) =>
    response.writeHead(500).end(everything(request)),
  );
  const [target] = sandbox.config.targets;
  assert.ok(target !== undefined);
  const store = join(mkdtempSync(join(tmpdir(), "planted-")), "bot.db");
  const config: Config = {
    ...sandbox.config,
    store: { engine: "sqlite", path: store },
    webhook: {
      ...sandbox.config.webhook,
      auth: [{ kind: "bearer", token: SECRETS.webhook }],
    },
    metricsAuth: [{ kind: "bearer", token: SECRETS.metrics }],
    mcpAuth: [{ kind: "bearer", token: SECRETS.mcp }],
    alertmanagerAuth: { kind: "basic", user: "bot", password: SECRETS.alertmanager },
    prometheusToken: SECRETS.prometheus,
    targets: [
      { ...target, alertmanager: door.url, prometheus },
      { ...target, name: "leaky", http: leaky, prometheus, alertmanager: door.url },
    ],
    sources: [
      {
        name: "eu",
        members: [ofSource.url],
        arePeers: true,
        headers: {},
        targets: [],
        everyMs: 1_000,
        absentForMs: 2_000,
        webhookAuth: [{ kind: "bearer", token: SECRETS.sourceWebhook }],
        apiAuth: { kind: "bearer", token: SECRETS.source },
      },
    ],
    schedules: [
      { name: "first", calendar: `${calendars}/${SECRETS.calendar}/basic.ics`, people: {} },
    ],
  };
  const bot = await startApp(config, captured.log, () => sandbox.past);
  t.after(async () => {
    await bot.stop();
    await sandbox.stop();
  });
  sandbox.connect(bot.url);
  const echoes = (isOn: boolean): void => {
    door.state.echoes = isOn;
    ofSource.state.echoes = isOn;
  };
  return { ...sandbox, bot, config, captured, store, echoes };
}
