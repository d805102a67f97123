/**
 * The simulated server in virtual time, polled as the bot polls a real one: the sampler's own
 * assembly of snapshots, with answers from the model in place of sockets.
 */

import type { Failure, HealthPoll, MetricsReply, Reply } from "../../diagnosis/reply.ts";
import type { Target } from "../../diagnosis/target.ts";
import { createMetricsBody } from "../../edges/streamline/metrics-body.ts";
import { SAMPLER_DEFAULTS } from "../../edges/streamline/sampler.ts";
import { createSnapshotPoll, type SnapshotPoll } from "../../edges/streamline/snapshot-poll.ts";
import type { TargetClient } from "../../edges/streamline/target-client.ts";
import type { Snapshot } from "../../history/history.ts";
import type { HttpOutcome } from "./answer.ts";
import type { Model } from "./model.ts";
import { type SimulatedPoll, snapshotAt } from "./snapshot.ts";

/** What a connection on the same network takes. */
const CONNECT_MS = 0.4;

export interface VirtualTarget {
  readonly model: Model;
  /** The moment of the next poll, in milliseconds since 1970. */
  readonly now: () => number;
  /** Its addresses name what is polled; its limits hold. */
  readonly target: Target;
  /** The last that another poller saw of it, where this one goes on for that one. */
  readonly earlier?: Snapshot;
}

/** Polls the model as it is at `now()`. */
export function virtualSnapshots(virtual: VirtualTarget): SnapshotPoll {
  const { now, target, earlier } = virtual;
  const clock = { now, sleep: () => Promise.resolve() };
  return createSnapshotPoll({
    poll: virtualPoll(virtual),
    target,
    clock,
    settings: SAMPLER_DEFAULTS,
    ...(earlier === undefined ? {} : { earlier: () => earlier }),
  });
}

function virtualPoll({ model, now, target }: VirtualTarget): TargetClient {
  const ask = (path: string): { poll: SimulatedPoll; outcome: HttpOutcome } => {
    const poll = snapshotAt(model, now(), [path]);
    return { poll, outcome: poll.http.get(path) ?? { kind: "refused" } };
  };
  const get = (path: string): Reply => replyOf(ask(path).outcome, target);
  return {
    get: (_target, path) => Promise.resolve(get(path)),
    metrics: () => Promise.resolve(metricsOf(ask("/metrics").outcome, target)),
    kafka: () => Promise.resolve(kafkaOf(ask("/health").poll, target)),
    httpPort: () => Promise.resolve(portOf(ask("/health").outcome)),
    health: () =>
      Promise.resolve({
        atMs: now(),
        http: portOf(ask("/health").outcome),
        kafka: kafkaOf(ask("/health").poll, target),
        health: get("/health"),
        ready: get("/health/ready"),
        info: get("/info"),
        metrics: metricsOf(ask("/metrics").outcome, target),
      }),
    counts: () => ({ requests: 0, bytes: 0 }),
    close: () => Promise.resolve(),
  };
}

function portOf(outcome: HttpOutcome): HealthPoll["http"] {
  return outcome.kind === "refused"
    ? { kind: "refused", ms: CONNECT_MS }
    : { kind: "open", ms: CONNECT_MS };
}

function kafkaOf({ kafka }: SimulatedPoll, target: Target): HealthPoll["kafka"] {
  if (kafka.kind === "refused") {
    const refused = { kind: "refused", ms: CONNECT_MS } as const;
    return { port: refused, api: refused };
  }
  const port = { kind: "open", ms: CONNECT_MS } as const;
  const ms = CONNECT_MS + kafka.delayMs;
  return ms >= target.timeoutMs
    ? { port, api: timeout(target) }
    : { port, api: { kind: "answered", ms, errorCode: 0 } };
}

function replyOf(outcome: HttpOutcome, target: Target): Reply {
  const failure = failureOf(outcome, target);
  if (failure !== undefined || outcome.kind !== "answer") return failure ?? timeout(target);
  const { status, headers, body } = outcome.answer;
  const ms = CONNECT_MS + 1 + outcome.delayMs;
  return { kind: "answered", status, headers, body, ms, bytes: body.length };
}

function metricsOf(outcome: HttpOutcome, target: Target): MetricsReply {
  const reply = replyOf(outcome, target);
  if (reply.kind !== "answered" || outcome.kind !== "answer") {
    return reply.kind === "answered" ? timeout(target) : reply;
  }
  const { body, ...head } = reply;
  const bytes = body.length + outcome.answer.extraBytes;
  if (bytes > target.maxBodyBytes) {
    return { kind: "too-large", ms: head.ms, limitBytes: target.maxBodyBytes };
  }
  const parsed = createMetricsBody();
  const write = parsed.onHead(head);
  write(Buffer.from(body));
  return parsed.reply(head);
}

function failureOf(outcome: HttpOutcome, target: Target): Failure | undefined {
  switch (outcome.kind) {
    case "refused":
      return { kind: "refused", ms: CONNECT_MS };
    case "hanging":
      return timeout(target);
    case "raw":
      return { kind: "not-http", ms: CONNECT_MS, detail: "Expected HTTP/" };
    case "answer":
      return outcome.delayMs >= target.timeoutMs ? timeout(target) : undefined;
  }
}

function timeout({ timeoutMs }: Target): Failure {
  return { kind: "timeout", ms: timeoutMs, afterMs: timeoutMs, connected: true };
}
