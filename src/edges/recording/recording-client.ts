/** A client that writes down what each poll asked and what came, for a recording. */

import type { Failure, KafkaPoll, PortReply, Reply } from "../../diagnosis/reply.ts";
import type { TargetClient } from "../streamline/target-client.ts";
import { keptBody } from "./kept-body.ts";
import { asMetrics } from "./recorded-server.ts";

export interface RecordingClient {
  readonly client: TargetClient;
  /** The poll since the last call as one line of a recording. */
  takeLine(timeMs: number): string;
}

/**
 * Asks through `real`. `takeLine` ends a poll: its line of JSON, in which a body that was seen before is a
 * reference.
 */
export function recordingClient(real: TargetClient, now: () => number): RecordingClient {
  const bodies = new Map<string, string>();
  let http: Record<string, unknown> = {};
  let ports: Record<string, unknown> = {};
  let count = 0;

  async function get(...asked: Parameters<TargetClient["get"]>): Promise<Reply> {
    const [, path] = asked;
    const reply = await real.get(...asked);
    http[path] = replyLine(path, reply, bodies);
    return reply;
  }

  const client: TargetClient = {
    ...real,
    get,
    metrics: async (target) => asMetrics(await get(target, "/metrics")),
    async health(target) {
      const atMs = now();
      const [httpPort, kafka, health, ready, info, metrics] = await Promise.all([
        real.httpPort(target),
        real.kafka(target),
        get(target, "/health"),
        get(target, "/health/ready"),
        get(target, "/info"),
        client.metrics(target),
      ]);
      ports = {
        kafka: kafkaLine(kafka),
        httpPort: { connect: portWord(httpPort), ms: httpPort.ms },
      };
      return { atMs, http: httpPort, kafka, health, ready, info, metrics };
    },
  };
  return {
    client,
    takeLine(timeMs) {
      const line = JSON.stringify({ t: timeMs, n: count, ...ports, http });
      count += 1;
      http = {};
      return line;
    },
  };
}

function replyLine(path: string, reply: Reply, bodies: Map<string, string>): object {
  if (reply.kind !== "answered") return { error: failureWord(reply), ms: reply.ms };
  const { status, ms, headers } = reply;
  const body = keptBody(path, reply.body);
  const isSame = bodies.get(path) === body;
  bodies.set(path, body);
  const type = headers["content-type"];
  return {
    status,
    ms,
    ...(type === undefined ? {} : { type }),
    ...(isSame ? { same: true } : { body }),
  };
}

function kafkaLine({ port, api }: KafkaPoll): object {
  const connect = portWord(port);
  const apiVersions =
    port.kind !== "open"
      ? null
      : api.kind === "answered"
        ? "ok"
        : api.kind === "reset"
          ? "closed"
          : api.kind === "not-kafka" || api.kind === "other-protocol"
            ? "garbage"
            : failureWord(api);
  return { connect, connectMs: port.ms, apiVersions, apiMs: api.ms };
}

function portWord(port: PortReply): string {
  return port.kind === "open" ? "ok" : failureWord(port);
}

/** The kinds that a recording knows; the detail of another may quote what a stranger sent. */
function failureWord({ kind }: Failure): string {
  return kind;
}
