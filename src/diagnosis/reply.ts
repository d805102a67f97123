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
  /** What listens there speaks another protocol than it was asked in. */
  | {
      readonly kind: "other-protocol";
      readonly asked: AskedProtocol;
      readonly speaks: SpokenProtocol;
    }
  /** /metrics came as protobuf, although the text format was asked for. */
  | { readonly kind: "protobuf" }
  | { readonly kind: "failed"; readonly detail: string }
);

/** How an address was asked, and what a port turned out to speak; `tls` with whatever in it. */
export type AskedProtocol = "http" | "https" | "kafka" | "kafka-tls";
export type SpokenProtocol = "http" | "tls" | "kafka";

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
      return isUntrusted(failure.detail)
        ? `has a certificate that is not trusted here (${failure.detail})`
        : `fails in TLS (${failure.detail})`;
    case "not-http":
      return `does not answer in HTTP (${failure.detail})`;
    case "protobuf":
      return "sends its metrics as protobuf; only the text formats of Prometheus are read";
    case "other-protocol":
      return otherProtocolText(failure.asked, failure.speaks);
    case "failed":
      return `could not be asked (${failure.detail})`;
  }
}

/** Node's codes for certificates (https://nodejs.org/api/tls.html#x509-certificate-error-codes). */
function isUntrusted(code: string): boolean {
  return /SELF_SIGNED_CERT|^CERT_|^UNABLE_TO_|^ERR_TLS_CERT_/.test(code);
}

function otherProtocolText(asked: AskedProtocol, speaks: SpokenProtocol): string {
  const isKafka = asked.startsWith("kafka");
  switch (speaks) {
    case "tls":
      return isKafka
        ? "speaks TLS: set kafkaTls for this target in the configuration"
        : "speaks TLS: write https:// in its address";
    case "http":
      return isKafka
        ? "speaks HTTP, not Kafka: it is not the Kafka port (9092 by default)"
        : "speaks HTTP without TLS: write http:// in its address";
    case "kafka":
      return isKafka
        ? "speaks Kafka without TLS: take kafkaTls out of this target"
        : "speaks Kafka, not HTTP: it is not the HTTP port (9094 by default)";
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
