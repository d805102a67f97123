/**
 * Does the Kafka port speak Kafka? One connection, one ApiVersions request, one answer.
 *
 * The codec is the client library's; the socket is ours. The library's own Connection reads past
 * the end of a malformed answer inside a socket event, which ends the process, and buffers
 * whatever length the first four bytes announce: a foreign service on the port could do either.
 */

import type { Socket } from "node:net";
import { apiVersionsV3, Reader, Writer } from "@platformatic/kafka";
import type { KafkaLook, KafkaReply } from "../../diagnosis/reply.ts";
import type { KafkaTls } from "../../diagnosis/target.ts";
import type { Address } from "./address.ts";
import { failureOf } from "./failures.ts";
import { overTls } from "./kafka-tls.ts";
import { openPort, type PortLimits } from "./port.ts";

const CLIENT_ID = "streamline-incident-bot";
const CORRELATION_ID = 1;

/** ApiVersions answers of real servers are a few hundred bytes to a few kilobytes. */
const MAX_ANSWER_BYTES = 64 * 1024;

const SPEAKS_TLS = "it speaks TLS: set kafkaTls for this target in the configuration";

/** Length, correlation id, error code: the least that an answer of any version holds. */
const LEAST_ANSWER_BYTES = 10;

export interface KafkaLimits extends PortLimits {
  /** Set when the port speaks TLS. */
  readonly tls?: KafkaTls;
}

/**
 * Connects and asks within one time limit.
 *
 * An answer counts as Kafka's when its frame carries our correlation id, even when it is an error:
 * a server that knows no version 3 answers in version 0 with error 35 (KIP-511).
 */
export async function probeKafka(address: Address, limits: KafkaLimits): Promise<KafkaLook> {
  const { timeoutMs, tls } = limits;
  const connected = await openPort(address, limits);
  if (connected.socket === undefined) return { port: connected.failure, api: connected.failure };
  const { socket, ms } = connected;
  try {
    const secured = tls === undefined ? socket : await overTls(socket, address, tls);
    const api = await ask(secured, { timeoutMs, spentMs: ms });
    return { port: { kind: "open", ms }, api };
  } catch (error) {
    // A certificate file that cannot be read; whatever a server does is an outcome of ask.
    const detail = error instanceof Error ? error.message : String(error);
    return { port: { kind: "open", ms }, api: { kind: "tls", ms, detail } };
  } finally {
    socket.destroy();
  }
}

interface AskTimes {
  readonly timeoutMs: number;
  /** What connecting took of it. */
  readonly spentMs: number;
}

function ask(socket: Socket, times: AskTimes): Promise<KafkaReply> {
  const started = performance.now();
  const elapsed = (): number => times.spentMs + performance.now() - started;
  return new Promise((resolve) => {
    const restMs = Math.max(1, times.timeoutMs - times.spentMs);
    const timer = setTimeout(() => {
      resolve({ kind: "timeout", ms: elapsed(), afterMs: times.timeoutMs, connected: true });
    }, restMs);
    const settle = (reply: KafkaReply): void => {
      clearTimeout(timer);
      resolve(reply);
    };
    let received: Buffer = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const reply = readAnswer(received, elapsed());
      if (reply === undefined) return;
      socket.removeAllListeners("data").pause();
      settle(reply);
    });
    socket.on("error", (error) => {
      settle(failureOf(error, { ms: elapsed(), timeoutMs: times.timeoutMs, connected: true }));
    });
    socket.on("close", () => settle(closedAfter(received, elapsed())));
    socket.on("end", () => settle(closedAfter(received, elapsed())));
    socket.write(request());
  });
}

/** Size, then the header of version 2 (api key, api version, correlation id, client id, tags). */
function request(): Buffer {
  const { key, version } = apiVersionsV3.api;
  const writer = Writer.create()
    .appendInt16(key)
    .appendInt16(version)
    .appendInt32(CORRELATION_ID)
    .appendString(CLIENT_ID, false)
    .appendTaggedFields()
    .appendFrom(apiVersionsV3.createRequest(CLIENT_ID, "1"))
    .prependLength();
  return writer.buffer;
}

/** The outcome as soon as the bytes so far decide it. */
function readAnswer(bytes: Buffer, ms: number): KafkaReply | undefined {
  if (bytes.length < 4) return undefined;
  if (isTlsAlert(bytes)) return { kind: "not-kafka", ms, detail: SPEAKS_TLS };
  const length = bytes.readInt32BE(0);
  if (length < LEAST_ANSWER_BYTES - 4 || length > MAX_ANSWER_BYTES) {
    return { kind: "not-kafka", ms, detail: firstBytes(bytes) };
  }
  if (bytes.length < 4 + length) return undefined;
  if (bytes.readInt32BE(4) !== CORRELATION_ID) {
    return { kind: "not-kafka", ms, detail: "the answer belongs to another request" };
  }
  return readBody(bytes.subarray(8, 4 + length), ms);
}

/** The error code stands first in every version; only version 3 without an error is read on. */
function readBody(body: Buffer, ms: number): KafkaReply {
  const errorCode = body.readInt16BE(0);
  if (errorCode !== 0) return { kind: "answered", ms, errorCode };
  const { key, version } = apiVersionsV3.api;
  try {
    apiVersionsV3.parseResponse(CORRELATION_ID, key, version, Reader.from(body));
    return { kind: "answered", ms, errorCode };
  } catch {
    return { kind: "not-kafka", ms, detail: "its list of API versions cannot be read" };
  }
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
