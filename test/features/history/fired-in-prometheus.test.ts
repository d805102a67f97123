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

test("what fires at a server's Kafka port or disk is its own, and what fires at another's is not", async (t) => {
  const line = (labels: Readonly<Record<string, string>>) => ({
    labels: { service: "streamline", ...labels },
    points: [{ timeMs: T0 - HOUR, value: 1 }],
  });
  let fires: Readonly<Record<string, string>> = {};
  const prometheus = {
    range: async () => ({ kind: "lines" as const, lines: [line(fires)] }),
  };
  const at = (name: string) => ({
    ...TARGET,
    name,
    http: `http://${name}:9094`,
    kafka: `${name}:9092`,
    prometheus: "http://prometheus:9090",
    labels: { job: "streamline", instance: `${name}:9094` },
  });
  const { ask } = await setUp(t, {
    targets: [at("broker-1"), at("broker-2")],
    ports: { prometheus },
  });
  const history = (labels: Readonly<Record<string, string>>) => {
    fires = labels;
    return ask("history DiskFull");
  };
  const own = await history({ job: "node", instance: "broker-1:9100", host: "broker-1" });
  assert.match(own, /Prometheus of broker-1: it fired 1 time/);
  assert.match(own, /Prometheus of broker-2: it did not fire/);
  assert.match(
    await history({}),
    /Prometheus of broker-1: it fired 1 time/,
    "a Watchdog is of all",
  );
  const others = await history({ job: "checkout", instance: "checkout-1:8443" });
  assert.match(others, /Prometheus of broker-1: it did not fire/);
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
