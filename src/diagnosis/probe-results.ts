/** One poll of a target -> each probe apart: whether it passed, how long it took, what it said. */

import {
  type Foreign,
  type HealthAnswer,
  type HealthCheck,
  type InfoAnswer,
  parseHealth,
  parseInfo,
  parseReady,
  type ReadyAnswer,
  versionHeader,
} from "./health/health-answers.ts";
import {
  type Answered,
  type Failure,
  failureText,
  type HealthPoll,
  type KafkaReply,
  type MetricsReply,
  type PortReply,
  type Reply,
} from "./reply.ts";
import { spanText } from "./span-text.ts";

export const PROBES = ["http", "kafka", "kafka_api", "health", "ready", "info", "metrics"] as const;

export type Probe = (typeof PROBES)[number];

/** What people call them. */
export const PROBE_NAMES: Readonly<Record<Probe, string>> = {
  http: "HTTP port",
  kafka: "Kafka port",
  kafka_api: "Kafka request",
  health: "/health",
  ready: "/health/ready",
  info: "/info",
  metrics: "/metrics",
};

export interface ProbeResult {
  readonly probe: Probe;
  readonly ok: boolean;
  readonly ms: number;
  /** HTTP probes that were answered. */
  readonly status?: number;
  /** One word for machines; only when not ok. */
  readonly reason?: string;
  /** For people, as the end of a sentence whose subject is the probe. */
  readonly says: string;
}

/** What one poll found out, before any judgement. */
export interface PollFacts {
  readonly results: Readonly<Record<Probe, ProbeResult>>;
  readonly health: HealthAnswer | Foreign | Failure;
  readonly checks: readonly HealthCheck[];
  readonly info: InfoAnswer | undefined;
  /** What X-Streamline-Version or /info says. */
  readonly version: string | undefined;
  readonly hasVersionHeader: boolean;
  /** Anything at all answered in HTTP. */
  readonly httpAnswers: boolean;
  /** What answered is Streamline: it has the header, or answers in Streamline's shapes. */
  readonly isStreamline: boolean;
}

/** What a poll of the probes tells, each answer read by itself. */
export function factsOf(poll: HealthPoll): PollFacts {
  const health = parsed(poll.health, parseHealth);
  const ready = parsed(poll.ready, parseReady);
  const info = parsed(poll.info, parseInfo);
  const replies = [poll.health, poll.ready, poll.info];
  const header = replies.map(versionHeader).find((version) => version !== undefined);
  const known = info.kind === "info" ? info : undefined;
  return {
    results: {
      http: portResult("http", poll.http),
      kafka: portResult("kafka", poll.kafka.port),
      kafka_api: kafkaResult(poll.kafka.api),
      health: answerResult("health", poll.health, health),
      ready: answerResult("ready", poll.ready, ready),
      info: answerResult("info", poll.info, info),
      metrics: metricsResult(poll.metrics),
    },
    health,
    checks: health.kind === "health" ? health.checks : [],
    info: known,
    version: known?.version ?? header,
    hasVersionHeader: header !== undefined,
    httpAnswers: [...replies, poll.metrics].some((reply) => reply.kind === "answered"),
    isStreamline:
      header !== undefined ||
      health.kind === "health" ||
      ready.kind === "ready" ||
      known !== undefined,
  };
}

function parsed<T>(reply: Reply, parse: (answer: Answered) => T): T | Failure {
  return reply.kind === "answered" ? parse(reply) : reply;
}

function portResult(probe: Probe, reply: PortReply): ProbeResult {
  return reply.kind === "open"
    ? { probe, ok: true, ms: reply.ms, says: "takes connections" }
    : failed(probe, reply);
}

function kafkaResult(reply: KafkaReply): ProbeResult {
  const probe = "kafka_api";
  const { ms } = reply;
  if (reply.kind === "answered") {
    // An error is an answer in the protocol all the same; 35 is UNSUPPORTED_VERSION (KIP-511).
    return reply.errorCode === 0
      ? { probe, ok: true, ms, says: "answers in the Kafka protocol" }
      : { probe, ok: true, ms, says: `answers with the Kafka error ${reply.errorCode}` };
  }
  if (reply.kind === "not-kafka") {
    const says = `does not answer in the Kafka protocol: ${reply.detail}`;
    return { probe, ok: false, ms, reason: reply.kind, says };
  }
  return failed(probe, reply);
}

type ProbeAnswer = HealthAnswer | ReadyAnswer | InfoAnswer | Foreign;

function answerResult(probe: Probe, reply: Reply, answer: ProbeAnswer | Failure): ProbeResult {
  if ("ms" in answer) return failed(probe, answer);
  if (reply.kind !== "answered") return failed(probe, reply);
  const { ms, status } = reply;
  switch (answer.kind) {
    case "health":
      return { ...statusResult(probe, reply), says: checksText(answer.checks) };
    case "ready":
      return { ...statusResult(probe, reply), says: answer.ready ? "ready" : "not ready" };
    case "info":
      return { probe, ok: true, ms, status, says: infoText(answer) };
    case "foreign":
      return { probe, ok: false, ms, status, reason: "foreign", says: answer.why };
  }
}

function statusResult(probe: Probe, reply: Answered): Omit<ProbeResult, "says"> {
  const { ms, status } = reply;
  return status === 200
    ? { probe, ok: true, ms, status }
    : { probe, ok: false, ms, status, reason: `status_${status}` };
}

/** How a reply of /metrics is described, whether or not it can be used. */
export function metricsResult(reply: MetricsReply): ProbeResult {
  const probe = "metrics";
  if (reply.kind !== "answered") return failed(probe, reply);
  const { ms, status, brokenLines } = reply;
  if (status === 404) {
    // Without the feature `metrics` the route does not exist (streamline-facts 1.2).
    const says = "answers 404: this build has no metrics";
    return { probe, ok: false, ms, status, reason: "status_404", says };
  }
  if (status !== 200) {
    return { probe, ok: false, ms, status, reason: `status_${status}`, says: `answers ${status}` };
  }
  if (reply.samples.length === 0 && brokenLines > 0) {
    const says = "answers 200 with something that is not metrics";
    return { probe, ok: false, ms, status, reason: "foreign", says };
  }
  return { probe, ok: true, ms, status, says: seriesText(reply.samples.length, brokenLines) };
}

function failed(probe: Probe, failure: Failure): ProbeResult {
  const { ms, kind } = failure;
  const reason = kind === "other-protocol" ? `speaks-${failure.speaks}` : kind;
  return { probe, ok: false, ms, reason, says: failureText(failure) };
}

function checksText(checks: readonly HealthCheck[]): string {
  const bad = checks.filter((check) => !check.ok);
  return bad.length === 0
    ? `all checks pass: ${checks.map((check) => check.name).join(", ")}`
    : bad.map(failedCheckText).join("; ");
}

/** `data_directory failed: Data directory not accessible` */
export function failedCheckText(check: HealthCheck): string {
  return check.message === undefined
    ? `${check.name} failed`
    : `${check.name} failed: ${check.message}`;
}

function infoText(info: InfoAnswer): string {
  const topics = `${info.topics.toLocaleString("en-US")} ${info.topics === 1 ? "topic" : "topics"}`;
  return `version ${info.version}, up ${spanText(info.uptimeSeconds)}, ${topics}`;
}

function seriesText(series: number, brokenLines: number): string {
  const broken =
    brokenLines === 0 ? "" : `; ${brokenLines.toLocaleString("en-US")} lines could not be read`;
  return `${series.toLocaleString("en-US")} series${broken}`;
}
