import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { distanceWithin } from "../../src/spelling/edit-distance.ts";
import { nearestNames } from "../../src/spelling/nearest-names.ts";

describe("the nearest names", () => {
  const names = ["billing", "billing-retry", "mailer", "HighProduceLatency"];
  for (const [typed, expected] of [
    ["biling", ["billing"]],
    ["bill", ["billing", "billing-retry"]],
    ["high_produce_latency", ["HighProduceLatency"]],
    ["Malier", ["mailer"]],
    ["zzzz", []],
    ["", []],
    ["-_.", []],
  ] as const) {
    test(`of "${typed}" are ${expected.join(", ") || "none"}`, () => {
      assert.deepEqual(nearestNames(typed, names), [...expected]);
    });
  }
});

test("a name may be meant by a part of it, where the caller counts so", () => {
  const names = ["streamline_topics_total", "streamline_log_size"];
  assert.deepEqual(nearestNames("tpoics", names), []);
  assert.deepEqual(nearestNames("tpoics", names, distanceWithin), ["streamline_topics_total"]);
});
