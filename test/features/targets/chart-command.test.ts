/** Charts of a metric or an expression, from the history or from Prometheus. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { RangeAnswer } from "../../../src/diagnosis/prometheus-answers.ts";
import { TARGET } from "../../diagnosis/polls.ts";
import { T0 } from "../../incidents/notifications.ts";
import { setUp } from "../commands/setting.ts";
import { PAST } from "./target-replies.ts";

describe("chart", () => {
  test("draws a pattern from the history, and says what else matches", async (t) => {
    const { answer } = await setUp(t, { history: PAST });
    const message = await answer("chart bytes_in");
    assert.match(message.text, /orders, last 30 min: `streamline_bytes_in_total per second`/);
    assert.match(message.text, /orders: now 1 KiB\/s, min 768 B\/s, max 1 KiB\/s, trend ▁██/);
    assert.ok(message.blocks.some((block) => (block.type as string) === "data_visualization"));
  });

  test("draws PromQL in backticks, and says what is wrong with it", async (t) => {
    const { ask } = await setUp(t, { history: PAST });
    assert.match(
      await ask("chart `sum(rate(streamline_records_total[2m]))` last:5m"),
      /now 10, min 10/,
    );
    assert.match(
      await ask("chart `sum(rate(up[2m])`"),
      /expression cannot be used: .*at character/,
    );
    assert.match(await ask("chart `streamline_connections_active == -5`"), /fewer than two values/);
    assert.match(await ask("chart `up == 5`"), /no series named up\.$/);
    assert.match(await ask("chart `connections_active` orders"), /streamline_connections_active/);
  });

  test("of an unknown name gets the nearest, and without a history says so", async (t) => {
    const { ask } = await setUp(t, { history: PAST });
    assert.match(
      await ask("chart conections_activ"),
      /Nearest names: streamline_connections_active/,
    );
    assert.match(await ask("chart bytes_in{"), /Write the pattern as|cannot draw/);
    assert.match(await ask("chart bytes_in last:soon"), /not a valid duration/);
    assert.match(await ask("chart"), /Something is missing/);
    const expression = await ask("chart sum(rate(streamline_byts_in_total[5m]))");
    assert.match(expression, /streamline_byts_in_total.*Did you mean streamline_bytes_in_total/);
    assert.doesNotMatch(expression, /fewer than two values/);
    const empty = await setUp(t);
    assert.match(await empty.ask("chart bytes_in"), /I have no history of it yet/);
  });

  test("beyond an hour without a Prometheus draws the hour and says what to configure", async (t) => {
    const { ask } = await setUp(t, { history: PAST });
    const text = await ask("chart bytes_in last:6h");
    assert.match(text, /last 1 h/);
    assert.match(text, /set `prometheus` of this target/);
  });

  const target = { ...TARGET, prometheus: "http://prometheus:9090", labels: { job: "streamline" } };

  async function withPrometheus(t: Parameters<typeof setUp>[0], answers: readonly RangeAnswer[]) {
    const asked: string[] = [];
    const prometheus = {
      range: async (_: unknown, expr: string) => {
        asked.push(expr);
        return answers[asked.length - 1] ?? { kind: "lines" as const, lines: [] };
      },
    };
    const { ask } = await setUp(t, { history: PAST, targets: [target], ports: { prometheus } });
    return { ask, asked };
  }

  const lines: RangeAnswer = {
    kind: "lines",
    lines: [
      {
        labels: { topic: "orders" },
        points: [0, 1]
          .map((n) => ({ timeMs: T0 - n * 18 * 60_000, value: 2_048 * (n + 1) }))
          .toReversed(),
      },
    ],
  };

  test("beyond an hour asks the target's Prometheus, for this target's series", async (t) => {
    const { ask, asked } = await withPrometheus(t, [lines]);
    const text = await ask("chart bytes_in last:6h");
    assert.deepEqual(asked, ['rate(streamline_bytes_in_total{job="streamline"}[1080s])']);
    assert.match(text, /last 6 h/);
    assert.match(text, /now 2 KiB\/s, min 2 KiB\/s, max 4 KiB\/s/);
    assert.match(text, /1 series from Prometheus, 2 points/);
  });

  test("asks without the target's labels when no series has them, and says so", async (t) => {
    const { ask, asked } = await withPrometheus(t, [{ kind: "lines", lines: [] }, lines]);
    assert.match(
      await ask("chart bytes_in last:6h"),
      /No series in Prometheus has this target's labels/,
    );
    assert.equal(asked[1], "rate(streamline_bytes_in_total[1080s])");
  });

  test("shows what Prometheus does instead of answering", async (t) => {
    const refused = await withPrometheus(t, [
      { kind: "refused", status: 400, problem: "parse error: x" },
    ]);
    assert.match(
      await refused.ask("chart `rate(up` last:6h"),
      /Prometheus refuses it: parse error: x/,
    );
    const down = await withPrometheus(t, [{ kind: "unavailable", says: "refuses connections" }]);
    assert.match(
      await down.ask("chart bytes_in last:6h"),
      /Prometheus of orders cannot be read[\s\S]*http:\/\/prometheus:9090 refuses connections/,
    );
    const empty = await withPrometheus(t, []);
    assert.match(
      await empty.ask("chart group_lag last:6h"),
      /Prometheus has no streamline_target_group_lag of it[\s\S]*\/metrics\/targets/,
    );
  });

  test("does not ask it for what the bot has seen", async (t) => {
    const { ask, asked } = await withPrometheus(t, []);
    assert.match(await ask("chart bytes_in last:10m"), /from the bot's samples/);
    assert.deepEqual(asked, []);
  });

  test("asks it for the time before the bot began, and draws its own samples where that has none", async (t) => {
    const { ask, asked } = await withPrometheus(t, [lines]);
    assert.match(await ask("chart bytes_in last:1h"), /1 series from Prometheus/);
    assert.equal(asked.length, 1);
    const down = await withPrometheus(t, [{ kind: "unavailable", says: "refuses connections" }]);
    assert.match(await down.ask("chart bytes_in last:1h"), /from the bot's samples/);
  });

  test("asks for the bot's own series by the name and labels under which they are exported", async (t) => {
    const { ask, asked } = await withPrometheus(t, [lines]);
    assert.match(await ask("chart group_lag last:6h"), /1 series from Prometheus/);
    assert.match(
      asked[0] ?? "",
      /^max without \(.*\) \(last_over_time\(streamline_target_group_lag\{target="orders",server="[^"]+"\}\[1080s\]\)\)$/,
    );
  });
});
