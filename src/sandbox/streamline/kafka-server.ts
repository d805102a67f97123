/** The Kafka port of the simulated server: real sockets, real frames. */
import { createServer, type Server, type Socket } from "node:net";
import {
  closeConnections,
  ignoreOversized,
  MAX_REQUEST_BYTES,
  openConnections,
} from "./connections.ts";
import { answerKafka, type Broker } from "./kafka-answers.ts";
import type { Model } from "./model.ts";
import { recordRequests } from "./requests.ts";
import { writeLog } from "./state.ts";

export interface KafkaContext {
  /** The model at this moment. */
  readonly model: () => Model;
  readonly broker: () => Broker;
  readonly onRequest: (apiKey: string) => void;
}

/** Creates the server without starting to listen. */
export function createKafkaServer(context: KafkaContext): Server {
  return createServer({ noDelay: true }, (socket) => serveClient(socket, context));
}

/** Real clients count in the metrics like simulated ones. */
function serveClient(socket: Socket, context: KafkaContext): void {
  const { state } = context.model();
  const { bootMs } = state;
  state.realConnections += 1;
  openConnections(state, 1);
  socket.on("close", () => {
    const model = context.model();
    // A restart in between has forgotten this client already.
    if (model.state.bootMs !== bootMs) return;
    model.state.realConnections -= 1;
    closeConnections(model.state, model.conditions(), 1);
  });
  let pending = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    pending = serveFrames(socket, Buffer.concat([pending, Buffer.from(chunk)]), context);
  });
}

/** Answers all whole frames and returns what is left. */
function serveFrames(socket: Socket, received: Buffer, context: KafkaContext): Buffer<ArrayBuffer> {
  let rest = received;
  while (rest.length >= 4) {
    const bytes = rest.readUInt32BE(0);
    if (bytes > MAX_REQUEST_BYTES) {
      const peer = `${socket.remoteAddress ?? ""}:${socket.remotePort ?? 0}`;
      ignoreOversized(context.model().state, { peer, bytes });
      socket.removeAllListeners("data").resume();
      return Buffer.alloc(0);
    }
    if (rest.length < 4 + bytes) break;
    serveFrame(socket, rest.subarray(4, 4 + bytes), context);
    rest = rest.subarray(4 + bytes);
  }
  return Buffer.from(rest);
}

function serveFrame(socket: Socket, frame: Buffer, context: KafkaContext): void {
  const startedMs = performance.now();
  const model = context.model();
  const { state } = model;
  const answer = answerKafka(frame, context.broker());
  if (answer.kind === "unsupported") {
    context.onRequest("unknown");
    refuseFrame(socket, context, { reason: answer.reason, bytes: frame.length });
    return;
  }
  const { delayMs } = model.conditions().kafka;
  setTimeout(() => {
    if (!socket.destroyed) socket.write(answer.frame);
  }, delayMs);
  context.onRequest(answer.apiKey);
  recordRequests(state, answer.apiKey, {
    count: 1,
    seconds: (performance.now() - startedMs + delayMs) / 1000,
    requestBytes: frame.length,
    responseBytes: answer.frame.length - 4,
  });
}

/**
 * What this simulation cannot answer counts as an internal error, is logged, and ends the
 * connection; the real server knows more requests than these two.
 */
function refuseFrame(
  socket: Socket,
  context: KafkaContext,
  { reason, bytes }: { reason: string; bytes: number },
): void {
  const { state } = context.model();
  recordRequests(state, "unknown", {
    count: 1,
    failed: true,
    seconds: 0.0001,
    requestBytes: bytes,
    responseBytes: 0,
  });
  writeLog(state, {
    level: "WARN",
    target: "streamline::protocol::kafka::connection",
    message: "Request processing failed",
    fields: { error: `Protocol error: ${reason}` },
  });
  socket.destroy();
}
