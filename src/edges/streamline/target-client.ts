/**
 * How the bot polls its targets: GET, a TCP connection, one Kafka request, and never more.
 *
 * Polls of the same thing at the same time are shared, so ten people who ask during an incident
 * cost the server one request; everything is counted per target.
 */

import { setMaxListeners } from "node:events";
import type {
  HealthPoll,
  KafkaPoll,
  MetricsReply,
  PortReply,
  Reply,
} from "../../diagnosis/reply.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Clock } from "../../features/shared/ports.ts";
import type { RequestResult } from "../http-client/answer.ts";
import { createHttpGet, type HttpGet } from "../http-client/http-get.ts";
import { shortenedText } from "../http-client/long-json.ts";
import { httpAddress, kafkaAddress } from "./address.ts";
import { createKafkaProbe } from "./kafka-probe.ts";
import { createMetricsBody } from "./metrics-body.ts";
import { type PortLimits, probePort } from "./port.ts";
import { createPortProtocols } from "./port-protocol.ts";
import { createShared } from "./shared.ts";

/** One finished poll, for the bot's own metrics and log. */
export interface PollEvent {
  /** The target's name. */
  readonly target: string;
  readonly by: "http" | "tcp" | "kafka";
  /** What was asked: a path of the HTTP API, otherwise the address. */
  readonly asked: string;
  /** The kind of the reply. */
  readonly outcome: string;
  readonly ms: number;
  readonly bytes: number;
}

interface PollCounts {
  readonly requests: number;
  readonly bytes: number;
}

export interface TargetClientOptions {
  readonly clock: Pick<Clock, "now">;
  readonly onPoll?: (event: PollEvent) => void;
}

export interface TargetClient {
  /**
   * GET of a path of the HTTP API. Redirects are not followed. Whatever the target does is in the
   * reply; only a path that leaves the target's address throws.
   */
  get(target: Target, path: string): Promise<Reply>;
  /** GET /metrics, read as samples while it arrives. */
  metrics(target: Target): Promise<MetricsReply>;
  /** A connection to the Kafka address and an ApiVersions request on it. */
  kafka(target: Target): Promise<KafkaPoll>;
  /** A connection to the HTTP address, closed at once. */
  httpPort(target: Target): Promise<PortReply>;
  /** All probes of a target's health at once; takes as long as the slowest of them. */
  health(target: Target): Promise<HealthPoll>;
  /** What all polls of a target since the start have cost it. */
  counts(target: Target): PollCounts;
  /** Ends what is under way: such polls are `failed`. */
  close(): Promise<void>;
}

/** The probes answer in a few hundred bytes; a server that sends more there is something else. */
const PROBE_LIMIT_BYTES = 1024 * 1024;
const PROBE_PATHS = new Set(["/health", "/health/ready", "/info"]);

/** JSON is held and read as a whole; the lag of 10,000 partitions is about a megabyte. */
const JSON_LIMIT_BYTES = 8 * 1024 * 1024;

/** A recording keeps the text of /metrics, which is as large as the target may make it. */
function limitOf(path: string): number {
  if (path === "/metrics") return Number.POSITIVE_INFINITY;
  return PROBE_PATHS.has(path) ? PROBE_LIMIT_BYTES : JSON_LIMIT_BYTES;
}

/** One client for all targets. What fails is a reply like any other; `close` ends what is under way. */
export function createTargetClient(options: TargetClientOptions): TargetClient {
  const clients = new Map<string, HttpGet>();
  const counts = new Map<string, PollCounts>();
  const stopping = new AbortController();
  // As many probes listen as are under way.
  setMaxListeners(0, stopping.signal);
  const sharedGet = createShared<Reply>();
  const sharedMetrics = createShared<MetricsReply>();
  const sharedKafka = createShared<KafkaPoll>();
  const kafkaProbe = createKafkaProbe(() => performance.now());
  const sharedPort = createShared<PortReply>();
  const sharedHealth = createShared<HealthPoll>();
  const protocols = createPortProtocols(limitsOf);

  function client(target: Target): HttpGet {
    const known = clients.get(target.name) ?? createHttpGet(target);
    clients.set(target.name, known);
    return known;
  }

  function limitsOf({ timeoutMs }: Target): PortLimits {
    return { timeoutMs, signal: stopping.signal };
  }

  function seen(event: PollEvent): void {
    const before = counts.get(event.target) ?? NOTHING;
    const { requests, bytes } = before;
    counts.set(event.target, { requests: requests + 1, bytes: bytes + event.bytes });
    options.onPoll?.(event);
  }

  function seenHttp(target: Target, path: string, result: RequestResult): void {
    const { kind: outcome, ms, bytes } = result;
    seen({ target: target.name, by: "http", asked: path, outcome, ms, bytes });
  }

  async function get(target: Target, path: string): Promise<Reply> {
    const chunks: Uint8Array[] = [];
    const limitBytes = Math.min(limitOf(path), target.maxBodyBytes);
    const onHead = () => (chunk: Uint8Array) => void chunks.push(chunk);
    const result = await client(target).get(path, { limitBytes, onHead });
    seenHttp(target, path, result);
    const reply: Reply =
      result.kind === "answered" ? { ...result, body: await shortenedText(chunks) } : result;
    return protocols.ofHttp(target, reply);
  }

  async function metrics(target: Target): Promise<MetricsReply> {
    const path = "/metrics";
    const body = createMetricsBody();
    const limitBytes = target.maxBodyBytes;
    const result = await client(target).get(path, { limitBytes, onHead: body.onHead });
    seenHttp(target, path, result);
    return protocols.ofHttp(target, body.reply(result));
  }

  async function kafka(target: Target): Promise<KafkaPoll> {
    const reply = await kafkaProbe.poll(target.name, kafkaAddress(target), {
      ...limitsOf(target),
      ...(target.kafkaTls === undefined ? {} : { tls: target.kafkaTls }),
    });
    const { kind: outcome, ms } = reply.api;
    const name = target.name;
    seen({ target: name, by: "kafka", asked: target.kafka, outcome, ms, bytes: 0 });
    return protocols.ofKafka(target, reply);
  }

  async function httpPort(target: Target): Promise<PortReply> {
    const reply = await probePort(httpAddress(target), limitsOf(target));
    const { kind: outcome, ms } = reply;
    seen({ target: target.name, by: "tcp", asked: target.http, outcome, ms, bytes: 0 });
    return reply;
  }

  const poll: TargetClient = {
    get: (target, path) => sharedGet(`${target.name} ${path}`, () => get(target, path)),
    metrics: (target) => sharedMetrics(target.name, () => metrics(target)),
    kafka: (target) => sharedKafka(target.name, () => kafka(target)),
    httpPort: (target) => sharedPort(target.name, () => httpPort(target)),
    health: (target) => sharedHealth(target.name, () => pollHealth(poll, target, options.clock)),
    counts: (target) => counts.get(target.name) ?? NOTHING,
    async close() {
      stopping.abort();
      kafkaProbe.close();
      await Promise.all([...clients.values()].map((each) => each.close()));
    },
  };
  return poll;
}

const NOTHING: PollCounts = { requests: 0, bytes: 0 };

async function pollHealth(
  poll: TargetClient,
  target: Target,
  clock: Pick<Clock, "now">,
): Promise<HealthPoll> {
  const atMs = clock.now();
  const [http, kafka, health, ready, info, metrics] = await Promise.all([
    poll.httpPort(target),
    poll.kafka(target),
    poll.get(target, "/health"),
    poll.get(target, "/health/ready"),
    poll.get(target, "/info"),
    poll.metrics(target),
  ]);
  return { atMs, http, kafka, health, ready, info, metrics };
}
