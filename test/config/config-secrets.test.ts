/** The environment: what is missing or mistyped is told, and never shown. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { configOf, ENV, FILE, problemOf, problemsOf } from "./configs.ts";

describe("secrets", () => {
  test("Socket Mode needs the app token, HTTP the signing secret", () => {
    const { SLACK_APP_TOKEN: _, ...rest } = ENV;
    assert.match(problemOf(FILE, rest), /^SLACK_APP_TOKEN: is not set/);
    const http = { ...FILE, slack: { mode: "http" } };
    assert.match(problemOf(http), /^SLACK_SIGNING_SECRET: is not set/);
    assert.equal(configOf(http, { ...rest, SLACK_SIGNING_SECRET: "s" }).slack.mode, "http");
  });

  test("a mistake elsewhere in the file does not make the wrong mode's secret missing", () => {
    const problems = problemsOf({ ...FILE, slack: { mode: "http" }, colour: "red" });
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["colour", "SLACK_SIGNING_SECRET"],
    );
  });

  test("tokens of the wrong kind are distinguished without showing them", () => {
    const env = { ...ENV, SLACK_BOT_TOKEN: "xapp-swapped", SLACK_APP_TOKEN: "xoxb-swapped" };
    const problems = problemsOf(FILE, env);
    assert.match(problems[0]?.message ?? "", /^does not start with xoxb-/);
    assert.match(problems[1]?.message ?? "", /^does not start with xapp-/);
    assert.ok(!JSON.stringify(problems).includes("swapped"));
  });

  test("the token for Prometheus is optional, and must fit into a header", () => {
    assert.equal(configOf(FILE, ENV).prometheusToken, undefined);
    assert.equal(configOf(FILE, { ...ENV, PROMETHEUS_TOKEN: "abc" }).prometheusToken, "abc");
    const problems = problemsOf(FILE, { ...ENV, PROMETHEUS_TOKEN: "hun ter\n2" });
    assert.match(problems[0]?.message ?? "", /must be ASCII without spaces/);
    assert.ok(!JSON.stringify(problems).includes("ter"));
  });

  for (const [what, env, expected] of [
    ["no secret for the webhook", {}, /^WEBHOOK_TOKEN: is not set/],
    ["an empty one", { WEBHOOK_TOKEN: " " }, /^WEBHOOK_TOKEN: is not set/],
    ["a short token", { WEBHOOK_TOKEN: "x".repeat(15) }, /^WEBHOOK_TOKEN: is shorter than 16/],
    [
      "a short password",
      { WEBHOOK_USER: "am", WEBHOOK_PASSWORD: "short" },
      /^WEBHOOK_PASSWORD: is shorter/,
    ],
    [
      "a user without a password",
      { WEBHOOK_USER: "am" },
      /^WEBHOOK_PASSWORD: is not set, although WEBHOOK_USER is$/,
    ],
    [
      "a password without a user",
      { WEBHOOK_PASSWORD: "x".repeat(16) },
      /^WEBHOOK_USER: is not set, although WEBHOOK_PASSWORD is$/,
    ],
    [
      "both ways at once",
      { WEBHOOK_TOKEN: "x".repeat(16), WEBHOOK_USER: "am", WEBHOOK_PASSWORD: "x".repeat(16) },
      /^WEBHOOK_TOKEN: is set together with/,
    ],
    [
      "a user with a colon",
      { WEBHOOK_USER: "a:b", WEBHOOK_PASSWORD: "x".repeat(16) },
      /^WEBHOOK_USER: must not contain a colon$/,
    ],
    [
      "a token that no header can carry",
      { WEBHOOK_TOKEN: "pässword-of-16-characters" },
      /^WEBHOOK_TOKEN: must be ASCII/,
    ],
  ] as const) {
    test(`${what} is refused`, () => {
      assert.match(problemOf(FILE, { ...ENV, WEBHOOK_TOKEN: undefined, ...env }), expected);
    });
  }

  test("what Alertmanager asks for is optional: a bearer token, or a user with a password", () => {
    assert.equal(configOf(FILE).alertmanagerAuth, undefined);
    assert.deepEqual(configOf(FILE, { ...ENV, ALERTMANAGER_TOKEN: "short" }).alertmanagerAuth, {
      kind: "bearer",
      token: "short",
    });
    const pair = { ALERTMANAGER_USER: "bot", ALERTMANAGER_PASSWORD: "pä:ss" };
    assert.deepEqual(configOf(FILE, { ...ENV, ...pair }).alertmanagerAuth, {
      kind: "basic",
      user: "bot",
      password: "pä:ss",
    });
  });

  for (const [what, env, expected] of [
    [
      "a user for Alertmanager without a password",
      { ALERTMANAGER_USER: "bot" },
      /^ALERTMANAGER_PASSWORD: is not set, although ALERTMANAGER_USER is$/,
    ],
    [
      "both ways to ask Alertmanager at once",
      { ALERTMANAGER_TOKEN: "t", ALERTMANAGER_USER: "bot" },
      /^ALERTMANAGER_TOKEN: is set together with ALERTMANAGER_USER or ALERTMANAGER_PASSWORD/,
    ],
    [
      "a token for Alertmanager that no header can carry",
      { ALERTMANAGER_TOKEN: "tök en" },
      /^ALERTMANAGER_TOKEN: must be ASCII/,
    ],
  ] as const) {
    test(`${what} is refused, and not shown`, () => {
      assert.match(problemOf(FILE, { ...ENV, ...env }), expected);
      assert.ok(!JSON.stringify(problemsOf(FILE, { ...ENV, ...env })).includes("tök"));
    });
  }

  test("an address that holds a password is not shown when it is wrong", () => {
    const env = { ...ENV, DATABASE_URL: "mysql://bot:hunter2@db/bot", SLACK_API_URL: "slack.com" };
    const problems = problemsOf(FILE, env);
    assert.deepEqual(problems, [
      { path: "DATABASE_URL", message: "is not an address that starts with postgres://" },
      { path: "SLACK_API_URL", message: "is not an address that starts with http://" },
    ]);
  });

  test("variables that are set to nothing count as unset", () => {
    const env = { ...ENV, LOG_LEVEL: "", DATABASE_URL: "", SLACK_API_URL: " ", WEBHOOK_USER: "" };
    const { logLevel, store, slack } = configOf(FILE, env);
    assert.equal(logLevel, "info");
    assert.equal(store.engine, "sqlite");
    assert.equal(slack.apiUrl, undefined);
  });
});
