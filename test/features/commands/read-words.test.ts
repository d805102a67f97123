/** The words of the commands: names, options, pages, and sentences that are none of these. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseCommand } from "../../../src/features/commands/parse-command.ts";

const LAST_30M = 30 * 60_000;

describe("a command's words", () => {
  for (const [text, expected] of [
    ["alerts", { kind: "alerts", page: 1 }],
    ["alerts Firing orders", { kind: "alerts", page: 1, state: "firing", target: "orders" }],
    [
      "alerts orders acked page:3",
      { kind: "alerts", page: 3, state: "acknowledged", target: "orders" },
    ],
    ["alerts page:x", { kind: "alerts", page: 1 }],
    ["alerts page:-1", { kind: "alerts", page: 1 }],
    ["lag", { kind: "lag", page: 1 }],
    ["lag “billing” orders", { kind: "lag", page: 1, group: "billing", target: "orders" }],
    ["lag group:is target:orders", { kind: "lag", page: 1, group: "is", target: "orders" }],
    [
      "topics `ord*` target:prod page:2",
      { kind: "topics", page: 2, pattern: "ord*", target: "prod" },
    ],
    ["history DiskFull", { kind: "history", alert: "DiskFull" }],
    ["history", { kind: "incomplete", usage: "history ALERT" }],
    ["handoff", { kind: "handoff", windowMs: 12 * 3_600_000 }],
    ["handoff last:90d", { kind: "handoff", windowMs: 31 * 86_400_000 }],
    ["timeline", { kind: "timeline" }],
    ["search --explain disk full", { kind: "explain", question: "disk full" }],
    ["search --explainer", { kind: "search", question: "--explainer" }],
    ["runbook for DiskFull", { kind: "runbook", alert: "DiskFull" }],
    ["health of the disk", { kind: "search", question: "health of the disk" }],
  ] as const) {
    test(`"${text}" is ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(parseCommand(text), expected);
    });
  }
});

describe("a chart's words", () => {
  for (const [rest, what, target, windowMs] of [
    ["lag", { kind: "pattern", text: "lag" }, undefined, LAST_30M],
    ["*lag* orders last:2h", { kind: "pattern", text: "*lag*" }, "orders", 7_200_000],
    ["last:5m", { kind: "pattern", text: "last:5m" }, undefined, LAST_30M],
    [
      'bytes{topic="a last:5m"} last:1s',
      { kind: "pattern", text: 'bytes{topic="a last:5m"}' },
      undefined,
      60_000,
    ],
    ["`bytes_in` orders", { kind: "pattern", text: "bytes_in" }, "orders", LAST_30M],
    ["`rate(a[5m]) > 0` orders", { kind: "promql", text: "rate(a[5m]) > 0" }, "orders", LAST_30M],
    ["``a + b``", { kind: "promql", text: "a + b" }, undefined, LAST_30M],
    ['`bytes{topic="a"}`', { kind: "pattern", text: 'bytes{topic="a"}' }, undefined, LAST_30M],
  ] as const) {
    test(`${rest} draws ${what.text} as ${what.kind}`, () => {
      const expected = {
        kind: "chart",
        what,
        windowMs,
        ...(target === undefined ? {} : { target }),
      };
      assert.deepEqual(parseCommand(`chart ${rest}`), expected);
    });
  }

  test("without end are read in no time", () => {
    for (const piece of ["`", '{"', '{a="', "`a", "last:"])
      parseCommand(`chart ${piece.repeat(3_000)}`);
  });
});
