/**
 * How one poll of a target ended.
 *
 * Whatever a target does is an outcome and never an exception: a server that hangs, refuses or
 * sends garbage is exactly what the bot is asked about. Durations are milliseconds.
 */

import type { Sample } from "../exposition/sample.ts";

/** Why no answer came. `ms` is the time until that was known. */
export type Failure = { readonly ms: number } & (
  | { readonly kind: "refused" }
  /** `connected` tells a host that is silent from one that took the connection and then hung. */
  | { readonly kind: "timeout"; readonly afterMs: number; readonly connected: boolean }
  | { readonly kind: "too-large"; readonly limitBytes: number }
  | { readonly kind: "unresolved" }
  /** The connection was cut before the answer was complete. */
  | { readonly kind: "reset" }
  | { readonly kind: "unreachable" }
  | { readonly kind: "tls"; readonly detail: string }
  | { readonly kind: "not-http"; readonly detail: string }
  /** /metrics came as protobuf, although the text format was asked for. */
  | { readonly kind: "protobuf" }
  | { readonly kind: "failed"; readonly detail: string }
);

/** An HTTP answer, of whatever status; a redirect is one too, since it is never followed. */
export interface Answered {
  readonly kind: "answered";
  readonly status: number;
  /** Names in lower case; of a header sent several times, all values joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly ms: number;
  readonly bytes: number;
}

export type Reply = Answered | Failure;

/** An answer to GET /metrics, read as samples while it arrived. */
export interface MetricsAnswered extends Omit<Answered, "body"> {
  readonly samples: readonly Sample[];
  /** Lines that could not be read, and how many series came twice. */
  readonly brokenLines: number;
  readonly duplicates: number;
}

export type MetricsReply = MetricsAnswered | Failure;

export type PortReply = { readonly kind: "open"; readonly ms: number } | Failure;

/** An ApiVersions request over a connection to the Kafka port. */
export type KafkaReply =
  | { readonly kind: "answered"; readonly ms: number; readonly errorCode: number }
  /** Something answered, but not in the Kafka protocol. */
  | { readonly kind: "not-kafka"; readonly ms: number; readonly detail: string }
  | Failure;

/** Both halves of one connection to the Kafka address. */
export interface KafkaPoll {
  readonly port: PortReply;
  readonly api: KafkaReply;
}

/** Everything that one poll of a target's health saw, all probes having run at once. */
export interface HealthPoll {
  /** When the poll began, in milliseconds since the epoch. */
  readonly atMs: number;
  readonly http: PortReply;
  readonly kafka: KafkaPoll;
  readonly health: Reply;
  readonly ready: Reply;
  readonly info: Reply;
  readonly metrics: MetricsReply;
}

/** What a failure means, as the end of a sentence whose subject is the address. */
export function failureText(failure: Failure): string {
  switch (failure.kind) {
    case "refused":
      return "refuses connections: nothing listens there";
    case "timeout":
      return failure.connected
        ? `takes the connection but gives no complete answer within ${seconds(failure.afterMs)}`
        : `does not take a connection within ${seconds(failure.afterMs)}`;
    case "too-large":
      return `sends more than ${size(failure.limitBytes)} (the rest was not read)`;
    case "unresolved":
      return "has a host name that does not resolve";
    case "reset":
      return "cuts the connection before its answer is complete";
    case "unreachable":
      return "cannot be reached: there is no route to it";
    case "tls":
      return `fails in TLS (${failure.detail})`;
    case "not-http":
      return `does not answer in HTTP (${failure.detail})`;
    case "protobuf":
      return "sends its metrics as protobuf; only the text formats of Prometheus are read";
    case "failed":
      return `could not be asked (${failure.detail})`;
  }
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${Number((ms / 1000).toFixed(1))} s`;
}

function size(bytes: number): string {
  const mebibytes = bytes / 1024 ** 2;
  return mebibytes < 1
    ? `${Number((bytes / 1024).toFixed(1))} KiB`
    : `${Number(mebibytes.toFixed(1))} MiB`;
}
