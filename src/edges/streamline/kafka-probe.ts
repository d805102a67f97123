/**
 * Does the Kafka port speak Kafka? One ApiVersions request, one answer, on a connection that is kept.
 *
 * A real server never frees a connection that its client has closed (TROUBLESHOOTING.md, "Connections
 * grow without end"): a new one for every poll would use up its open files in days. So each target has
 * one, which is made anew when it breaks, and now and then to prove that new ones are taken.
 *
 * What comes may be of a foreign service on the port: no length it announces is believed beyond a
 * limit, and nothing it sends is an exception inside a socket event, which would end the process.
 */

import type { Socket } from "node:net";
import type { KafkaPoll, KafkaReply } from "../../diagnosis/reply.ts";
import type { KafkaTls } from "../../diagnosis/target.ts";
import { failureOf } from "../http-client/failures.ts";
import type { Address } from "./address.ts";
import { apiVersionsRequest, isApiVersionsBody } from "./api-versions.ts";
import { overTls } from "./kafka-tls.ts";
import { openPort, type PortLimits } from "./port.ts";

const CLIENT = { name: "streamline-incident-bot", version: "1" };

/** A server that takes no new connections goes on serving this one: so long it may go unnoticed. */
const RENEW_AFTER_MS = 15 * 60_000;

/** ApiVersions answers of real servers are a few hundred bytes to a few kilobytes. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Length, correlation id, error code: the least that an answer of any version holds. */
const LEAST_ANSWER_BYTES = 10;

export interface KafkaLimits extends PortLimits {
  /** Set when the port speaks TLS. */
  readonly tls?: KafkaTls;
}

export interface KafkaProbe {
  /**
   * Asks within one time limit, on the connection kept for this name or on a new one.
   *
   * An answer counts as Kafka's when its frame carries our correlation id, even when it is an error:
   * a server that knows no version 3 answers in version 0 with error 35 (KIP-511).
   */
  poll(name: string, address: Address, limits: KafkaLimits): Promise<KafkaPoll>;
  /** Ends all connections. */
  close(): void;
}

interface KeptConnection {
  readonly socket: Socket;
  readonly sinceMs: number;
  /** Requests sent on it, which numbers them. */
  sent: number;
}

/** `now` in milliseconds; polls of one name must not overlap. */
export function createKafkaProbe(now: () => number): KafkaProbe {
  const kept = new Map<string, KeptConnection>();
  const drop = (name: string): void => {
    kept.get(name)?.socket.destroy();
    kept.delete(name);
  };
  return {
    async poll(name, address, limits) {
      const known = kept.get(name);
      if (known !== undefined && now() - known.sinceMs < RENEW_AFTER_MS) {
        const api = await ask(known, { timeoutMs: limits.timeoutMs, spentMs: 0 });
        if (api.kind === "answered") return { port: { kind: "open", ms: api.ms }, api };
      }
      // The server may have been restarted, or has just died: a new connection tells which.
      drop(name);
      const { poll, connection } = await connectAndAsk(address, limits, now());
      if (connection !== undefined) kept.set(name, connection);
      return poll;
    },
    close() {
      for (const name of kept.keys()) drop(name);
    },
  };
}

/** The connection is returned when it answered, and can answer again. */
async function connectAndAsk(
  address: Address,
  limits: KafkaLimits,
  sinceMs: number,
): Promise<{ readonly poll: KafkaPoll; readonly connection?: KeptConnection }> {
  const { timeoutMs, tls } = limits;
  const connected = await openPort(address, limits);
  if (connected.socket === undefined) {
    return { poll: { port: connected.failure, api: connected.failure } };
  }
  const { socket, ms } = connected;
  const port = { kind: "open", ms } as const;
  try {
    const secured = tls === undefined ? socket : await overTls(socket, address, tls);
    const connection = { socket: secured, sinceMs, sent: 0 };
    const api = await ask(connection, { timeoutMs, spentMs: ms });
    if (api.kind === "answered") return { poll: { port, api }, connection };
    secured.destroy();
    return { poll: { port, api } };
  } catch (error) {
    // A certificate file that cannot be read; whatever a server does is an outcome of ask.
    socket.destroy();
    const detail = error instanceof Error ? error.message : String(error);
    return { poll: { port, api: { kind: "tls", ms, detail } } };
  }
}

interface AskTimes {
  readonly timeoutMs: number;
  /** What connecting took of it. */
  readonly spentMs: number;
}

function ask(connection: KeptConnection, times: AskTimes): Promise<KafkaReply> {
  const { socket } = connection;
  const started = performance.now();
  const elapsed = (): number => times.spentMs + performance.now() - started;
  connection.sent += 1;
  const id = connection.sent;
  return new Promise((resolve) => {
    let received: Buffer = Buffer.alloc(0);
    const settle = (reply: KafkaReply): void => {
      clearTimeout(timer);
      socket.off("data", onData).off("error", onError).off("close", onEnd).off("end", onEnd);
      // A peer that goes on sending would else be read, for nothing, as fast as the line is.
      socket.pause();
      resolve(reply);
    };
    const onData = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk]);
      const reply = readAnswer(received, id, elapsed());
      if (reply !== undefined) settle(reply);
    };
    const onError = (error: Error): void =>
      settle(failureOf(error, { ms: elapsed(), timeoutMs: times.timeoutMs, connected: true }));
    const onEnd = (): void => settle(closedAfter(received, elapsed()));
    const restMs = Math.max(1, times.timeoutMs - times.spentMs);
    const timer = setTimeout(() => {
      settle({ kind: "timeout", ms: elapsed(), afterMs: times.timeoutMs, connected: true });
    }, restMs);
    if (socket.destroyed) return onEnd();
    // An error event without a listener would end the process, also between two polls.
    if (socket.listenerCount("error") === 0) socket.on("error", () => undefined);
    socket.on("data", onData).on("error", onError).on("close", onEnd).on("end", onEnd);
    socket.resume();
    socket.write(apiVersionsRequest(id, CLIENT));
  });
}

/** The outcome as soon as the bytes so far decide it. */
function readAnswer(bytes: Buffer, id: number, ms: number): KafkaReply | undefined {
  if (bytes.length < 4) return undefined;
  if (isTlsAlert(bytes)) return { kind: "other-protocol", ms, asked: "kafka", speaks: "tls" };
  if (bytes.subarray(0, 5).toString("latin1") === "HTTP/") {
    return { kind: "other-protocol", ms, asked: "kafka", speaks: "http" };
  }
  const length = bytes.readInt32BE(0);
  if (length < LEAST_ANSWER_BYTES - 4 || length > MAX_ANSWER_BYTES) {
    return { kind: "not-kafka", ms, detail: firstBytes(bytes) };
  }
  if (bytes.length < 4 + length) return undefined;
  if (bytes.readInt32BE(4) !== id) {
    return { kind: "not-kafka", ms, detail: "the answer belongs to another request" };
  }
  return readBody(bytes.subarray(8, 4 + length), ms);
}

/** The error code stands first in every version; only version 3 without an error is read on. */
function readBody(body: Buffer, ms: number): KafkaReply {
  const errorCode = body.readInt16BE(0);
  if (errorCode !== 0) return { kind: "answered", ms, errorCode };
  return isApiVersionsBody(body)
    ? { kind: "answered", ms, errorCode }
    : { kind: "not-kafka", ms, detail: "its list of API versions cannot be read" };
}

function closedAfter(received: Buffer, ms: number): KafkaReply {
  return received.length === 0
    ? { kind: "reset", ms }
    : { kind: "not-kafka", ms, detail: firstBytes(received) };
}

/** A TLS record that carries an alert (RFC 8446, section 5.1): what a TLS port says to plain Kafka. */
function isTlsAlert(bytes: Buffer): boolean {
  return bytes[0] === 0x15 && bytes[1] === 0x03;
}

/** How a foreign protocol introduces itself: `HTTP/1.1 400 Bad Request`, `SSH-2.0-…`. */
function firstBytes(bytes: Buffer): string {
  const start = bytes.subarray(0, 40).toString("latin1");
  const printable = start.split(/\r?\n/)[0]?.replace(/[^\x20-\x7e]/g, ".") ?? "";
  return `it begins with "${printable}"`;
}
