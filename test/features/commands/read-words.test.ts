/** The words of the commands: names, options, pages, and sentences that are none of these. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readAs } from "./setting.ts";

const LAST_30M = 30 * 60_000;

describe("a command's words", () => {
  for (const [text, name, options, target] of [
    ["alerts", "alerts", { page: 1 }, undefined],
    ["alerts Firing orders", "alerts", { page: 1, state: "firing" }, "orders"],
    ["alerts orders acked page:3", "alerts", { page: 3, state: "acknowledged" }, "orders"],
    ["alerts state:silenced target:x", "alerts", { page: 1, state: "silenced" }, "x"],
    ["lag", "lag", { page: 1 }, undefined],
    ["lag “billing” orders", "lag", { page: 1, group: "billing" }, "orders"],
    ["lag group:is target:orders", "lag", { page: 1, group: "is" }, "orders"],
    ["lag target:orders billing", "lag", { page: 1, group: "billing" }, "orders"],
    ['lag group:"my group"', "lag", { page: 1, group: "my group" }, undefined],
    ["lag group:‘my group’", "lag", { page: 1, group: "my group" }, undefined],
    ["lag payments:indexer", "lag", { page: 1, group: "payments:indexer" }, undefined],
    ["lag -billing a=b", "lag", { page: 1, group: "-billing" }, "a=b"],
    ["lag «my group»", "lag", { page: 1, group: "my group" }, undefined],
    ["lag 'my group' orders", "lag", { page: 1, group: "my group" }, "orders"],
    ["lag “my group”?", "lag", { page: 1, group: "my group" }, undefined],
    ["lag ``my group``", "lag", { page: 1, group: "my group" }, undefined],
    ["lag 『my group』", "lag", { page: 1, group: "my group" }, undefined],
    ["how far behind is ‘my group’?", "lag", { page: 1, group: "my group" }, undefined],
    ["what is the lag of “my group”", "lag", { page: 1, group: "my group" }, undefined],
    ["“how far behind is billing”", "lag", { page: 1, group: "billing" }, undefined],
    ["lag group:「my group」", "lag", { page: 1, group: "my group" }, undefined],
    ["lag group：billing", "lag", { page: 1, group: "billing" }, undefined],
    ["lag\u200b group:billing\ufeff", "lag", { page: 1, group: "billing" }, undefined],
    ["topics `ord*` target:prod page:2", "topics", { page: 2, pattern: "ord*" }, "prod"],
    ["health `sandbox`", "health", {}, "sandbox"],
    ["health “sandbox”", "health", {}, "sandbox"],
    ["health TARGET:'sandbox'", "health", {}, "sandbox"],
    ["why-slow target:sandbox", "why-slow", { kind: "diagnose" }, "sandbox"],
    ["history DiskFull", "history", { alert: "DiskFull" }, undefined],
    ["handoff", "handoff", { windowMs: 12 * 3_600_000 }, undefined],
    ["handoff last:90d", "handoff", { windowMs: 31 * 86_400_000 }, undefined],
    ["timeline", "timeline", {}, undefined],
    ["search --explain disk full", "search", { kind: "explain", question: "disk full" }, undefined],
    ["search --explainer", "search", { kind: "search", question: "--explainer" }, undefined],
    ["search topic:orders", "search", { kind: "search", question: "topic:orders" }, undefined],
    ["runbook for DiskFull", "runbook", { alert: "DiskFull" }, undefined],
    ["health of the disk", "search", { kind: "search", question: "health of the disk" }, undefined],
  ] as const) {
    test(`"${text}" is ${name} with ${JSON.stringify(options)}`, () => {
      const expected = { name, options, ...(target === undefined ? {} : { target }) };
      assert.deepEqual(readAs(text), expected);
    });
  }

  test("of which something is missing say so", () => {
    assert.deepEqual(readAs("history"), { incomplete: "history" });
    assert.deepEqual(readAs("chart"), { incomplete: "chart" });
    assert.deepEqual(readAs("chart last:5m target:x"), { incomplete: "chart" });
  });

  test("name a target where there is one of that name, and a group otherwise", () => {
    const known = { isTarget: (name: string) => name === "orders-prod", isTopic: no, isGroup: no };
    const lag = { name: "lag", options: { page: 1 }, target: "orders-prod" };
    assert.deepEqual(readAs("lag orders-prod", known), lag);
    const billing = { name: "lag", options: { page: 1, group: "billing" } };
    assert.deepEqual(readAs("lag billing", known), billing);
    assert.deepEqual(readAs("lag billing nowhere", known), { ...billing, target: "nowhere" });
  });
});

describe("an option", () => {
  for (const [text, problem, suggestion] of [
    ["why-slow topic:a topic:b", /`topic:` is given twice/, undefined],
    ["why-slow topic:", /`topic:` needs a value/, undefined],
    ["lag target:``", /`target:` needs a value/, undefined],
    ["why-slow last:soon", /last:soon is not a valid duration \(example: last:30m\)/, undefined],
    ["handoff last:0m", /last:0m is not a valid duration/, undefined],
    ["alerts page:x", /page:x is not a page number/, undefined],
    ["alerts page:-1", /page:-1 is not a page number/, undefined],
    ["alerts state:burning", /state:burning must be firing, silenced or acknowledged/, undefined],
    ["why-slow replay:../../etc", /is not the id of an answer/, undefined],
    ["why-slow orders-prod billing", /`billing` is not part of/, undefined],
    ["lag topic:orders", /`topic:` is not an option of this command. It has `group:`/, undefined],
    ["why-slow tpoic:orders", /did you mean `topic:orders`/, "why-slow topic:orders"],
    ["lag billing Traget:x", /did you mean `target:x`/, "lag billing target:x"],
    ["chart rate(x[5m]) lsat:5m", /did you mean `last:5m`/, "chart rate(x[5m]) last:5m"],
    ["metrics lag tarrget:x", /did you mean `target:x`/, "metrics lag target:x"],
    ["why-slow topic: orders", /right behind the colon/, "why-slow topic:orders"],
    ["why-slow --topic orders", /written with a colon: `topic:orders`/, "why-slow topic:orders"],
    ["why-slow --Tpoic=orders", /written with a colon: `topic:orders`/, "why-slow topic:orders"],
    ["why-slow —topic orders", /written with a colon: `topic:orders`/, "why-slow topic:orders"],
    ["why-slow -topic:orders", /written with a colon: `topic:orders`/, "why-slow topic:orders"],
    ["why-slow topic=orders", /written with a colon: `topic:orders`/, "why-slow topic:orders"],
    ["chart rate(x[5m]) --last 5m", /with a colon: `last:…`/, "chart rate(x[5m]) last:5m"],
    [
      "lag --topic orders",
      /`--topic` is not an option of this command. It has `group:`/,
      undefined,
    ],
    ["health --verbose", /`--verbose` is not an option of this command/, undefined],
    ["handoff last:8h extra", /`extra` is not part of/, undefined],
    ["why-slow since:6h", /did you mean `last:6h`/, "why-slow last:6h"],
    ["lag grp:billing", /did you mean `group:billing`/, "lag group:billing"],
    ["health --cluster=x", /with a colon: `target:x`/, "health target:x"],
    [
      "silence DiskFull for:soon",
      /for:soon is not a valid duration \(example: for:2h\)/,
      undefined,
    ],
  ] as const) {
    test(`in "${text}" is answered with what is wrong`, () => {
      const read = readAs(text);
      assert.ok("problem" in read, JSON.stringify(read));
      assert.match(read.problem, problem);
      assert.equal("suggestion" in read ? read.suggestion : undefined, suggestion);
    });
  }

  for (const [text, plain] of [
    ["why-slow 6h", "why-slow last:6h"],
    ["why-slow last 6h", "why-slow last:6h"],
    ["why-slow last:6hours", "why-slow last:6h"],
    ["handoff 90min", "handoff last:90m"],
    ["silence DiskFull 2h", "silence DiskFull for:2h"],
    ["silence DiskFull for 2hours", "silence DiskFull for:2h"],
    ["mute 90min DiskFull", "silence DiskFull for:90m"],
    ["chart lag 2h", "chart lag last:2h"],
    ["lag group billing page 2", "lag group:billing page:2"],
    ["why-slow topic orders last 1h30m", "why-slow topic:orders last:1h30m"],
    ["why-slow replay:#0AB12F", "why-slow replay:0ab12f"],
    ["health orders-prod?", "health orders-prod"],
    ["why-slow orders-prod please!", "why-slow orders-prod"],
    ["why-slow now", "why-slow"],
  ] as const) {
    test(`"${text}" is "${plain}"`, () => {
      const read = readAs(text);
      assert.deepEqual(read, readAs(plain));
      assert.ok(!("problem" in read), JSON.stringify(read));
    });
  }

  test("a target that is called like a duration or like an option is that target", () => {
    const known = {
      isTarget: (name: string) => ["6h", "last"].includes(name),
      isTopic: no,
      isGroup: no,
    };
    assert.partialDeepStrictEqual(readAs("why-slow 6h", known), { target: "6h" });
    assert.partialDeepStrictEqual(readAs("why-slow last", known), { target: "last" });
  });

  test("given twice with one value is given once", () => {
    assert.partialDeepStrictEqual(readAs("why-slow topic:a topic:a"), { name: "why-slow" });
  });

  test("of other commands is a question's word", () => {
    assert.partialDeepStrictEqual(readAs("lag keeps growing: what now"), { name: "search" });
  });
});

function no(): boolean {
  return false;
}

describe("a chart's words", () => {
  for (const [rest, what, target, windowMs] of [
    ["lag", { kind: "pattern", text: "lag" }, undefined, LAST_30M],
    ["*lag* orders last:2h", { kind: "pattern", text: "*lag*" }, "orders", 7_200_000],
    ["last:5m lag", { kind: "pattern", text: "lag" }, undefined, 300_000],
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
        name: "chart",
        options: { what, windowMs },
        ...(target === undefined ? {} : { target }),
      };
      assert.deepEqual(readAs(`chart ${rest}`), expected);
    });
  }

  test("without end are read in no time", () => {
    for (const piece of ["`", '{"', '{a="', "`a", "last:"]) readAs(`chart ${piece.repeat(3_000)}`);
  });
});
