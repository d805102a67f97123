/**
 * One HTTP request to one address, bounded in time and size; redirects are not followed.
 *
 * Each request has a connection of its own: a kept one may be closed by a restarting server at the
 * moment of use, and the poll would report a reset that no client ever saw.
 */

import { Agent, buildConnector, request } from "undici";
import type { Failure } from "../../diagnosis/reply.ts";
import type { Head, RequestResult } from "./answer.ts";
import { failureOf } from "./failures.ts";

export interface BoundedRequest {
  readonly method: "GET" | "POST" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly limitBytes: number;
  /** Called once with the head; takes the body as it arrives. */
  readonly onHead: (head: Head) => (chunk: Uint8Array) => void;
}

export interface BoundedClient {
  /** Never throws for what the server does. */
  request(url: URL, options: BoundedRequest): Promise<RequestResult>;
  /** Ends what is under way as `failed`. */
  close(): Promise<void>;
}

/** Requests to one server that may be under way at once; further ones wait within their own time. */
const CONNECTIONS = 16;

/** Identity only: a compressed body could unpack to a thousand times the size limit. */
const HEADERS = { "accept-encoding": "identity", "user-agent": "streamline-incident-bot" };

/**
 * `timeoutMs` covers a whole request, from connecting to the last byte. A request never throws: what
 * failed is its result.
 */
export function createBoundedClient({ timeoutMs }: { readonly timeoutMs: number }): BoundedClient {
  let lastConnected = Number.NEGATIVE_INFINITY;
  const connect = buildConnector({ timeout: timeoutMs, allowH2: false });
  const agent = new Agent({
    connections: CONNECTIONS,
    pipelining: 0,
    // One time limit covers connecting, headers and body together; it is set per request.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect(options, done) {
      connect(options, (...result) => {
        if (result[0] === null) lastConnected = performance.now();
        done(...result);
      });
    },
  });
  const connectedSince = (ms: number): boolean => lastConnected >= ms;
  return {
    request: (url, options) => bounded({ ...options, url, agent, timeoutMs, connectedSince }),
    close: () => agent.destroy(),
  };
}

interface Bounded extends BoundedRequest {
  readonly url: URL;
  readonly agent: Agent;
  readonly timeoutMs: number;
  /** Whether any connection to the server was made since then. */
  readonly connectedSince: (ms: number) => boolean;
}

async function bounded(options: Bounded): Promise<RequestResult> {
  const { timeoutMs, limitBytes } = options;
  const started = performance.now();
  const controller = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    controller.abort();
  }, timeoutMs);
  const meter = { bytes: 0 };
  try {
    const result = await readAnswer(options, controller.signal, meter);
    const ms = performance.now() - started;
    return result === "too-large"
      ? { kind: "too-large", ms, limitBytes, bytes: meter.bytes }
      : { kind: "answered", ...result, ms, bytes: meter.bytes };
  } catch (error) {
    const ms = performance.now() - started;
    const connected = options.connectedSince(started);
    const failure: Failure = timedOut
      ? { kind: "timeout", ms, afterMs: timeoutMs, connected }
      : failureOf(error, { ms, timeoutMs, connected });
    return { ...failure, bytes: meter.bytes };
  } finally {
    clearTimeout(timer);
  }
}

async function readAnswer(
  options: Bounded,
  signal: AbortSignal,
  meter: { bytes: number },
): Promise<Head | "too-large"> {
  const { url, agent, method, body, limitBytes, onHead } = options;
  const answer = await request(url, {
    method,
    dispatcher: agent,
    headers: { ...HEADERS, ...options.headers },
    ...(body === undefined ? {} : { body }),
    signal,
  });
  const head = { status: answer.statusCode, headers: flattened(answer.headers) };
  const onChunk = onHead(head);
  for await (const chunk of answer.body) {
    if (!(chunk instanceof Uint8Array)) continue;
    meter.bytes += chunk.length;
    // Leaving the loop destroys the body and with it the connection.
    if (meter.bytes > limitBytes) return "too-large";
    onChunk(chunk);
  }
  return head;
}

function flattened(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  const pairs = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, typeof value === "string" ? value : value.join(", ")]],
  );
  return Object.fromEntries(pairs);
}
