/**
 * Slack's Socket Mode: the bot asks for an address, connects, and gets the same payloads as over
 * HTTP inside envelopes, each of which it acknowledges by its id.
 */

import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { parseJson } from "../../exposition/parse-json.ts";
import type { BotLink, BotReply, BotRequest, Retry } from "./bot-link.ts";
import { type Json, object, text } from "./json.ts";

export interface SocketLinkOptions {
  readonly server: Server;
  readonly appId: string;
  readonly ackWithinMs: number;
  /** Called when the number of open connections changes. */
  readonly onConnections: (open: number) => void;
}

export interface SocketLink extends BotLink {
  /** A ticket for one connection, as in the address that `apps.connections.open` answers. */
  issueTicket(): string;
  connections(): number;
  /** Asks every bot to connect again, as Slack does when it moves a connection to another machine. */
  refresh(): void;
  /** Says goodbye to every connection, and cuts those that do not answer. */
  close(): Promise<void>;
}

export const SOCKET_PATH = "/link/";

/** Bolt gives a connection up after 30 s without a ping; Slack sends one about every 10 s. */
const PING_EVERY_MS = 10_000;

/** A client that was cut off without a goodbye keeps its process alive for 30 s (socket-mode 3). */
const GOODBYE_MS = 500;

interface Waiting {
  readonly connection: WebSocket;
  readonly settle: (reply: BotReply) => void;
}

/**
 * Takes over the server's WebSocket upgrades; each needs a ticket of `issueTicket`, once. `send` never
 * rejects: no socket, or no acknowledgement within `ackWithinMs` milliseconds, is a kind of its answer.
 */
export function createSocketLink(options: SocketLinkOptions): SocketLink {
  const sockets = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const waiting = new Map<string, Waiting>();
  let turn = 0;

  options.server.on("upgrade", (request, socket, head) => {
    const address = new URL(request.url ?? "/", "http://sandbox");
    const ticket = address.searchParams.get("ticket") ?? "";
    if (address.pathname !== SOCKET_PATH || !tickets.delete(ticket)) {
      socket.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connection) => {
      // ws adds the connection to `clients` only on its own "connection" event.
      sockets.emit("connection", connection, request);
    });
  });
  sockets.on("connection", (connection) => {
    connection.on("message", (data) => settleAcknowledged(waiting, data));
    connection.on("close", () => {
      for (const each of waiting.values()) {
        if (each.connection === connection) each.settle({ kind: "unreachable" });
      }
      options.onConnections(sockets.clients.size);
    });
    connection.send(JSON.stringify(hello(options.appId, sockets.clients.size)));
    options.onConnections(sockets.clients.size);
  });
  const pings = setInterval(() => {
    for (const connection of sockets.clients) connection.ping();
  }, PING_EVERY_MS);
  pings.unref();

  return {
    issueTicket() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return ticket;
    },
    connections: () => sockets.clients.size,
    refresh() {
      const notice = JSON.stringify({ type: "disconnect", reason: "refresh_requested" });
      for (const connection of sockets.clients) connection.send(notice);
    },
    async send(request, retry) {
      const open = [...sockets.clients].filter((each) => each.readyState === each.OPEN);
      turn += 1;
      // Slack shares the load over an app's connections: any replica may get any envelope.
      const connection = open[turn % Math.max(open.length, 1)];
      if (connection === undefined) return { kind: "unreachable" };
      return exchange(connection, envelope(request, retry), {
        waiting,
        withinMs: options.ackWithinMs,
      });
    },
    async close() {
      clearInterval(pings);
      await Promise.all([...sockets.clients].map(sayGoodbye));
      sockets.close();
    },
  };
}

interface Exchange {
  readonly waiting: Map<string, Waiting>;
  readonly withinMs: number;
}

function exchange(connection: WebSocket, sent: Json, { waiting, withinMs }: Exchange) {
  const id = text(sent, "envelope_id");
  return new Promise<BotReply>((resolve) => {
    const settle = (reply: BotReply) => {
      clearTimeout(timer);
      waiting.delete(id);
      resolve(reply);
    };
    const timer = setTimeout(() => settle({ kind: "timed_out" }), withinMs);
    waiting.set(id, { connection, settle });
    connection.send(JSON.stringify(sent));
  });
}

function sayGoodbye(connection: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => connection.terminate(), GOODBYE_MS);
    connection.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    connection.close(1000);
  });
}

function settleAcknowledged(waiting: Map<string, Waiting>, data: RawData): void {
  const message = Buffer.isBuffer(data) ? parseJson(data.toString()) : undefined;
  const payload = object(message, "payload");
  const answered = payload !== undefined && Object.keys(payload).length > 0;
  waiting.get(text(message, "envelope_id"))?.settle({
    kind: "acknowledged",
    body: answered ? plainText(payload) : undefined,
  });
}

/** Bolt wraps `ack("words")` as `{ text: "words" }`; over HTTP the same arrives as bare words. */
function plainText(payload: Json): Json | string {
  const only = Object.keys(payload).length === 1 && typeof payload["text"] === "string";
  return only ? text(payload, "text") : payload;
}

function hello(appId: string, open: number): Json {
  return {
    type: "hello",
    num_connections: open,
    connection_info: { app_id: appId },
    debug_info: { host: "sandbox", approximate_connection_time: 18_060 },
  };
}

function envelope({ kind, payload }: BotRequest, retry: Retry | undefined): Json {
  return {
    envelope_id: randomUUID(),
    type: kind,
    accepts_response_payload: kind !== "events_api",
    payload,
    ...(kind === "events_api"
      ? { retry_attempt: retry?.number ?? 0, retry_reason: retry?.reason ?? "" }
      : {}),
  };
}
