/** The configuration: what a good one becomes, and how every mistake in a bad one is told. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseConfig } from "../../src/config/parse-config.ts";
import fc from "../support/fast-check.ts";
import { configOf, ENV, FILE, parse, problemOf, problemsOf, TARGET } from "./configs.ts";

const DAY_MS = 86_400_000;

test("the example file is in order, in both of Slack's modes", () => {
  const yaml = readFileSync("streamline-bot.example.yaml", "utf8");
  const socket = parseConfig({ env: ENV, yaml });
  assert.ok(socket.ok, JSON.stringify(socket));
  assert.equal(socket.config.targets.length, 2);
  assert.equal(socket.config.routes.length, 3);
  const http = parseConfig({
    env: { ...ENV, SLACK_SIGNING_SECRET: "s" },
    yaml: yaml.replace("mode: socket", "mode: http"),
  });
  assert.ok(http.ok, JSON.stringify(http));
});

test("a file with one target and one route gets every default", () => {
  assert.deepEqual(configOf(FILE), {
    listen: { host: "0.0.0.0", port: 8080 },
    logLevel: "info",
    slack: { mode: "socket", appToken: "xapp-123", botToken: "xoxb-123" },
    webhook: { auth: [{ kind: "bearer", token: "0123456789abcdef" }], maxBodyBytes: 8 * 1024 ** 2 },
    metricsAuth: [],
    mcpAuth: [],
    store: { engine: "sqlite", path: "var/bot.db" },
    targets: [
      { ...TARGET, channels: [], labels: {}, timeoutMs: 2_000, maxBodyBytes: 64 * 1024 ** 2 },
    ],
    routes: [{ match: {}, channel: "C0INCIDENTS" }],
    sources: [],
    schedules: [],
    reviews: [],
    operators: "C0INCIDENTS",
    knowledge: [],
    watch: [],
    rules: [],
    sampling: { intervalMs: 15_000 },
    permissions: {
      ask: { users: [], channels: [] },
      query: { users: [], groups: [] },
      acknowledge: { users: [], groups: [] },
      silence: { users: [], groups: [] },
      outsiders: { users: [], groups: [] },
    },
    delivery: { digestAbove: 10 },
    acknowledgement: { holdsMs: 4 * 3_600_000, remindAfterMs: 30 * 60_000 },
    retention: {
      incidents: 400 * DAY_MS,
      notifications: 30 * DAY_MS,
      audit: 90 * DAY_MS,
      notes: 365 * DAY_MS,
      questions: 90 * DAY_MS,
      undelivered: 7 * DAY_MS,
    },
  });
});

test("every default can be set", () => {
  const config = configOf(
    {
      listen: "[::1]:0",
      slack: { mode: "http" },
      webhook: { maxBody: "1MB" },
      store: "/data/bot.db",
      targets: [
        {
          ...TARGET,
          prometheus: "https://prom.example/base/",
          alertmanager: "http://am:9093",
          channels: ["C0ORDERS"],
          labels: { job: "streamline" },
          timeout: "500ms",
          maxBody: "2KiB",
        },
      ],
      operators: "C0OPS",
      sources: [
        {
          name: "eu-prod",
          members: ["http://am-0:9093/", "http://am-1:9093"],
          headers: { "X-Scope-OrgID": "eu" },
          targets: [TARGET.name],
          every: "40s",
        },
      ],
      routes: [{ match: { env: "staging" }, channel: "G0STAGING" }, { channel: "C0INCIDENTS" }],
      watch: ["C0ALERTS", "G0ALERTS"],
      knowledge: ["/etc/runbooks"],
      rules: ["/etc/our.rules.yml"],
      sampling: { interval: "20s" },
      permissions: {
        ask: { users: ["U0ALICE"], channels: ["C0INCIDENTS"] },
        query: { groups: ["S0ONCALL"] },
        acknowledge: { users: ["W0BOB"] },
        silence: { users: ["U0ALICE"], groups: ["S0ONCALL"] },
        outsiders: { users: ["U0GUEST"] },
      },
      delivery: { digestAbove: 10 },
      acknowledgement: { holds: "2h", remindAfter: "10m" },
      retention: { incidents: "730d" },
      schedules: [
        { name: "first-line", people: { "alice@example.com": "U0ALICE" }, handover: "C0INCIDENTS" },
        { name: "second", calendar: "/etc/second.ics" },
      ],
      reviews: [{ channel: "C0INCIDENTS", timeZone: "Europe/Berlin", last: "14d" }],
    },
    {
      SCHEDULE_CALENDAR_FIRST_LINE: "https://calendar.example/private-0/basic.ics",
      SLACK_BOT_TOKEN: " xoxb-1\n",
      SLACK_SIGNING_SECRET: "s3cret",
      WEBHOOK_USER: "am",
      WEBHOOK_PASSWORD: "0123456789abcdef",
      DATABASE_URL: "postgres://u:p@db/bot",
      SLACK_API_URL: "http://127.0.0.1:1/api/",
      LOG_LEVEL: "debug",
      WEBHOOK_TOKEN_EU_PROD: "a-token-of-eu-prod",
      ALERTMANAGER_USER_EU_PROD: "u",
      ALERTMANAGER_PASSWORD_EU_PROD: "p",
    },
  );
  assert.deepEqual(config, {
    listen: { host: "::1", port: 0 },
    logLevel: "debug",
    slack: {
      mode: "http",
      signingSecret: "s3cret",
      botToken: "xoxb-1",
      apiUrl: "http://127.0.0.1:1/api/",
    },
    webhook: {
      auth: [{ kind: "basic", user: "am", password: "0123456789abcdef" }],
      maxBodyBytes: 1_000_000,
    },
    metricsAuth: [],
    mcpAuth: [],
    store: { engine: "postgres", url: "postgres://u:p@db/bot" },
    targets: [
      {
        ...TARGET,
        prometheus: "https://prom.example/base",
        alertmanager: "http://am:9093",
        channels: ["C0ORDERS"],
        labels: { job: "streamline" },
        timeoutMs: 500,
        maxBodyBytes: 2_048,
      },
    ],
    routes: [
      { match: { env: "staging" }, channel: "G0STAGING" },
      { match: {}, channel: "C0INCIDENTS" },
    ],
    sources: [
      {
        name: "eu-prod",
        members: ["http://am-0:9093", "http://am-1:9093"],
        arePeers: true,
        headers: { "X-Scope-OrgID": "eu" },
        targets: [TARGET.name],
        everyMs: 40_000,
        absentForMs: 30_000,
        webhookAuth: [{ kind: "bearer", token: "a-token-of-eu-prod" }],
        apiAuth: { kind: "basic", user: "u", password: "p" },
      },
    ],
    schedules: [
      {
        name: "first-line",
        calendar: "https://calendar.example/private-0/basic.ics",
        people: { "alice@example.com": "U0ALICE" },
        handover: "C0INCIDENTS",
      },
      { name: "second", calendar: "/etc/second.ics", people: {} },
    ],
    reviews: [
      {
        channel: "C0INCIDENTS",
        cron: "0 9 * * 1",
        timeZone: "Europe/Berlin",
        lastMs: 14 * 86_400_000,
      },
    ],
    operators: "C0OPS",
    watch: ["C0ALERTS", "G0ALERTS"],
    knowledge: ["/etc/runbooks"],
    rules: ["/etc/our.rules.yml"],
    sampling: { intervalMs: 20_000 },
    permissions: {
      ask: { users: ["U0ALICE"], channels: ["C0INCIDENTS"] },
      query: { users: [], groups: ["S0ONCALL"] },
      acknowledge: { users: ["W0BOB"], groups: [] },
      silence: { users: ["U0ALICE"], groups: ["S0ONCALL"] },
      outsiders: { users: ["U0GUEST"], groups: [] },
    },
    delivery: { digestAbove: 10 },
    acknowledgement: { holdsMs: 7_200_000, remindAfterMs: 600_000 },
    retention: {
      incidents: 730 * DAY_MS,
      notifications: 30 * DAY_MS,
      audit: 90 * DAY_MS,
      notes: 365 * DAY_MS,
      questions: 90 * DAY_MS,
      undelivered: 7 * DAY_MS,
    },
  });
});

test("routes take matchers as Alertmanager does, several values and sources", () => {
  const { routes } = configOf({
    ...FILE,
    sources: [{ name: "prod" }],
    routes: [
      {
        match: { env: ["prod", "eu.1"] },
        matchers: ['severity =~ "critical|page"', 'team!="a \\"b\\""', "x!~y"],
        sources: ["prod", "default"],
        channel: "C0A",
      },
      { channel: "C0B" },
    ],
  });
  assert.deepEqual(routes[0], {
    match: {},
    matchers: [
      { name: "severity", value: "critical|page", isRegex: true, isEqual: true },
      { name: "team", value: 'a "b"', isRegex: false, isEqual: false },
      { name: "x", value: "y", isRegex: true, isEqual: false },
      { name: "env", value: "prod|eu\\.1", isRegex: true, isEqual: true },
    ],
    sources: ["prod", "default"],
    channel: "C0A",
  });
});

test("routes name whom their incidents call, by severity and time of day", () => {
  const { routes } = configOf({
    ...FILE,
    routes: [
      {
        channel: "C0B",
        mentions: [
          { severity: "Critical", who: ["S0ONCALL", "U0ALICE"], again: "15m" },
          { who: ["S0DAY"], quiet: { from: "18:30", to: "08:00", timeZone: "Europe/Berlin" } },
        ],
      },
    ],
  });
  assert.deepEqual(routes[0]?.mentions, [
    { severities: ["critical"], who: ["S0ONCALL", "U0ALICE"], againAfterMs: 900_000 },
    { who: ["S0DAY"], quiet: { from: 1_110, to: 480, timeZone: "Europe/Berlin" } },
  ]);
});

test("what mentions can get wrong is named with its place", () => {
  const rule = (change: object) => ({ who: ["S0ONCALL"], ...change });
  const problems = problemsOf({
    ...FILE,
    routes: [
      {
        channel: "C0B",
        mentions: [
          rule({ who: ["@oncall"] }),
          rule({ who: [] }),
          rule({ again: "5s" }),
          rule({ quiet: { from: "6pm", to: "08:00" } }),
          rule({ quiet: { from: "18:00", to: "18:00" } }),
          rule({ quiet: { from: "18:00", to: "08:00", timeZone: "Berlin" } }),
        ],
      },
    ],
  });
  assert.deepEqual(
    problems.map(({ path }) => path),
    [
      "routes[0].mentions[0].who[0]",
      "routes[0].mentions[1].who",
      "routes[0].mentions[2].again",
      "routes[0].mentions[3].quiet.from",
      "routes[0].mentions[4].quiet",
      "routes[0].mentions[5].quiet.timeZone",
    ],
  );
});

test("what sources and matchers can get wrong is named with its place", () => {
  const problems = problemsOf({
    ...FILE,
    sources: [
      { name: "prod", targets: ["nowhere"], headers: { Authorization: "x" } },
      { name: "PROD", members: ["am:9093"] },
      { name: "slack" },
    ],
    routes: [
      { matchers: ["severity", 'a=~"("'], sources: ["none"], channel: "C0A" },
      { channel: "C0B" },
    ],
  });
  const paths = new Set(problems.map(({ path }) => path));
  for (const path of [
    "sources[0].headers",
    "sources[0].targets[0]",
    "sources[1].name",
    "sources[1].members[0]",
    "sources[2].name",
    "routes[0].matchers[0]",
    "routes[0].matchers[1]",
    "routes[0].sources[0]",
  ]) {
    assert.ok(paths.has(path), `${path} is not among ${[...paths].join(", ")}`);
  }
});

test("Slackbot may ask where Slack sends signed requests, and only there", () => {
  const { slack } = configOf(
    { ...FILE, slack: { mode: "http", slackbot: true } },
    { ...ENV, SLACK_SIGNING_SECRET: "s" },
  );
  assert.deepEqual(slack, {
    mode: "http",
    signingSecret: "s",
    botToken: slack.botToken,
    answersSlackbot: true,
  });
  assert.deepEqual(
    problemsOf({ ...FILE, slack: { slackbot: true } }).map(({ path }) => path),
    ["slack.slackbot"],
  );
});

test("every problem is reported at once, each with its path, and none hides another", () => {
  const problems = problemsOf(
    {
      listen: "8080",
      slack: { mode: "https" },
      targets: [
        { name: "a b", http: "10.0.0.5:9094", kafka: "10.0.0.5", colour: "red" },
        { name: "orders", http: "http://x", kafka: "x:1", labels: { "not-a-label": "x", n: 5 } },
        { name: "Orders", http: "http://y", kafka: "y:1" },
      ],
      routes: [{ match: { env: "prod" }, channel: "#incidents" }],
      permissions: { ask: { users: ["alice"] } },
      token: "xoxb-in-the-file",
    },
    { LOG_LEVEL: "loud", DATABASE_URL: "mysql://x" },
  );
  assert.deepEqual(
    problems.map(({ path }) => path),
    [
      "listen",
      "slack.mode",
      "targets[0].name",
      "targets[0].http",
      "targets[0].kafka",
      "targets[0].colour",
      "targets[1].labels.not-a-label",
      "targets[1].labels.n",
      "routes[0].channel",
      "permissions.ask.users[0]",
      "token",
      "targets[2].name",
      "routes",
      "SLACK_BOT_TOKEN",
      "WEBHOOK_TOKEN",
      "LOG_LEVEL",
      "DATABASE_URL",
    ],
  );
  for (const { message } of problems) assert.match(message, /^\S.{5,}/);
});

test("no text whatever makes it throw", () => {
  const value = fc.jsonValue();
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        value.map((each) => JSON.stringify(each)),
      ),
      fc.dictionary(fc.constantFrom(...Object.keys(ENV), "LOG_LEVEL"), fc.string()),
      (yaml, env) => {
        const result = parseConfig({ env, yaml });
        assert.equal(result.ok, false);
        assert.ok(result.problems.every(({ path, message }) => path !== "" && message !== ""));
      },
    ),
  );
});

test("whatever value stands under a known key, it is taken or told with that key's path", () => {
  const keys = ["listen", "slack", "webhook", "store", "knowledge", "permissions"];
  fc.assert(
    fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
      const result = parse({ ...FILE, [key]: value });
      if (result.ok) return;
      for (const { path } of result.problems) {
        assert.ok(path.startsWith(key) || path.startsWith("(file) line"), path);
      }
    }),
  );
});

test("schedules that cannot be what is meant are named with their place", () => {
  const problems = problemsOf({
    ...FILE,
    schedules: [
      { name: "first-line", people: { alice: "alice" } },
      { name: "first-line", calendar: "a.ics" },
      { name: "Night", calendar: "b.ics" },
    ],
    reviews: [{ channel: "C0INCIDENTS", cron: "every monday" }],
    routes: [
      {
        channel: "C0INCIDENTS",
        mentions: [
          {
            who: ["schedule:frist-line", "oncall"],
            escalate: { who: ["schedule:x"], after: "5m" },
          },
        ],
      },
    ],
  });
  for (const place of [
    "schedules[0].people.alice",
    "schedules[1].name",
    "schedules[2].name",
    "reviews[0].cron",
    "routes[0].mentions[0].who[0]",
    "routes[0].mentions[0].who[1]",
    "routes[0].mentions[0].escalate.who[0]",
  ]) {
    assert.ok(
      problems.some(({ path }) => path === place),
      `${place} in ${JSON.stringify(problems)}`,
    );
  }
});

test("a schedule without a calendar names the variable that may hold its address", () => {
  const file = { ...FILE, schedules: [{ name: "first-line" }] };
  assert.match(problemOf(file), /SCHEDULE_CALENDAR_FIRST_LINE/);
});

test("a source's webhook may have several tokens while one takes the place of another", () => {
  const file = { ...FILE, sources: [{ name: "eu-prod" }] };
  for (const between of [",", "\n", " "]) {
    const tokens = ["a-token-of-eu-prod", "the-next-token-of-it"];
    const [source] = configOf(file, {
      ...ENV,
      WEBHOOK_TOKEN_EU_PROD: tokens.join(between),
    }).sources;
    assert.deepEqual(
      source?.webhookAuth,
      tokens.map((token) => ({ kind: "bearer", token })),
    );
  }
});
