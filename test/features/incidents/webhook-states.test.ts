// takes: 20 s
/** Ends, copies, firings again and alerts alike, from the webhook's door to Slack: what fires in the end. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Json } from "../../support/case-bodies.ts";
import { createCaseWorld } from "../../support/case-world.ts";
import { alert, check, group, MINUTE, over } from "./webhook-rows.ts";

check("alerts of one fingerprint", [
  {
    what: "in one notification",
    steps: [
      group([alert({ n: "a" }, { fingerprint: "f" }), alert({ n: "b" }, { fingerprint: "f" })]),
    ],
    shows: ["firing ab"],
  },
  {
    what: "one after the other: the end of one is not the other's",
    steps: [
      group([alert({ n: "a" }, { fingerprint: "f" })]),
      MINUTE,
      group([alert({ n: "a" }, { fingerprint: "f" }), alert({ n: "b" }, { fingerprint: "f" })]),
      MINUTE,
      group([over({ n: "b" }, { fingerprint: "f" }), alert({ n: "a" }, { fingerprint: "f" })]),
    ],
    shows: ["firing a"],
  },
  {
    what: "each in a notification of its own",
    steps: [
      group([alert({ n: "a" }, { fingerprint: "f" })]),
      group([alert({ n: "b" }, { fingerprint: "f" })]),
      MINUTE,
      group([over({ n: "a" }, { fingerprint: "f" })]),
      group([over({ n: "b" }, { fingerprint: "f" })]),
    ],
    shows: ["resolved"],
  },
  {
    what: "the same alert named twice fires if either says so",
    steps: [
      group([over({ n: "a" }, { fingerprint: "f" }), alert({ n: "a" }, { fingerprint: "f" })]),
    ],
    shows: ["firing a"],
  },
]);

check("ends, copies and firings again", [
  {
    what: "left out, then named again with the same start, is never over",
    steps: [
      group([alert({ n: "a" }), alert({ n: "b" })]),
      { wait: 32 },
      group([alert({ n: "a" })]),
      { wait: 6 },
      group([alert({ n: "a" }), alert({ n: "b" })]),
    ],
    shows: ["firing ab"],
    never: [/not reported/],
  },
  {
    what: "left out for long is said, and fires",
    steps: [
      group([alert({ n: "a" }), alert({ n: "b" })]),
      { wait: 90 },
      group([alert({ n: "a" })]),
      MINUTE,
    ],
    shows: ["firing ab"],
    says: [/1 alert not reported since/],
  },
  {
    what: "its end, and 5 s later firing with the same start",
    steps: [
      group([alert({ n: "a" })]),
      MINUTE,
      group([over({ n: "a" })]),
      { wait: 5 },
      group([alert({ n: "a" })]),
    ],
    shows: ["firing a"],
  },
  {
    what: "its end, a late copy of its firing, and its end again",
    steps: [
      group([alert({ n: "a" })]),
      MINUTE,
      group([over({ n: "a" })]),
      { wait: 2 },
      group([alert({ n: "a" })]),
      { wait: 3 },
      group([over({ n: "a" })]),
    ],
    shows: ["resolved"],
  },
  {
    what: "the end of its first firing comes after it fires again",
    steps: [
      group([alert({ n: "a" })]),
      { wait: 300 },
      group([alert({ n: "a" }, { startsAt: "2026-11-28T02:04:00Z" })]),
      group([over({ n: "a" }, { endsAt: "2026-11-28T02:02:00Z" })]),
    ],
    shows: ["firing a"],
  },
  {
    what: "an hour and a half later it is an incident of its own",
    steps: [
      group([alert({ n: "a" })]),
      MINUTE,
      group([over({ n: "a" })]),
      { wait: 5_400 },
      group([alert({ n: "a" }, { startsAt: "2026-11-28T03:30:00Z" })]),
    ],
    shows: ["resolved", "firing a"],
  },
  {
    what: "an end whose beginning nobody reported",
    steps: [group([over({ n: "a" })])],
    shows: ["resolved"],
    says: [/RESOLVED KafkaDown/],
  },
  {
    what: "all that is named is over, and some are left out: it may fire",
    steps: [
      group([alert({ n: "a" })], { truncatedAlerts: 2 }),
      MINUTE,
      group([over({ n: "a" })], { truncatedAlerts: 2 }),
    ],
    shows: ["firing"],
    says: [/does not say whether the 2 alerts/],
    never: [/RESOLVED/],
  },
  {
    what: "as long as it says so",
    steps: [
      group([alert({ n: "a" })], { truncatedAlerts: 2 }),
      MINUTE,
      group([over({ n: "a" })], { truncatedAlerts: 2 }),
      MINUTE,
      group([over({ n: "b" }), over({ n: "c" })]),
    ],
    shows: ["resolved"],
  },
]);

const DIFFERING: readonly (readonly [what: string, ends: Json, stays: Json, says: RegExp])[] = [
  ["their severity", { severity: "warning" }, { severity: "critical" }, /KafkaDown \(warning\)/],
  ["a disk", { path: "/a" }, { path: "/b" }, /KafkaDown \(path=\/a\)/],
  ["a unit", { name: "cron.service" }, { name: "ssh.service" }, /\(name=cron\.service\)/],
  ["a label that one lacks", { volume: "d2" }, {}, /\(volume=d2\)/],
  ["their server", { instance: "b1:9094" }, { instance: "b2:9094" }, /\(b1:9094\)/],
  [
    "server and topic",
    { instance: "b1:9094", topic: "a" },
    { instance: "b2:9094", topic: "b" },
    /\(b1:9094, topic=a\)/,
  ],
  ["a number", { partition: 1 }, { partition: 2 }, /\(partition=1\)/],
  ["a label of another script", { 주제: "가" }, { 주제: "나" }, /\(주제=가\)/],
];

describe("what came and went is named by the labels in which alerts differ:", () => {
  for (const [what, ends, stays, says] of DIFFERING) {
    test(what, async (t) => {
      const world = await createCaseWorld(t);
      await world.post(group([alert(ends), alert(stays)]));
      await world.wait(60);
      await world.post(group([over(ends), alert(stays)]));
      await world.wait(60);
      const changes = world.slack.messages.filter(({ text }) => text.startsWith("🔀"));
      assert.equal(changes.length, 1);
      assert.match(changes[0]?.text ?? "", says);
    });
  }
});
