/** How often an alert fired, by a real Prometheus that was there before the bot. */
// needs: prometheus

import assert from "node:assert/strict";
import { test } from "node:test";
import { createPrometheus } from "../../../src/edges/prometheus/query-range.ts";
import { TARGET } from "../../diagnosis/polls.ts";
import { T0 } from "../../incidents/notifications.ts";
import { startPastPrometheus } from "../../support/past-prometheus.ts";
import { setUp } from "../commands/setting.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test("history names what fired before the bot was there, of the target's own alerts", async (t) => {
  const firing = (cluster: string, isFiring: (timeMs: number) => boolean, state = "firing") => ({
    name: "ALERTS",
    labels: { alertname: "DiskFull", alertstate: state, severity: "critical", cluster },
    at: (timeMs: number) => (isFiring(timeMs) ? 1 : undefined),
  });
  const ago = (from: number, to: number) => (timeMs: number) =>
    timeMs >= T0 - from && timeMs < T0 - to;
  const url = await startPastPrometheus(
    t,
    {
      fromMs: T0 - 80 * HOUR,
      toMs: T0,
      everyMs: MINUTE,
      series: [
        firing("a", (ms) => ago(72 * HOUR, 70 * HOUR)(ms) || ago(30 * HOUR, 29 * HOUR)(ms)),
        firing("a", ago(73 * HOUR, 72 * HOUR), "pending"),
        firing("b", ago(10 * HOUR, 5 * HOUR)),
      ],
    },
    ["--storage.tsdb.retention.time=100y"],
  );
  const prometheus = createPrometheus();
  t.after(() => prometheus.close());
  const target = { ...TARGET, prometheus: url, labels: { cluster: "a" } };
  const { ask } = await setUp(t, { targets: [target], ports: { prometheus } });

  const fired = await ask("history DiskFull");
  assert.match(fired, /not fired since I started/);
  assert.match(
    fired,
    /Prometheus of orders: it fired 2 times .*14 d, about 3 h(?: 20 min)? in total/,
  );
  assert.match(await ask("history HighProduceLatency"), /Prometheus of orders: it did not fire/);

  const down = { ...target, prometheus: "http://127.0.0.1:9" };
  const { ask: askDown } = await setUp(t, { targets: [down], ports: { prometheus } });
  assert.match(await askDown("history DiskFull"), /could not be asked: it refuses connections/);
});

test("history asks no Prometheus of a target that the person may not ask from there", async (t) => {
  const asked: string[] = [];
  const prometheus = {
    range: async (_: unknown, expr: string) => {
      asked.push(expr);
      return { kind: "lines" as const, lines: [] };
    },
  };
  const target = { ...TARGET, prometheus: "http://prometheus:9090", channels: ["C0ELSEWHERE"] };
  const { ask } = await setUp(t, { targets: [target], ports: { prometheus } });
  assert.doesNotMatch(await ask("history DiskFull"), /Prometheus/);
  assert.deepEqual(asked, []);
});
