/**
 * The simulated server in virtual time, looked at as the bot looks at a real one: the sampler's own
 * assembly of snapshots, with answers from the model in place of sockets.
 */

import type { Failure, HealthLook, MetricsReply, Reply } from "../../src/diagnosis/reply.ts";
import type { Target } from "../../src/diagnosis/target.ts";
import type { HttpOutcome } from "../../src/edges/sandbox/streamline/answer.ts";
import type { Model } from "../../src/edges/sandbox/streamline/model.ts";
import { type SimulatedLook, snapshotAt } from "../../src/edges/sandbox/streamline/snapshot.ts";
import { createMetricsBody } from "../../src/edges/streamline/metrics-body.ts";
import { SAMPLER_DEFAULTS } from "../../src/edges/streamline/sampler.ts";
import { createSnapshotLook, type SnapshotLook } from "../../src/edges/streamline/snapshot-look.ts";
import type { TargetLook } from "../../src/edges/streamline/target-look.ts";

/** Time-out and size limit are the configuration's defaults. */
export const TARGET: Target = {
  name: "orders-prod",
  http: "http://streamline.test:9094",
  kafka: "streamline.test:9092",
  labels: {},
  timeoutMs: 5_000,
  maxBodyBytes: 32 * 1024 * 1024,
};

/** What a connection on the same network takes. */
const CONNECT_MS = 0.4;

/** Looks at the model as it is at `now()`. */
export function virtualSnapshots(model: Model, now: () => number): SnapshotLook {
  const look = virtualLook(model, now);
  const clock = { now, sleep: () => Promise.resolve() };
  return createSnapshotLook({ look, target: TARGET, clock, settings: SAMPLER_DEFAULTS });
}

function virtualLook(model: Model, now: () => number): TargetLook {
  const ask = (path: string): { look: SimulatedLook; outcome: HttpOutcome } => {
    const look = snapshotAt(model, now(), [path]);
    return { look, outcome: look.http.get(path) ?? { kind: "refused" } };
  };
  const get = (path: string): Reply => replyOf(ask(path).outcome);
  return {
    get: (_target, path) => Promise.resolve(get(path)),
    metrics: () => Promise.resolve(metricsOf(ask("/metrics").outcome)),
    kafka: () => Promise.resolve(kafkaOf(ask("/health").look)),
    httpPort: () => Promise.resolve(portOf(ask("/health").outcome)),
    health: () =>
      Promise.resolve({
        atMs: now(),
        http: portOf(ask("/health").outcome),
        kafka: kafkaOf(ask("/health").look),
        health: get("/health"),
        ready: get("/health/ready"),
        info: get("/info"),
        metrics: metricsOf(ask("/metrics").outcome),
      }),
    counts: () => ({ requests: 0, bytes: 0 }),
    close: () => Promise.resolve(),
  };
}

function portOf(outcome: HttpOutcome): HealthLook["http"] {
  return outcome.kind === "refused"
    ? { kind: "refused", ms: CONNECT_MS }
    : { kind: "open", ms: CONNECT_MS };
}

function kafkaOf({ kafka }: SimulatedLook): HealthLook["kafka"] {
  if (kafka.kind === "refused") {
    const refused = { kind: "refused", ms: CONNECT_MS } as const;
    return { port: refused, api: refused };
  }
  const port = { kind: "open", ms: CONNECT_MS } as const;
  const ms = CONNECT_MS + kafka.delayMs;
  return ms >= TARGET.timeoutMs
    ? { port, api: timeout() }
    : { port, api: { kind: "answered", ms, errorCode: 0 } };
}

function replyOf(outcome: HttpOutcome): Reply {
  const failure = failureOf(outcome);
  if (failure !== undefined || outcome.kind !== "answer") return failure ?? timeout();
  const { status, headers, body } = outcome.answer;
  const ms = CONNECT_MS + 1 + outcome.delayMs;
  return { kind: "answered", status, headers, body, ms, bytes: body.length };
}

function metricsOf(outcome: HttpOutcome): MetricsReply {
  const reply = replyOf(outcome);
  if (reply.kind !== "answered" || outcome.kind !== "answer") {
    return reply.kind === "answered" ? timeout() : reply;
  }
  const { body, ...head } = reply;
  const bytes = body.length + outcome.answer.extraBytes;
  if (bytes > TARGET.maxBodyBytes) {
    return { kind: "too-large", ms: head.ms, limitBytes: TARGET.maxBodyBytes };
  }
  const parsed = createMetricsBody();
  const write = parsed.onHead(head);
  write(Buffer.from(body));
  return { ...head, ...parsed.end() };
}

function failureOf(outcome: HttpOutcome): Failure | undefined {
  switch (outcome.kind) {
    case "refused":
      return { kind: "refused", ms: CONNECT_MS };
    case "hanging":
      return timeout();
    case "raw":
      return { kind: "not-http", ms: CONNECT_MS, detail: "Expected HTTP/" };
    case "answer":
      return outcome.delayMs >= TARGET.timeoutMs ? timeout() : undefined;
  }
}

function timeout(): Failure {
  const { timeoutMs } = TARGET;
  return { kind: "timeout", ms: timeoutMs, afterMs: timeoutMs, connected: true };
}
