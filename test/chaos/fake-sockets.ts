/**
 * Socket Mode of the fake Slack. Each event goes to one connection, whose acknowledgement is lost, and
 * then to the next, as Slack does that shares an app's events over its connections.
 */

import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";

export interface FakeSockets {
  /** Sends an event twice, to two connections where there are two; the milliseconds until the second ack. */
  sendTwice(body: object): Promise<number>;
  cut(): void;
}

const PATH = "/link/";
/** Slack sends an event again when no acknowledgement came within this time. */
const LOST_AFTER_MS = 1_000;
const PING_EVERY_MS = 5_000;

/** The address that apps.connections.open answers with. */
export function socketAddress(port: number): string {
  return `ws://127.0.0.1:${port}${PATH}`;
}

export function takeSockets(server: Server): FakeSockets {
  const sockets = new WebSocketServer({ noServer: true });
  const acks = new Map<string, () => void>();
  server.on("upgrade", (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (connection) => {
      sockets.emit("connection", connection, request);
    });
  });
  sockets.on("connection", (connection) => {
    connection.on("message", (data: Buffer) => {
      const { envelope_id: id } = JSON.parse(data.toString()) as { envelope_id?: string };
      acks.get(id ?? "")?.();
    });
    const info = { app_id: "A1" };
    const debug = { host: "chaos", approximate_connection_time: 18_060 };
    const hello = { type: "hello", num_connections: 1, connection_info: info, debug_info: debug };
    connection.send(JSON.stringify(hello));
  });
  setInterval(() => {
    for (const connection of sockets.clients) connection.ping();
  }, PING_EVERY_MS).unref();
  let turn = 0;
  const next = (): WebSocket | undefined => {
    const open = [...sockets.clients].filter((each) => each.readyState === each.OPEN);
    turn += 1;
    return open[turn % Math.max(1, open.length)];
  };
  return {
    async sendTwice(body) {
      await send(next(), { body, attempt: 0, acked: () => undefined });
      const acked = Promise.withResolvers<void>();
      const beganAt = performance.now();
      const id = await send(next(), { body, attempt: 1, acked: acked.resolve, acks });
      await acked.promise;
      acks.delete(id);
      return performance.now() - beganAt;
    },
    cut() {
      for (const connection of sockets.clients) connection.terminate();
    },
  };
}

interface Sending {
  readonly body: object;
  readonly attempt: number;
  readonly acked: () => void;
  /** Where its acknowledgement is waited for; without it, it is lost. */
  readonly acks?: Map<string, () => void>;
}

async function send(connection: WebSocket | undefined, sending: Sending): Promise<string> {
  const { body, attempt, acked, acks } = sending;
  const id = randomUUID();
  acks?.set(id, acked);
  const envelope = {
    envelope_id: id,
    type: "events_api",
    accepts_response_payload: false,
    payload: body,
    retry_attempt: attempt,
    retry_reason: attempt === 0 ? "" : "timeout",
  };
  connection?.send(JSON.stringify(envelope));
  if (acks === undefined) await new Promise((resolve) => setTimeout(resolve, LOST_AFTER_MS));
  return id;
}
