/** Routes, their mentions and matchers, and the sources: what they become, and how a mistake is named. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { configOf, FILE, problemsOf } from "./configs.ts";

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
