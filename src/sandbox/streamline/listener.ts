/** A TCP listener that can be closed hard and opened again on the same port. */
import { once } from "node:events";
import type { AddressInfo, Server, Socket } from "node:net";

export interface Listener {
  /** The port, known from the first opening on. */
  readonly port: number;
  open(): Promise<void>;
  /** Stops listening and cuts all connections, as the end of a process does. */
  close(): Promise<void>;
}

/** `server` is an unstarted HTTP or TCP server; port 0 takes a free one at the first opening. */
export function createListener(server: Server, host: string, firstPort: number): Listener {
  const sockets = new Set<Socket>();
  let port = firstPort;
  // A failed `listen` is thrown by `open`; a failed accept concerns one client only.
  server.on("error", () => {});
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // A client that goes away in the middle of an answer is no news.
    socket.on("error", () => {});
  });
  return {
    get port() {
      return port;
    },
    async open() {
      if (server.listening) return;
      server.listen({ host, port });
      await once(server, "listening");
      port = portOf(server.address());
    },
    async close() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("not a TCP listener");
  return address.port;
}
