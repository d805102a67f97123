/** Servers that behave, and servers that do not: what a target may turn out to be. */

import { createServer, type RequestListener } from "node:http";
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from "node:net";
import type { Target } from "../../../src/diagnosis/target.ts";

export interface Running {
  readonly port: number;
  /** Connections accepted so far. */
  connections(): number;
  stop(): Promise<void>;
}

/** A TCP server whose every connection is handed over. */
export function tcpServer(onSocket: (socket: Socket) => void): Promise<Running> {
  return listen(createTcpServer(), onSocket);
}

export function httpServer(onRequest: RequestListener): Promise<Running> {
  return listen(createServer(onRequest), () => undefined);
}

/** An HTTP server with fixed answers by path, everything else is 404. */
export function answering(answers: Readonly<Record<string, FixedAnswer>>): Promise<Running> {
  return httpServer((request, response) => {
    const answer = answers[request.url ?? ""];
    response.writeHead(answer?.status ?? (answer === undefined ? 404 : 200), {
      "x-streamline-version": "0.2.0",
      ...answer?.headers,
    });
    response.end(answer?.body ?? "");
  });
}

export interface FixedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A server that answers one Kafka ApiVersions request as Streamline does, with two API keys. */
export function kafkaServer(): Promise<Running> {
  return tcpServer((socket) => {
    socket.on("data", (request) => {
      const correlationId = Buffer.from(request).readInt32BE(8);
      socket.write(apiVersionsAnswer(correlationId));
    });
  });
}

/** ApiVersions response v3: error 0, Produce 0-9 and Fetch 0-11, throttle 0. */
export function apiVersionsAnswer(correlationId: number): Buffer {
  const body = Buffer.from(
    "0000" + "03" + "00000000000900" + "00010000000b00" + "00000000" + "00",
    "hex",
  );
  const head = Buffer.alloc(8);
  head.writeInt32BE(4 + body.length, 0);
  head.writeInt32BE(correlationId, 4);
  return Buffer.concat([head, body]);
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = await tcpServer(() => undefined);
  await server.stop();
  return server.port;
}

export function targetAt(
  ports: { readonly http: number; readonly kafka?: number },
  rest: Partial<Target> = {},
): Target {
  return {
    name: "orders",
    http: `http://127.0.0.1:${ports.http}`,
    kafka: `127.0.0.1:${ports.kafka ?? ports.http}`,
    labels: {},
    timeoutMs: 5_000,
    maxBodyBytes: 1024 * 1024,
    ...rest,
  };
}

function listen(server: Server, onSocket: (socket: Socket) => void): Promise<Running> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on("connection", (socket) => {
    connections++;
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    onSocket(socket);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve({
        port: portOf(server.address()),
        connections: () => connections,
        stop() {
          for (const socket of sockets) socket.destroy();
          return new Promise((stopped) => {
            server.close(() => stopped());
          });
        },
      });
    });
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  return address.port;
}
