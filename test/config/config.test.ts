/** The configuration: what a good one becomes. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseConfig } from "../../src/config/parse-config.ts";
import { configOf, ENV, FILE, problemsOf, TARGET } from "./configs.ts";

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
