import assert from "node:assert/strict";
import { test } from "node:test";
import { evidenceOf, historyOf } from "../../../src/diagnosis/checks/evidence-of-history.ts";
import { topicRates } from "../../../src/diagnosis/health/topic-figures.ts";

const NOW = 1_800_000_000_000;

/** Polls every 15 s, the first so long ago, of a process that stores 40 records a second. */
function ratesAfter(pollsMs: number, processMs = 3_600_000): ReturnType<typeof topicRates> {
  const startMs = NOW - processMs;
  const times: number[] = [];
  for (let timeMs = NOW; timeMs >= NOW - pollsMs; timeMs -= 15_000) times.unshift(timeMs);
  const series = (name: string, labels: Readonly<Record<string, string>>, value: number) => {
    return { name, labels, value };
  };
  const history = historyOf(
    times.map((timeMs) => ({
      timeMs,
      samples: [
        series("server_start_time_seconds", {}, startMs / 1_000),
        series(
          "streamline_records_total",
          { topic: "orders", partition: "0" },
          Math.max(0, 0.04 * (timeMs - startMs)),
        ),
      ],
    })),
  );
  return topicRates(evidenceOf(history), NOW);
}

for (const [minutes, windowMs] of [
  [10, 300_000],
  [5, 300_000],
  [3, 120_000],
  [1, 60_000],
] as const) {
  test(`${minutes} minutes of polls show the whole speed, as the mean of a window that they fill`, () => {
    const rates = ratesAfter(minutes * 60_000);
    assert.equal(rates?.windowMs, windowMs);
    assert.ok(Math.abs((rates?.messages.get("orders") ?? 0) - 40) < 1);
  });
}

test("half a minute of polls, or of the process, shows no speed", () => {
  assert.equal(ratesAfter(30_000), undefined);
  assert.equal(ratesAfter(600_000, 30_000), undefined);
});

test("a process that started two minutes ago is measured over no more than that", () => {
  const rates = ratesAfter(600_000, 125_000);
  assert.equal(rates?.windowMs, 120_000);
  assert.ok(Math.abs((rates?.messages.get("orders") ?? 0) - 40) < 1);
});
