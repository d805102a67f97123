/** How every mistake in a configuration is told. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConfig } from "../../src/config/parse-config.ts";
import fc from "../support/fast-check.ts";
import { configOf, ENV, FILE, parse, problemOf, problemsOf } from "./configs.ts";

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
