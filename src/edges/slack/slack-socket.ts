/**
 * Socket Mode's connection. Whoever calls `connect` again after each close keeps it up: Bolt's own way
 * ends the process when Slack refuses the app-level token or answers with an error of HTTP, and waits
 * without a word when it was revoked.
 */

import type { SocketModeReceiver } from "./bolt.ts";

export interface SlackSocket {
  /** Resolves when it is connected, or was; rejects, within seconds, when Slack does not let it. */
  connect(): Promise<void>;
  /** It closed, or came to nothing; Slack closes each now and then. */
  onClose(tell: () => void): void;
  /** Gives the connection up, so that the next `connect` opens another. */
  reconnect(): void;
  stop(): Promise<void>;
}

/** A connection that Slack has not greeted by then comes to nothing. */
const GREETING_MS = 15_000;

type Client = SocketModeReceiver["client"];

/** `connect` waits until Slack has greeted, and throws why it did not. */
export function keepSocket(client: Client): SlackSocket {
  let isConnected = false;
  let isStopped = false;
  return {
    async connect() {
      if (isConnected || isStopped) return;
      await greeted(client);
      isConnected = true;
    },
    onClose(tell) {
      client.on("disconnected", () => {
        isConnected = false;
        if (!isStopped) tell();
      });
    },
    reconnect() {
      if (isConnected) void client.disconnect();
    },
    async stop() {
      isStopped = true;
      // It would wait for a peer that has gone.
      void client.disconnect();
    },
  };
}

async function greeted(client: Client): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    void client.disconnect();
    late.reject(new Error(`Slack did not greet the connection within ${GREETING_MS / 1000} s`));
  }, GREETING_MS);
  try {
    await Promise.race([client.start(), late.promise]);
  } catch (error) {
    // The client rejects with nothing at all when the connection closes before it is greeted.
    throw error instanceof Error
      ? error
      : new Error("Slack closed the connection before it was open");
  } finally {
    clearTimeout(timer);
  }
}
