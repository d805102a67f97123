/**
 * One line of a recording: what one poll at a server brought, as it went over the wire.
 *
 * Other fields of a line (such as `truth`, which nobody outside could know) are never read here.
 */

import { z } from "zod";
import type { Failure, HealthPoll, PortReply, Reply } from "../../diagnosis/reply.ts";
import { parseJson } from "../../exposition/parse-json.ts";

export interface RecordedPoll {
  /** When the poll began, in milliseconds since the epoch. */
  readonly timeMs: number;
  readonly kafka: HealthPoll["kafka"];
  readonly httpPort: PortReply;
  /** Replies by path, as they were asked in this poll. */
  readonly http: ReadonlyMap<string, Reply>;
}

const ms = z.number().nullish();

const recordedReply = z.looseObject({
  status: z.number().optional(),
  error: z.string().optional(),
  ms,
  type: z.string().nullish(),
  body: z.string().nullish(),
  same: z.boolean().optional(),
});

const recordedLine = z.looseObject({
  t: z.number(),
  kafka: z.looseObject({
    connect: z.string(),
    connectMs: ms,
    apiVersions: z.string().nullish(),
    apiMs: ms,
  }),
  httpPort: z.looseObject({ connect: z.string(), ms }),
  http: z.record(z.string(), recordedReply.nullable()),
});

type RecordedReply = z.infer<typeof recordedReply>;

/** The limit that a poll waited for: recordings say that an answer timed out, not after how long. */
const TIMEOUT_MS = 2_000;

/** Reads lines in their order, since a body that did not change is written once. */
export function createPollReader(): (line: string) => RecordedPoll | undefined {
  const bodies = new Map<string, string>();
  return (line) => {
    const parsed = recordedLine.safeParse(parseJson(line));
    if (!parsed.success) return undefined;
    const { t, kafka, httpPort, http } = parsed.data;
    return {
      timeMs: t,
      kafka: kafkaOf(kafka),
      httpPort: portOf(httpPort.connect, httpPort.ms ?? 0),
      http: repliesOf(http, bodies),
    };
  };
}

function repliesOf(
  http: Readonly<Record<string, RecordedReply | null>>,
  bodies: Map<string, string>,
): Map<string, Reply> {
  const replies = new Map<string, Reply>();
  for (const [path, reply] of Object.entries(http)) {
    if (reply === null) continue;
    if (typeof reply.body === "string") bodies.set(path, reply.body);
    replies.set(path, replyOf(reply, bodies.get(path) ?? ""));
  }
  return replies;
}

function replyOf({ status, error, ms: took, type }: RecordedReply, body: string): Reply {
  const spent = took ?? 0;
  if (status === undefined) return failureOf(error ?? "", spent, true);
  const headers: Record<string, string> =
    type === null || type === undefined ? {} : { "content-type": type };
  return { kind: "answered", status, headers, body, ms: spent, bytes: body.length };
}

function portOf(connect: string, spent: number): PortReply {
  return connect === "ok" ? { kind: "open", ms: spent } : failureOf(connect, spent, false);
}

interface RecordedKafka {
  readonly connect: string;
  readonly connectMs?: number | null | undefined;
  readonly apiVersions?: string | null | undefined;
  readonly apiMs?: number | null | undefined;
}

function kafkaOf({ connect, connectMs, apiVersions, apiMs }: RecordedKafka): HealthPoll["kafka"] {
  const port = portOf(connect, connectMs ?? 0);
  if (port.kind !== "open") return { port, api: port };
  const spent = apiMs ?? TIMEOUT_MS;
  switch (apiVersions ?? "timeout") {
    case "ok":
      return { port, api: { kind: "answered", ms: spent, errorCode: 0 } };
    case "closed":
      return { port, api: { kind: "reset", ms: spent } };
    case "garbage":
      return { port, api: { kind: "not-kafka", ms: spent, detail: "as it was recorded" } };
    default:
      return { port, api: failureOf(apiVersions ?? "timeout", spent, true) };
  }
}

function failureOf(kind: string, spent: number, connected: boolean): Failure {
  switch (kind) {
    case "refused":
    case "reset":
    case "unreachable":
    case "unresolved":
      return { kind, ms: spent };
    case "timeout":
      return { kind, ms: spent, afterMs: TIMEOUT_MS, connected };
    default:
      return { kind: "failed", ms: spent, detail: kind };
  }
}
