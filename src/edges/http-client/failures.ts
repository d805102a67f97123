/** What went wrong on a socket or in HTTP -> the outcome it means. */

import { errors } from "undici";
import type { Failure } from "../../diagnosis/reply.ts";

type Known = Exclude<Failure["kind"], "timeout" | "too-large" | "protobuf" | "other-protocol">;

/** Codes of Node (errno, getaddrinfo) and of undici; what only starts with a word is below. */
const KINDS: Readonly<Record<string, Known>> = {
  ECONNREFUSED: "refused",
  ENOTFOUND: "unresolved",
  EAI_AGAIN: "unresolved",
  EAI_NODATA: "unresolved",
  EAI_NONAME: "unresolved",
  EAI_FAIL: "unresolved",
  ECONNRESET: "reset",
  ECONNABORTED: "reset",
  EPIPE: "reset",
  UND_ERR_SOCKET: "reset",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "reset",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EHOSTDOWN: "unreachable",
  ENETDOWN: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  EPROTO: "tls",
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls",
  SELF_SIGNED_CERT_IN_CHAIN: "tls",
  UND_ERR_HEADERS_OVERFLOW: "not-http",
};

/** Codes of OpenSSL and of Node's certificate checks. */
const TLS_CODE = /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_)/;

const TIMEOUTS = new Set([
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
]);

export interface FailureContext {
  readonly ms: number;
  /** The time limit of the poll, reported when the system's own limit ended it first. */
  readonly timeoutMs: number;
  readonly connected: boolean;
}

/** The outcome that an error means; one that nobody foresaw is named by its code. */
export function failureOf(error: unknown, context: FailureContext): Failure {
  const { ms } = context;
  const code = codeOf(error);
  if (TIMEOUTS.has(code)) {
    return {
      kind: "timeout",
      ms,
      afterMs: Math.min(ms, context.timeoutMs),
      connected: context.connected,
    };
  }
  if (error instanceof errors.HTTPParserError) {
    return { kind: "not-http", ms, detail: parserDetail(error, code) };
  }
  const kind = KINDS[code] ?? (TLS_CODE.test(code) ? "tls" : "failed");
  switch (kind) {
    case "tls":
    case "not-http":
    case "failed":
      return { kind, ms, detail: code };
    case "refused":
    case "unresolved":
    case "reset":
    case "unreachable":
      return { kind, ms };
  }
}

/** What the parser stumbled over is often how another protocol introduces itself. */
function parserDetail(error: errors.HTTPParserError, code: string): string {
  const data: unknown = Reflect.get(error, "data");
  const start = typeof data === "string" ? data.slice(0, 40) : "";
  const printable = start.split(/\r?\n/)[0]?.replace(/[^\x20-\x7e]/g, ".") ?? "";
  return printable === "" ? code : `it sends "${printable}"`;
}

/**
 * The code of an error or of the first error it wraps: connecting to a name with several
 * addresses fails with an AggregateError, whose parts say why.
 */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown error";
  if ("code" in error && typeof error.code === "string") return error.code;
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  return inner instanceof Error ? codeOf(inner) : error.name;
}
