/** The doctor over a whole set-up of real programs, with mistakes planted one by one. */
// needs: prometheus, prometheus-alertmanager
// takes: 15 s

import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type TestContext, test } from "node:test";
import { stringify } from "yaml";
import { startApp } from "../../../src/app.ts";
import { parseConfig } from "../../../src/config/parse-config.ts";
import { examineDisk, examineNetwork } from "../../../src/edges/doctor/examine.ts";
import { createLog } from "../../../src/edges/log.ts";
import { APP_SCOPES } from "../../../src/edges/slack/scopes.ts";
import { doctorText, doctorVerdict } from "../../../src/features/doctor/doctor-words.ts";
import { unscrapedTargets } from "../../../src/features/doctor/judge-prometheus.ts";
import { startSandbox } from "../../../src/sandbox/sandbox.ts";
import { eventually } from "../../support/eventually.ts";
import { freePort, startAlertmanager, startProgram } from "../../support/programs.ts";
import { answerOf, streamlineBot } from "../cli/terminal-program.ts";

interface DoctorAnswer {
  readonly code: number | null;
  readonly text: string;
  readonly checks: readonly {
    readonly area: string;
    readonly where: string;
    readonly state: string;
    readonly says: string;
    readonly remedy?: string;
  }[];
}

const WEBHOOK_TOKEN = "a-token-for-the-webhook-of-a-test";

/** Each address where the other belongs. */
function swapped({ http, kafka }: { readonly http: string; readonly kafka: string }) {
  return { http: `http://${kafka}`, kafka: new URL(http).host };
}

test("a set-up that is right is called ready, and ten mistakes are named with their remedies", async (t) => {
  const sandbox = await startSandbox({ port: 0 });
  t.after(() => sandbox.stop());
  const { slack, streamline } = sandbox;
  const channel = slack.channels["incidents"] ?? "";
  const random = slack.channels["random"] ?? "";
  const slackUrl = await scopesProxy(t, slack.apiUrl, () => scopes);
  let scopes = SCOPES;

  const good = await startAlertmanager(t, stringify(alertmanagerConfig({})));
  const mute = await startAlertmanager(
    t,
    stringify(alertmanagerConfig({ resolved: false, watchdogTo: "elsewhere" })),
  );
  const unrouted = await startAlertmanager(t, stringify(alertmanagerConfig({ isRouted: false })));
  const prometheus = await prometheusWithRules(t, new URL(good.url).host, streamline.http);
  const bare = await startProgram(t, {
    command: "/usr/bin/prometheus",
    files: { "prometheus.yml": "scrape_configs: []\n" },
    args: prometheusArgs,
    readyPath: "/-/ready",
  });

  const target = {
    name: "shop",
    http: streamline.http,
    kafka: streamline.kafka,
    alertmanager: good.url,
    prometheus: prometheus.url,
  };
  const file = {
    listen: `127.0.0.1:${await freePort()}`,
    slack: { mode: "http" },
    store: join(mkdtempSync(join(tmpdir(), "bot-doctor-")), "bot.db"),
    targets: [target],
    routes: [{ channel, heartbeat: { alert: "Watchdog", within: "6m" } }],
  };
  const env = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slackUrl,
    WEBHOOK_TOKEN,
  };
  const examine = (change: object = {}, environment: Record<string, string> = env) =>
    examineHere({ ...file, ...change }, environment);

  // On a busy machine the first scrape can miss its deadline; then the doctor is asked again.
  const ready = await eventually("a set-up in order", async () => {
    const answer = await doctor(file, env);
    return (
      !answer.checks.some(
        ({ state, says }) => state === "wrong" && says.includes("deadline exceeded"),
      ) && answer
    );
  });
  const wrongs = ready.checks.filter(({ state }) => state === "wrong");
  assert.deepEqual(wrongs, []);
  assert.equal(ready.code, 0);
  assert.match(ready.text, /^Ready/);

  const mistakes: readonly (readonly [
    what: string,
    run: () => Promise<DoctorAnswer>,
    says: RegExp,
    remedy: RegExp,
  ])[] = [
    [
      "a token that Slack does not know",
      () => examine({}, { ...env, SLACK_BOT_TOKEN: "xoxb-wrong" }),
      /refuses it \(invalid_auth\)/,
      /OAuth & Permissions/,
    ],
    [
      "a scope that the app lacks",
      async () => {
        scopes = SCOPES.filter((scope) => scope !== "usergroups:read");
        const answer = await examine();
        scopes = SCOPES;
        return answer;
      },
      /lacks usergroups:read: without usergroups:read user groups/,
      /docs\/slack-manifest\.yaml.*install it again/,
    ],
    [
      "a channel that is not there",
      () => examine({ operators: "C0NOWHERE1" }),
      /does not know this channel/,
      /\/invite @/,
    ],
    [
      "a channel without the bot",
      () => examine({ routes: [{ channel: random }] }),
      /the bot is not in #random/,
      /\/invite @streamline/,
    ],
    [
      "a user group that is not there",
      () => examine({ permissions: { silence: { groups: ["S0NOBODY"] } } }),
      /not know this user group/,
      /User groups/,
    ],
    [
      "a user group that a route calls, and that is not there",
      () => examine({ routes: [{ channel, mentions: [{ who: ["S0NOBODY"] }] }] }),
      /not know this user group/,
      /User groups/,
    ],
    [
      "a person of a schedule who is not there",
      () =>
        examine({
          schedules: [{ name: "duty", calendar: "/nowhere.ics", people: { Ann: "U0NOBODY12" } }],
        }),
      /not know this person/,
      /member id/,
    ],
    [
      "the channel of a review without the bot",
      () => examine({ reviews: [{ channel: random, cron: "0 9 * * 1" }] }),
      /the bot is not in #random/,
      /\/invite @streamline/,
    ],
    [
      "a signing secret that is another thing",
      () => examine({}, { ...env, SLACK_SIGNING_SECRET: "xoxb-1-2-abcdefghijklmn" }),
      /is not a signing secret/,
      /Basic Information/,
    ],
    [
      "an address that does not speak TLS",
      () => examine({ targets: [{ ...target, http: streamline.http.replace("http", "https") }] }),
      /speaks HTTP without TLS/,
      new RegExp(`http of the target shop to ${streamline.http}`),
    ],
    [
      "swapped ports",
      () => examine({ targets: [{ ...target, ...swapped(streamline) }] }),
      /two addresses are swapped/,
      new RegExp(`to ${streamline.http}, and kafka to ${streamline.kafka}`),
    ],
    [
      "one server under two names",
      () => {
        const http = streamline.http.replace("127.0.0.1", "localhost");
        return examine({
          targets: [target, { name: "orders", http: `${http}/`, kafka: "[::1]:1" }],
        });
      },
      /both have the same HTTP address: .*localhost/,
      /keep one target/,
    ],
    [
      "the addresses of Alertmanager and Prometheus mixed up",
      () => examine({ targets: [{ ...target, alertmanager: bare.url, prometheus: mute.url }] }),
      /status 404/,
      /9093 by default/,
    ],
    [
      "send_resolved that is off",
      () => examine({ targets: [{ ...target, alertmanager: mute.url }] }),
      /send_resolved is off/,
      /send_resolved: true in the webhook_configs of bot/,
    ],
    [
      "a heartbeat that goes elsewhere",
      () => examine({ targets: [{ ...target, alertmanager: mute.url }] }),
      /Watchdog goes to elsewhere/,
      /alertname = Watchdog/,
    ],
    [
      "a receiver without a route",
      () => examine({ targets: [{ ...target, alertmanager: unrouted.url }] }),
      /no route leads to the receiver bot/,
      /routes: \[\{ receiver: bot/,
    ],
    [
      "rules that Prometheus did not load",
      () => examine({ targets: [{ ...target, prometheus: bare.url }] }),
      /streamline\.rules\.yml is not loaded/,
      /rule_files/,
    ],
    [
      "a Prometheus without an Alertmanager",
      () => examine({ targets: [{ ...target, prometheus: bare.url }] }),
      /to no Alertmanager/,
      /alerting\.alertmanagers/,
    ],
    [
      "a Kafka address that is none",
      () => examine({ targets: [{ ...target, kafka: "127.0.0.1:1" }] }),
      /Kafka port.*refuses connections/,
      /targets\[\]\.kafka/,
    ],
    [
      "a certificate and a folder that do not exist",
      () =>
        examine({
          knowledge: ["/nowhere/pages"],
          targets: [{ ...target, kafkaTls: { ca: "/nowhere/ca.pem" } }],
        }),
      /does not exist/,
      /Put the PEM file there/,
    ],
    [
      "an Alertmanager that does not run",
      () => examine({ targets: [{ ...target, alertmanager: "http://127.0.0.1:1" }] }),
      /refuse/,
      /Check that it runs/,
    ],
  ];
  for (const [what, run, says, remedy] of mistakes) {
    const { code, checks, text } = await run();
    const wrong = checks.filter(({ state }) => state === "wrong");
    assert.equal(code, 1, what);
    assert.match(text, /^Not ready/, what);
    const named = wrong.filter((check) => says.test(check.says));
    assert.ok(named.length > 0, `${what}: ${JSON.stringify(wrong)}`);
    assert.ok(
      named.some((check) => remedy.test(check.remedy ?? "")),
      `${what}: ${JSON.stringify(named)}`,
    );
  }
});

test("after an upgrade, a scope that only a part needs is named without calling the bot broken", async (t) => {
  const sandbox = await startSandbox({ port: 0 });
  t.after(() => sandbox.stop());
  const { slack, streamline } = sandbox;
  const slackUrl = await scopesProxy(t, slack.apiUrl, () =>
    SCOPES.filter((scope) => scope !== "files:write"),
  );
  const file = {
    slack: { mode: "http" },
    store: join(mkdtempSync(join(tmpdir(), "bot-doctor-")), "bot.db"),
    targets: [{ name: "shop", http: streamline.http, kafka: streamline.kafka }],
    routes: [{ channel: slack.channels["incidents"] ?? "" }],
  };
  const { checks } = await examineHere(file, {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slackUrl,
    WEBHOOK_TOKEN,
  });
  const [named, ...others] = checks.filter(({ where }) => where === "scopes");
  assert.equal(others.length, 0);
  assert.equal(named?.state, "note");
  assert.match(named.says, /lacks files:write: without files:write a timeline/);
  assert.match(named.remedy ?? "", /install it again/);
});

test("a test alert goes from a real Alertmanager into Slack, or is reported not to have come", async (t) => {
  const sandbox = await startSandbox({ port: 0 });
  t.after(() => sandbox.stop());
  const { slack, streamline } = sandbox;
  const port = await freePort();
  const listening = alertmanagerConfig({ port });
  const alertmanager = await startAlertmanager(t, stringify(listening));
  const store = join(mkdtempSync(join(tmpdir(), "bot-doctor-")), "bot.db");
  const file = {
    listen: `127.0.0.1:${port}`,
    slack: { mode: "http" },
    store,
    targets: [
      {
        name: "shop",
        http: streamline.http,
        kafka: streamline.kafka,
        alertmanager: alertmanager.url,
      },
    ],
    routes: [{ channel: slack.channels["incidents"] ?? "" }],
  };
  const env = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    WEBHOOK_TOKEN,
  };
  const notRunning = await doctor(file, env, ["--send-test-alert"]);
  assert.ok(
    notRunning.checks.some(({ says, state }) => state === "wrong" && /no store/.test(says)),
  );

  const parsed = parseConfig({ env, yaml: stringify(file) });
  assert.ok(parsed.ok);
  const bot = await startApp(parsed.config, createLog("silent"));
  t.after(() => bot.stop());
  sandbox.connect(bot.url);
  const arrived = await doctor(file, env, ["--send-test-alert"]);
  assert.ok(
    arrived.checks.some(
      ({ area, where, state }) => area === "Webhook" && /test alert/.test(where) && state === "ok",
    ),
    arrived.text,
  );
});

test("without a network the disk is checked, and what nobody can know there is not claimed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bot-doctor-"));
  const key = join(folder, "client.key");
  writeFileSync(key, "no key at all");
  const file = {
    store: join(folder, "bot.db"),
    targets: [
      {
        name: "shop",
        http: "http://127.0.0.1:1",
        kafka: "127.0.0.1:1",
        kafkaTls: { cert: join(folder, "missing.pem"), key },
      },
    ],
    routes: [{ channel: "C0123456789" }],
  };
  const env = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1", WEBHOOK_TOKEN };
  const { code, checks } = await doctor(file, env, ["--offline"]);
  assert.equal(code, 1);
  const wrong = checks.filter(({ state }) => state === "wrong").map(({ says }) => says);
  assert.deepEqual(wrong, ["does not exist", "contains no PEM private key"]);
  assert.ok(checks.every(({ area }) => !["Slack", "Alertmanager", "Target"].includes(area)));
  const unset = await doctor(file, { WEBHOOK_TOKEN: "short" }, ["--offline"]);
  assert.ok(
    unset.checks.some(
      ({ where, remedy }) => where === "SLACK_BOT_TOKEN" && /environment/.test(remedy ?? ""),
    ),
  );
  const check = await streamlineBot(["config", "check", "--config", writeConfig(file)], env);
  assert.equal(check.code, 1);
  assert.match(check.stderr, /missing\.pem: does not exist/);
});

const SCOPES = APP_SCOPES.map(({ scope }) => scope);

function writeConfig(file: object): string {
  const path = join(mkdtempSync(join(tmpdir(), "bot-doctor-")), "streamline-bot.yaml");
  writeFileSync(path, stringify(file));
  return path;
}

async function doctor(
  file: object,
  env: Record<string, string>,
  flags: readonly string[] = [],
): Promise<DoctorAnswer> {
  const { code, stdout, stderr } = await answerOf(
    ["doctor", "--json", "--config", writeConfig(file), ...flags],
    env,
  );
  assert.notEqual(stdout, "", stderr);
  const { text, answer } = JSON.parse(stdout);
  return { code, text, checks: answer.checks };
}

/** The same without a process of its own for each of many. */
async function examineHere(file: object, env: Record<string, string>): Promise<DoctorAnswer> {
  const parsed = parseConfig({ env, yaml: stringify(file) });
  assert.ok(parsed.ok);
  const { config, warnings } = parsed;
  const checks = [...(await examineDisk(config, warnings)), ...(await examineNetwork(config))];
  return { code: doctorVerdict(checks) === "ready" ? 0 : 1, checks, text: doctorText(checks) };
}

/** Slack names a token's scopes in a header, which the local Slack leaves out. */
async function scopesProxy(
  t: TestContext,
  apiUrl: string,
  scopes: () => readonly string[],
): Promise<string> {
  const base = new URL(apiUrl);
  const server = createServer((incoming, answer) => {
    const path = `${base.pathname.replace(/\/$/, "")}${incoming.url ?? ""}`;
    const options = {
      host: base.hostname,
      port: base.port,
      path,
      method: incoming.method,
      headers: incoming.headers,
    };
    const outgoing = request(options, (from) => {
      answer.writeHead(from.statusCode ?? 502, {
        ...from.headers,
        "x-oauth-scopes": scopes().join(","),
      });
      from.pipe(answer);
    });
    incoming.pipe(outgoing);
  });
  const port = await freePort();
  server.listen(port, "127.0.0.1");
  t.after(() => server.close());
  return `http://127.0.0.1:${port}/`;
}

interface AlertmanagerMistakes {
  readonly resolved?: boolean;
  readonly watchdogTo?: string;
  readonly isRouted?: boolean;
  readonly port?: number;
}

function alertmanagerConfig({
  resolved = true,
  watchdogTo = "bot",
  isRouted = true,
  port = 1,
}: AlertmanagerMistakes) {
  const quick = { group_wait: "0s", group_interval: "1s", repeat_interval: "1m" };
  return {
    route: {
      receiver: isRouted ? "bot" : "elsewhere",
      ...quick,
      group_interval: "1m",
      routes: [
        { receiver: isRouted ? watchdogTo : "elsewhere", matchers: ["alertname = Watchdog"] },
      ],
    },
    receivers: [
      {
        name: "bot",
        webhook_configs: [
          {
            url: `http://127.0.0.1:${port}/webhook/alertmanager`,
            send_resolved: resolved,
            max_alerts: 1000,
            http_config: { authorization: { type: "Bearer", credentials: WEBHOOK_TOKEN } },
          },
        ],
      },
      { name: "elsewhere" },
    ],
  };
}

function prometheusArgs({ folder, port }: { folder: string; port: number }): string[] {
  return [
    `--config.file=${join(folder, "prometheus.yml")}`,
    `--storage.tsdb.path=${join(folder, "data")}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
}

/** What a node exporter says of the file system that the rules watch. */
async function nodeExporter(t: TestContext): Promise<string> {
  const server = createServer((_, response) => {
    response.end('node_filesystem_avail_bytes{mountpoint="/var/lib/streamline"} 1e9\n');
  });
  const port = await freePort();
  server.listen(port, "127.0.0.1");
  t.after(() => void server.close());
  return `127.0.0.1:${port}`;
}

/** With our rules, an Alertmanager, and every job that they read scraped. */
async function prometheusWithRules(t: TestContext, alertmanager: string, streamline: string) {
  const folder = mkdtempSync(join(tmpdir(), "bot-rules-"));
  const rules = readdirSync("alerts").filter((name) => name.endsWith(".rules.yml"));
  for (const name of rules) copyFileSync(resolve("alerts", name), join(folder, name));
  const jobs = [
    "streamline",
    "streamline-kafka",
    "streamline-health",
    "node",
    "streamline-incident-bot",
  ];
  const exporter = await nodeExporter(t);
  const config = {
    global: { scrape_interval: "1s", evaluation_interval: "1s" },
    rule_files: [join(folder, "*.rules.yml")],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
    scrape_configs: jobs.map((job_name) => ({
      job_name,
      static_configs: [{ targets: [job_name === "node" ? exporter : new URL(streamline).host] }],
    })),
  };
  const program = await startProgram(t, {
    command: "/usr/bin/prometheus",
    files: { "prometheus.yml": stringify(config) },
    args: prometheusArgs,
    readyPath: "/-/ready",
  });
  await eventually("every job was scraped", async () => {
    const ask = async (path: string) =>
      ((await (await fetch(`${program.url}/api/v1/${path}`)).json()) as { data: never }).data;
    const { activeTargets } = (await ask("targets")) as { activeTargets: { health: string }[] };
    const { activeAlertmanagers } = (await ask("alertmanagers")) as {
      activeAlertmanagers: object[];
    };
    const isUp = activeTargets.filter(({ health }) => health === "up").length === jobs.length;
    return isUp && activeAlertmanagers.length > 0;
  });
  return program;
}

test("a store that is a folder, a folder without pages and a secret's file that is not there are named", async () => {
  const folder = mkdtempSync(join(tmpdir(), "doctor-disk-"));
  const file = join(folder, "streamline-bot.yaml");
  const channel = "C0123456789";
  const targets = [{ name: "orders", http: "http://127.0.0.1:9", kafka: "127.0.0.1:9" }];
  writeFileSync(
    file,
    stringify({ store: folder, knowledge: [folder], targets, routes: [{ channel }] }),
  );
  const env = { SLACK_BOT_TOKEN: "xoxb-1-2-3", SLACK_APP_TOKEN: "xapp-1-2-3" };
  const doctor = async (more: Readonly<Record<string, string>>): Promise<DoctorAnswer> => {
    const args = ["doctor", "--offline", "--json", "--config", file];
    const { code, stdout } = await answerOf(args, { ...env, ...more });
    const { answer, text } = JSON.parse(stdout);
    return { code, text, checks: answer.checks };
  };
  const { code, checks } = await doctor({ WEBHOOK_TOKEN });
  assert.equal(code, 1);
  const store = checks.find(({ area }) => area === "Store");
  assert.equal(store?.state, "wrong");
  assert.match(store?.remedy ?? "", /bot\.db/);
  assert.equal(checks.filter(({ where }) => where === folder).length > 0, true);
  assert.ok(checks.some(({ says, state }) => state === "note" && says.includes("no Markdown")));
  const absent = await doctor({ WEBHOOK_TOKEN_FILE: join(folder, "none") });
  const secret = absent.checks.find(({ where }) => where === "WEBHOOK_TOKEN_FILE");
  assert.equal(secret?.state, "wrong");
  assert.doesNotMatch(secret?.remedy ?? "", /_FILE_FILE/);
});

test("a target whose labels nothing has that its Prometheus scrapes is named, one that is scraped is not", () => {
  const address = "http://prometheus:9090";
  const targets = ["streamline", "streamline-prod"].map((job) => ({
    name: job,
    labels: { job },
    prometheus: `${address}/`,
  }));
  const scraped = [{ job: "streamline", instance: "broker-1:9094" }];
  const named = unscrapedTargets(targets, { address, scraped });
  assert.deepEqual(
    named.map(({ where, state }) => [where, state]),
    [[`${address} target streamline-prod`, "note"]],
  );
  assert.deepEqual(unscrapedTargets(targets, { address, scraped: [] }), []);
});
