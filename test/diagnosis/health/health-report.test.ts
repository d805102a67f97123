/** From one poll to a verdict: which state, in which words. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { judgeHealth } from "../../../src/diagnosis/health/health-report.ts";
import type { HealthState } from "../../../src/diagnosis/health/health-verdicts.ts";
import type { Failure, HealthPoll, KafkaPoll } from "../../../src/diagnosis/reply.ts";
import fc from "../../support/fast-check.ts";
import {
  answered,
  HUNG,
  healthyPoll,
  metricsAnswered,
  REFUSED,
  SILENT,
  TARGET,
  UNHEALTHY_BODY,
  withoutHttp,
} from "../polls.ts";

const KAFKA_REFUSED: KafkaPoll = { port: REFUSED, api: REFUSED };
const KAFKA_HUNG: KafkaPoll = { port: { kind: "open", ms: 1 }, api: HUNG };

interface VerdictCase {
  readonly what: string;
  readonly poll: Partial<HealthPoll>;
  readonly state: HealthState;
  readonly sentence: string;
}

const CASES: readonly VerdictCase[] = [
  {
    what: "a server in order",
    poll: {},
    state: "healthy",
    sentence: "orders is healthy: HTTP and Kafka answer and its checks pass; up 2 h 15 min.",
  },
  {
    what: "nothing listening on either port",
    poll: { http: REFUSED, kafka: KAFKA_REFUSED, ...withoutHttp(REFUSED) },
    state: "down",
    sentence:
      "orders is down: http://10.0.0.5:9094 (HTTP) refuses connections: nothing listens there; 10.0.0.5:9092 (Kafka) likewise.",
  },
  {
    what: "a host that does not answer at all",
    poll: { http: SILENT, kafka: { port: SILENT, api: SILENT }, ...withoutHttp(SILENT) },
    state: "down",
    sentence:
      "orders is down: http://10.0.0.5:9094 (HTTP) does not take a connection within 2 s; 10.0.0.5:9092 (Kafka) likewise.",
  },
  {
    what: "both ports open and both hanging",
    poll: { kafka: KAFKA_HUNG, ...withoutHttp(HUNG) },
    state: "down",
    sentence:
      "orders is down: http://10.0.0.5:9094 (HTTP) takes the connection but gives no complete answer within 2 s; 10.0.0.5:9092 (Kafka) likewise.",
  },
  {
    what: "Kafka without HTTP",
    poll: { http: REFUSED, ...withoutHttp(REFUSED) },
    state: "http-down",
    sentence:
      "orders: Kafka answers, HTTP does not. Clients can work, but http://10.0.0.5:9094 refuses connections: nothing listens there.",
  },
  {
    what: "HTTP hanging while Kafka answers",
    poll: withoutHttp(HUNG),
    state: "http-hangs",
    sentence:
      "orders: HTTP is too slow to be used: http://10.0.0.5:9094 takes the connection, but /health gives no complete answer within 2 s; Kafka answers.",
  },
  {
    what: "HTTP without Kafka",
    poll: { kafka: KAFKA_REFUSED },
    state: "kafka-down",
    sentence:
      "orders: HTTP answers, Kafka does not: 10.0.0.5:9092 refuses connections: nothing listens there.",
  },
  {
    what: "a Kafka port that says nothing",
    poll: { kafka: KAFKA_HUNG },
    state: "kafka-silent",
    sentence:
      "orders: HTTP answers and the Kafka port is open, but the Kafka request failed: 10.0.0.5:9092 takes the connection but gives no complete answer within 2 s.",
  },
  {
    what: "200 MB at /health",
    poll: { health: { kind: "too-large", ms: 90, limitBytes: 1024 * 1024 } },
    state: "http-broken",
    sentence:
      "orders: /health cannot be read: it sends more than 1 MiB (the rest was not read); Kafka answers.",
  },
  {
    what: "an error page of the server itself",
    poll: { health: answered("oops", { status: 500 }) },
    state: "http-broken",
    sentence: "orders: /health cannot be read: it answers 500; Kafka answers.",
  },
  {
    what: "JSON of somebody else",
    poll: {
      health: answered('{"ok":true}', { headers: {} }),
      ready: answered("", { status: 404, headers: {} }),
      info: answered("", { status: 404, headers: {} }),
    },
    state: "foreign",
    sentence:
      "orders: something other than Streamline answers at http://10.0.0.5:9094: /health answers 200 with JSON that is not Streamline's.",
  },
  {
    what: "a redirect",
    poll: Object.fromEntries(
      ["health", "ready", "info"].map((probe) => [
        probe,
        answered("", { status: 301, headers: { location: "https://login.example/" } }),
      ]),
    ),
    state: "foreign",
    sentence:
      "orders: something other than Streamline answers at http://10.0.0.5:9094: /health redirects (301) to https://login.example/, which is not followed.",
  },
  {
    what: "another protocol on the HTTP port",
    poll: withoutHttp({ kind: "not-http", ms: 2, detail: 'it sends "SSH-2.0-OpenSSH"' }),
    state: "foreign",
    sentence:
      'orders: something other than Streamline answers at http://10.0.0.5:9094: /health does not answer in HTTP (it sends "SSH-2.0-OpenSSH").',
  },
  {
    what: "the data directory gone",
    poll: { health: answered(UNHEALTHY_BODY, { status: 503 }) },
    state: "unhealthy",
    sentence:
      "orders reports itself unhealthy: data_directory failed: Data directory not accessible.",
  },
  {
    what: "a build without metrics",
    poll: { metrics: metricsAnswered({ status: 404, samples: [] }) },
    state: "partial",
    sentence:
      "orders is up and passes its health checks, but /metrics answers 404: this build has no metrics.",
  },
  {
    what: "everything right, but late",
    poll: { info: answered(healthyPollInfo(), { ms: 900 }) },
    state: "slow",
    sentence: "orders is up and passes its health checks, but is slow: /info took 900 ms.",
  },
];

function healthyPollInfo(): string {
  const { info } = healthyPoll();
  return info.kind === "answered" ? info.body : "";
}

for (const { what, poll, state, sentence } of CASES) {
  test(`${what}: ${state}`, () => {
    const { verdict } = judgeHealth(TARGET, healthyPoll(poll));
    assert.deepEqual([verdict.state, verdict.sentence], [state, sentence]);
  });
}

test("an answer whose status contradicts its body is not believed", () => {
  const poll = healthyPoll({ health: answered(UNHEALTHY_BODY) });
  const { verdict, probes } = judgeHealth(TARGET, poll);
  assert.equal(verdict.state, "http-broken");
  assert.equal(probes.find((each) => each.probe === "health")?.reason, "foreign");
});

test("a compressed answer is named and not unpacked", () => {
  const headers = { "content-encoding": "gzip" };
  const poll = healthyPoll({ health: answered("\u001f\u008b", { headers }) });
  assert.match(judgeHealth(TARGET, poll).verdict.sentence, /answers compressed \(gzip\)/);
});

test("version 0.2.0 comes with the caveat that v0.3.0 reports the same", () => {
  const { notes } = judgeHealth(TARGET, healthyPoll()).verdict;
  assert.deepEqual(notes, ["It reports version 0.2.0; v0.3.0 reports the same."]);
});

test("Streamline's answers without its version header point to a proxy", () => {
  const bare = Object.fromEntries(
    Object.entries(healthyPoll()).map(([name, value]) => [
      name,
      typeof value === "object" && "headers" in value ? { ...value, headers: {} } : value,
    ]),
  );
  const report = judgeHealth(TARGET, healthyPoll(bare));
  assert.equal(report.verdict.state, "healthy");
  assert.match(report.verdict.notes.join(" "), /a proxy may stand in between/);
});

test("what an HTML page at /metrics holds is not counted as series", () => {
  const metrics = metricsAnswered({ samples: [], brokenLines: 40 });
  const report = judgeHealth(TARGET, healthyPoll({ metrics }));
  assert.match(report.verdict.sentence, /answers 200 with something that is not metrics/);
});

test("whatever a target does, there is a verdict in one sentence, and seven probes", () => {
  const failure: fc.Arbitrary<Failure> = fc.oneof(
    ...(["refused", "unresolved", "reset", "unreachable"] as const).map((kind) =>
      fc.record({ kind: fc.constant(kind), ms: fc.nat(5_000) }),
    ),
    ...(["tls", "not-http", "failed"] as const).map((kind) =>
      fc.record({ kind: fc.constant(kind), ms: fc.nat(), detail: fc.string() }),
    ),
    fc.constantFrom(HUNG, SILENT),
  );
  const reply = fc.oneof(
    failure,
    fc
      .tuple(fc.oneof(fc.string(), fc.json()), fc.integer({ min: 100, max: 599 }))
      .map(([body, status]) => answered(body, { status, headers: {} })),
  );
  const port = fc.oneof(failure, fc.constant({ kind: "open", ms: 1 } as const));
  const poll = fc.record({
    http: port,
    kafka: fc.record({ port, api: failure }),
    health: reply,
    ready: reply,
    info: reply,
    metrics: failure,
  });
  fc.assert(
    fc.property(poll, (parts) => {
      const report = judgeHealth(TARGET, { atMs: 0, ...parts });
      assert.equal(report.probes.length, 7);
      assert.ok(report.verdict.sentence.startsWith("orders"));
      assert.ok(report.verdict.sentence.endsWith("."));
      assert.notEqual(report.verdict.state, "healthy");
    }),
  );
});
