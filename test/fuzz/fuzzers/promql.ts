/** An expression -> its value over a small history, or an error that names a place in it. */

import assert from "node:assert/strict";
import { createHistory, type History } from "../../../src/history/history.ts";
import { evaluate, evaluateRange } from "../../../src/promql/evaluate.ts";
import { PromqlError } from "../../../src/promql/promql-error.ts";
import { seedsOf } from "../corpus.ts";
import type { Fuzzer } from "../fuzzer.ts";

const START_MS = 1_700_000_000_000;
const POLLS = 60;
const STEP_MS = 15_000;
const NOW_MS = START_MS + (POLLS - 1) * STEP_MS;

export const promqlFuzzer: Fuzzer = {
  name: "promql",
  seeds: seedsOf("promql"),
  words: [
    ..."sum avg topk count_values quantile by without on ignoring group_left bool offset".split(
      " ",
    ),
    ..."rate( increase( label_replace( label_join( histogram_quantile( absent( vector(".split(" "),
    ..."[5m] [1h:] [1000d:1ms] @ start() end() records_total latency_seconds_bucket up".split(" "),
    ..."and or unless == != <= ^ % atan2 1e999 0x1f Inf nan 1y".split(" "),
    '{topic=~"(a|b)+"}',
    '{__name__=~".+"}',
    "(([a-z]*)*)*",
    "=~",
    "!~",
    "# x\n",
  ],
  open: async () => {
    const history = smallHistory();
    return { feed: (input) => feed(input.toString("utf8"), history) };
  },
};

function feed(expression: string, history: History): void {
  failing(expression, () => evaluate(expression, history, { timeMs: NOW_MS }));
  const steps = { startMs: NOW_MS - 600_000, endMs: NOW_MS, stepMs: 30_000 };
  failing(expression, () => evaluateRange(expression, history, steps));
}

function failing(expression: string, work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof PromqlError)) throw error;
    const { from, to } = error.range;
    assert.ok(0 <= from && from <= to && to <= expression.length + 1, error.message);
  }
}

function smallHistory(): History {
  const history = createHistory();
  for (let poll = 0; poll < POLLS; poll += 1) {
    const partitions = ["orders", "payments", "audit"].flatMap((topic, at) => [
      { name: "records_total", labels: { topic, partition: "0" }, value: poll * (at + 1) },
      { name: "records_total", labels: { topic, partition: "1" }, value: (poll * 7) % 40 },
    ]);
    const buckets = ["0.1", "1", "+Inf"].map((le, at) => ({
      name: "latency_seconds_bucket",
      labels: { le },
      value: poll * (at + 1),
    }));
    const up = { name: "up", labels: { job: "streamline" }, value: poll % 9 === 0 ? 0 : 1 };
    history.append(START_MS + poll * STEP_MS, [...partitions, ...buckets, up]);
  }
  return history;
}
