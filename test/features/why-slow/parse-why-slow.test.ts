import assert from "node:assert/strict";
import { test } from "node:test";
import {
  parseWhySlow,
  type WhySlowRequest,
} from "../../../src/features/why-slow/parse-why-slow.ts";

const MINUTE_MS = 60_000;

const understood: [text: string, request: WhySlowRequest][] = [
  ["", { kind: "why-slow" }],
  ["orders-prod", { kind: "why-slow", target: "orders-prod" }],
  ["topic:orders group:billing", { kind: "why-slow", topic: "orders", group: "billing" }],
  [
    "last:30m  orders-prod Topic:a:b",
    { kind: "why-slow", target: "orders-prod", topic: "a:b", windowMs: 30 * MINUTE_MS },
  ],
  ["last:1h", { kind: "why-slow", windowMs: 60 * MINUTE_MS }],
  ["last:1h30m", { kind: "why-slow", windowMs: 60 * MINUTE_MS, isCut: true }],
  ["replay:0AB12f", { kind: "replay", id: "0ab12f" }],
];

for (const [text, request] of understood) {
  test(`"${text}" is understood`, () => {
    assert.deepEqual(parseWhySlow(text), request);
  });
}

const misunderstood: [text: string, problem: RegExp][] = [
  ["orders-prod billing", /billing after the target/],
  ["topic:", /topic: lacks its value/],
  ["last:soon", /last:soon, which is no duration/],
  ["last:0m", /no duration/],
  ["replay:../../etc", /no id of an answer/],
];

for (const [text, problem] of misunderstood) {
  test(`"${text}" is answered with what is wrong`, () => {
    const request = parseWhySlow(text);
    assert.equal(request.kind, "not-understood");
    assert.match(request.problem, problem);
  });
}
