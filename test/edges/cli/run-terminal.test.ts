// takes: 40 s
/**
 * The program in a terminal, against a simulated server on real ports. Of each kind of answer one comes
 * from a process of its own, the others from one that they share.
 */

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, statSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { createIncidentStore } from "../../../src/edges/store/incident-store.ts";
import { applyNotification } from "../../../src/incidents/apply-notification.ts";
import { firing, notification, opening, T0 } from "../../incidents/notifications.ts";
import { cacheWithOwnPages } from "../../support/own-cache.ts";
import { answerOf, streamlineBot } from "./terminal-program.ts";
import { server } from "./terminal-server.ts";

/** A loaded machine makes any server slow, which health says. */
const WELL = ["healthy", "slow"];

test("health is reported in words without colours, and its exit code is that of its verdict", async (t) => {
  const { flags } = await server(t);
  const [words, json] = await Promise.all([
    streamlineBot(["health", ...flags]),
    answerOf(["health", ...flags, "--json"]),
  ]);
  assert.match(words.stdout, /HTTP and Kafka answer|slow/);
  assert.ok(!words.stdout.includes("\u001B"), "no colours in a pipe");
  assert.doesNotMatch(words.stdout, /<!date|&lt;|&amp;/);
  const { state } = JSON.parse(json.stdout).answer.verdict;
  assert.ok(WELL.includes(state), state);
  assert.equal(json.code, state === "healthy" ? 0 : 1);
});

test("health of a server without its HTTP API exits 1", async (t) => {
  const { flags } = await server(t, "http-down");
  const { code, stdout } = await streamlineBot(["health", ...flags, "--json"]);
  const told = JSON.parse(stdout);
  assert.equal(code, 1);
  assert.equal(told.exitCode, 1);
  assert.equal(told.answer.verdict.state, "http-down");
});

test("why-slow with no configuration names the cause, exits 1, and its replay says the same", async (t) => {
  const { flags } = await server(t, "wal-backpressure");
  const env = { STREAMLINE_BOT_CACHE: cacheWithOwnPages() };
  const { code, stdout } = await streamlineBot(["why-slow", ...flags, "--json"], env);
  const told = JSON.parse(stdout);
  assert.equal(code, 1, stdout);
  assert.equal(told.schema, 1);
  assert.equal(told.command, "why-slow");
  const { verdict, causes, replayId } = told.answer;
  assert.equal(verdict.kind, "active");
  assert.ok(told.text.length > 0);
  const again = await streamlineBot(["replay", replayId, "--json"], env);
  const repeated = JSON.parse(again.stdout);
  assert.equal(again.code, 1);
  assert.equal(repeated.answer.causes[0].check, causes[0].check);
});

test("why-slow on a server that is well finds no cause: two polls cannot clear it", async (t) => {
  const { flags } = await server(t);
  const { code, stdout } = await answerOf(["why-slow", ...flags, "--json"]);
  const { answer } = JSON.parse(stdout);
  assert.equal(answer.causes.length, 0, stdout);
  assert.equal(code, answer.verdict.kind === "clean" ? 0 : 3);
});

test("lag and topics tell rates from two polls", async (t) => {
  const { flags } = await server(t);
  const [topics, groups] = await Promise.all([
    answerOf(["topics", ...flags, "--json"]),
    answerOf(["lag", ...flags, "--json"]),
  ]);
  assert.equal(topics.code, 0, topics.stderr);
  assert.ok(JSON.parse(topics.stdout).answer.topics.length > 0);
  assert.equal(groups.code, 0, groups.stderr);
  assert.ok(JSON.parse(groups.stdout).answer.groups.length > 0);
});

test("metrics and chart read a series, and an option of the table is a flag", async (t) => {
  const { flags } = await server(t);
  const [metrics, chart] = await Promise.all([
    answerOf(["metrics", "*partitions*", ...flags]),
    answerOf(["chart", "streamline_partitions_total", "--last", "90s", ...flags, "--json"]),
  ]);
  assert.equal(metrics.code, 0, metrics.stderr);
  assert.match(metrics.stdout, /streamline_partitions_total/);
  assert.equal(chart.code, 0, chart.stdout + chart.stderr);
  assert.equal(JSON.parse(chart.stdout).answer.seconds, 90);
});

test("a server that refuses connections is said to, with an exit code that is not 0", async () => {
  const closed = createServer().listen(0, "127.0.0.1");
  await once(closed, "listening");
  const { port } = closed.address() as AddressInfo;
  closed.close();
  const flags = ["--target", `http://127.0.0.1:${port}`, "--kafka", `127.0.0.1:${port}`];
  const [health, topics] = await Promise.all([
    answerOf(["health", ...flags]),
    answerOf(["topics", ...flags]),
  ]);
  assert.equal(health.code, 1);
  assert.match(health.stdout, /refuse/);
  assert.equal(topics.code, 3);
  assert.match(topics.stdout, /refuse/);
});

test("search and runbook need no server", async () => {
  const [found, page, nothing] = await Promise.all([
    streamlineBot(["search", "consumer", "lag", "--json"]),
    answerOf(["runbook", "StreamlineDown"]),
    answerOf(["search", "bake a cherry cake"]),
  ]);
  assert.equal(found.code, 0, found.stdout);
  assert.ok(JSON.parse(found.stdout).text.length > 0);
  assert.equal(page.code, 0);
  assert.match(page.stdout, /Mitigation/);
  assert.equal(nothing.code, 3, nothing.stdout);
});

test("with a configuration file the target is named as in Slack", async (t) => {
  const { flags } = await server(t);
  const [, http, , kafka] = flags;
  const file = join(mkdtempSync(join(tmpdir(), "bot-config-")), "bot.yaml");
  const targets = ["shop", "orders-prod"].map(
    (name) => `  - name: ${name}\n    http: ${http}\n    kafka: ${kafka}\n`,
  );
  writeFileSync(file, `targets:\n${targets.join("")}routes:\n  - channel: C0123456789\n`);
  const [named, inWords, open, unknown] = await Promise.all([
    streamlineBot(["health", "--config", file, "--target", "shop", "--json"]),
    answerOf(["health", "orders-prod", "--config", file, "--json"]),
    answerOf(["health", "--config", file]),
    answerOf(["health", "--config", file, "--target", "shoop"]),
  ]);
  assert.equal(JSON.parse(named.stdout).answer.target, "shop");
  assert.equal(JSON.parse(inWords.stdout).answer.target, "orders-prod");
  assert.equal(open.code, 2);
  assert.match(open.stderr, /shop.*orders-prod/);
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /shoop/);
});

test("what the bot keeps of incidents is read from its store while the bot has it open", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "bot-store-"));
  const [file, store] = [join(folder, "bot.yaml"), join(folder, "bot.db")];
  const target = "{ name: shop, http: http://127.0.0.1:9, kafka: 127.0.0.1:9 }";
  writeFileSync(
    file,
    `store: ${store}\ntargets: [${target}]\nroutes: [{ channel: C0123456789 }]\n`,
  );
  const nothingYet = await answerOf(["alerts", "--config", file]);
  assert.equal(nothingYet.code, 1, "an empty new store would say that nothing fires");
  assert.match(nothingYet.stderr, /no store/);
  const database = await openDatabase({ engine: "sqlite", path: store });
  t.after(() => database.close());
  const fired = notification([firing("1", { labels: { alertname: "DiskFull" } })]);
  await createIncidentStore(database).apply(fired, T0, (latest) =>
    applyNotification(latest, fired, opening({ nowMs: T0 })),
  );
  const copy = join(folder, "copy.db");
  const [alerts, history, handoff, timeline, json, spoken, backup, unnamed] = await Promise.all([
    streamlineBot(["alerts", "--config", file]),
    answerOf(["history", "DiskFull", "--config", file]),
    answerOf(["handoff", "--last", "30d", "--config", file]),
    answerOf(["timeline", "DiskFull", "--config", file]),
    answerOf(["alerts", "--config", file, "--json"]),
    answerOf(["ask", "what is firing", "--config", file]),
    streamlineBot(["backup", copy, "--config", file]),
    answerOf(["alerts"]),
  ]);
  for (const { code, stdout, stderr } of [alerts, history, handoff, timeline, spoken]) {
    assert.equal(code, 0, stderr);
    assert.match(stdout, /DiskFull/);
  }
  assert.match(timeline.stdout, /^# Incident: `DiskFull`\n/, "Markdown, whole and unchanged");
  const unknown = await answerOf(["timeline", "NeverFired", "--config", file]);
  assert.equal(unknown.code, 3, unknown.stdout);
  assert.equal(JSON.parse(json.stdout).answer.incidents.length, 1);
  assert.equal(backup.code, 0, backup.stderr);
  assert.ok(statSync(copy).size > 0);
  assert.equal(unnamed.code, 2);
  assert.match(unnamed.stderr, /--config/);
});

test("healthcheck asks the port that the configuration names", async (t) => {
  const bot = createHttpServer((_, answer) => answer.end('{"status":"ok"}'));
  bot.listen(0, "127.0.0.1");
  await once(bot, "listening");
  t.after(() => bot.close());
  const { port } = bot.address() as AddressInfo;
  const file = (listen: string) => {
    const path = join(mkdtempSync(join(tmpdir(), "bot-health-")), "bot.yaml");
    const target = "{ name: a, http: http://127.0.0.1:9, kafka: 127.0.0.1:9 }";
    writeFileSync(
      path,
      `listen: ${listen}\ntargets: [${target}]\nroutes: [{ channel: C0123456789 }]\n`,
    );
    return path;
  };
  const [well, gone] = await Promise.all(
    [`0.0.0.0:${port}`, "127.0.0.1:9"].map((listen) =>
      streamlineBot(["healthcheck"], { STREAMLINE_BOT_CONFIG: file(listen) }),
    ),
  );
  assert.equal(well?.code, 0, well?.stderr);
  assert.equal(gone?.code, 1);
});

test("an address that leads nowhere is called that, and not a server that is down", async (t) => {
  const { flags } = await server(t);
  const [, http = "", , kafka = ""] = flags;
  const causes = async (...args: string[]) => {
    const { code, stdout } = await answerOf(["why-slow", ...args, "--json"]);
    assert.equal(code, 1, stdout);
    return JSON.parse(stdout).answer.causes.map(({ check }: { check: string }) => check);
  };
  const secure = http.replace("http:", "https:");
  const [named, encrypted] = await Promise.all([
    causes("--target", "http://no-such-host.invalid:9094"),
    causes("--target", secure, "--kafka", kafka),
  ]);
  assert.equal(named[0], "name-unresolved");
  assert.equal(encrypted[0], "http-without-tls", "what the port speaks, asked of the port");
});

test("oncall reads the configured calendars: who is on duty, who is next, and which cannot be read", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bot-duty-"));
  const at = (ms: number) => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, "");
  const day = 86_400_000;
  const shift = (from: number, name: string) => [
    "BEGIN:VEVENT",
    `UID:${name}@example.com`,
    `DTSTART:${at(from)}`,
    `DTEND:${at(from + day)}`,
    `SUMMARY:On Call - ${name} - First line`,
    "END:VEVENT",
  ];
  const now = Date.now();
  const lines = [...shift(now - day / 2, "Alice Ng"), ...shift(now + day / 2, "Bob Ode")];
  const calendar = join(folder, "duty.ics");
  writeFileSync(calendar, ["BEGIN:VCALENDAR", ...lines, "END:VCALENDAR"].join("\r\n"));
  const file = (schedules: string) => {
    const path = join(folder, `${schedules.length}.yaml`);
    const target = "targets: [{ name: shop, http: 'http://127.0.0.1:1', kafka: '127.0.0.1:1' }]";
    writeFileSync(path, `${target}\nroutes: [{ channel: C0123456789 }]\nschedules: ${schedules}\n`);
    return path;
  };
  const one = `{ name: first-line, calendar: '${calendar}', people: { Alice Ng: U0ALICE } }`;
  const good = await streamlineBot(["oncall", "--json", "--config", file(`[${one}]`)]);
  assert.equal(good.code, 0, good.stderr);
  const { answer, text } = JSON.parse(good.stdout);
  assert.equal(answer.schedules[0].now.length, 1);
  assert.match(text, /first-line: .*then .*Bob Ode/);

  const broken = "{ name: gone, calendar: /nowhere/duty.ics }";
  const some = await answerOf(["oncall", "--config", file(`[${one}, ${broken}]`)]);
  assert.equal(some.code, 3);
  assert.match(some.stdout, /first-line/);
  assert.match(some.stdout, /gone/);

  const none = await answerOf(["oncall"]);
  assert.equal(none.code, 2);
  assert.match(none.stderr, /--config FILE/);
});
