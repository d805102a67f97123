import assert from "node:assert/strict";
import { test } from "node:test";
import type { RecordedPoll } from "../../../src/edges/recording/recorded-poll.ts";
import type { LabelledRecording } from "./labels.ts";
import { VARIANTS, variantOf } from "./variants.ts";

const RECORDING: LabelledRecording = {
  name: "a recording",
  file: "none",
  kind: "control",
  startMs: 0,
  uptimeAtStartS: 0,
  expect: [],
  normal: [],
};

const LAG = "/api/v1/consumer-groups/billing/lag";

function pollOf(): RecordedPoll {
  const reply = (body: string) => ({
    kind: "answered" as const,
    status: 200,
    headers: {},
    body,
    ms: 10,
    bytes: body.length,
  });
  return {
    timeMs: 0,
    kafka: { port: { kind: "open", ms: 1 }, api: { kind: "answered", ms: 4, errorCode: 0 } },
    httpPort: { kind: "open", ms: 2 },
    http: new Map([
      [
        "/metrics",
        reply(
          [
            "# TYPE streamline_records_total counter",
            'streamline_records_total{topic="orders",partition="0"} 41',
            'streamline_request_duration_seconds{api_key="produce",quantile="0.99"} 0.5',
            "streamline_topics_total 1",
            "streamline_uptime_seconds 60",
          ].join("\n"),
        ),
      ],
      [LAG, reply('{"partitions":[{"topic":"orders","partition":0,"lag":7}]}')],
      ["/api/v1/logs?level=INFO&after=0", reply('{"entries":[{"timestamp":7200000}]}')],
    ]),
  };
}

function altered(name: string): RecordedPoll {
  const poll = variantOf(name).alter?.(RECORDING)(pollOf(), 0);
  assert.ok(poll !== undefined && poll !== "lost", name);
  return poll;
}

function bodyOf(poll: RecordedPoll, path: string): string {
  const reply = poll.http.get(path);
  assert.equal(reply?.kind, "answered");
  return reply.body;
}

test("load changes what is counted, in /metrics and in lag alike, and nothing else", () => {
  const poll = altered("load-2");
  const metrics = bodyOf(poll, "/metrics");
  assert.match(metrics, /^streamline_records_total\{.*\} 82$/m);
  assert.match(metrics, /^streamline_uptime_seconds 60$/m);
  assert.match(metrics, /quantile="0.99"\} 0.5$/m);
  assert.match(bodyOf(poll, LAG), /"lag":14/);
});

test("latency changes what answers and requests took", () => {
  const poll = altered("latency-0.5");
  assert.match(bodyOf(poll, "/metrics"), /quantile="0.99"\} 0.25$/m);
  assert.equal(poll.http.get(LAG)?.ms, 5);
  assert.equal(poll.kafka.api.ms, 2);
});

test("a bot far away waits longer for each answer, and the server takes no longer", () => {
  const poll = altered("far-150ms");
  assert.equal(poll.kafka.api.ms, 154);
  assert.match(bodyOf(poll, "/metrics"), /quantile="0.99"\} 0.5$/m);
});

test("groups that fare alike have the same offsets", () => {
  const poll = altered("three-groups-alike");
  assert.equal(bodyOf(poll, LAG.replace("billing", "billing-1")), bodyOf(poll, LAG));
});

test("uneven polls come every 10 to 20 s", () => {
  const alter = variantOf("uneven-polls").alter?.(RECORDING);
  const taken = Array.from({ length: 300 }, (_, number) => number).filter(
    (number) => alter?.(pollOf(), number) !== "lost",
  );
  const steps = new Set(taken.slice(1).map((number, index) => number - (taken[index] ?? 0)));
  assert.deepEqual(steps, new Set([2, 3, 4]));
});

test("other names are the same ones in paths, lag and /metrics", () => {
  const poll = altered("other-names");
  const path = "/api/v1/consumer-groups/svc.billing.prod_1/lag";
  const lag: unknown = JSON.parse(bodyOf(poll, path));
  const topic = "EU.shop_orders-v2";
  assert.deepEqual(lag, { partitions: [{ topic, partition: 70, lag: 7 }] });
  assert.match(bodyOf(poll, "/metrics"), /topic="EU.shop_orders-v2",partition="70"\} 41/);
});

test("ten times the topics are nine that stand still beside each", () => {
  const metrics = bodyOf(altered("ten-times-topics"), "/metrics");
  assert.equal(metrics.match(/^streamline_records_total\{/gm)?.length, 10);
  assert.match(metrics, /^streamline_topics_total 10$/m);
});

test("a server without a log or groups answers 404, and its clock moves only its log", () => {
  const logs = "/api/v1/logs?level=INFO&after=0";
  const statusOf = (poll: RecordedPoll, path: string): unknown => {
    const reply = poll.http.get(path);
    return reply?.kind === "answered" ? reply.status : reply?.kind;
  };
  assert.equal(statusOf(altered("no-log"), logs), 404);
  assert.equal(statusOf(altered("no-groups"), LAG), 404);
  assert.match(bodyOf(altered("log-clock-1h"), logs), /"timestamp":3600000/);
});

test("of many polls about the named share is lost, the same ones each time", () => {
  const lost = (): number[] => {
    const alter = variantOf("lost-25").alter?.(RECORDING);
    return Array.from({ length: 2_000 }, (_, number) => number).filter(
      (number) => alter?.(pollOf(), number) === "lost",
    );
  };
  assert.deepEqual(lost(), lost());
  assert.ok(lost().length > 400 && lost().length < 600, String(lost().length));
});

test("a name that is none is answered with those that are", () => {
  const [first = ""] = Object.keys(VARIANTS);
  assert.throws(() => variantOf("no-such-thing"), new RegExp(`no-such-thing.*${first}`));
});
