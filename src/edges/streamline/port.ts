/** A TCP connection to a target, with one time limit over all that is done with it. */

import { createConnection, type Socket } from "node:net";
import type { Failure, PortReply } from "../../diagnosis/reply.ts";
import { failureOf } from "../http-client/failures.ts";
import type { Address } from "./address.ts";

export type Connected =
  | { readonly socket: Socket; readonly ms: number }
  | { readonly socket: undefined; readonly failure: Failure };

export interface PortLimits {
  readonly timeoutMs: number;
  /** Ends the connection when the bot stops, also after it was made. */
  readonly signal?: AbortSignal;
}

/** Connects within the limits; the caller owns the socket and must destroy it. */
export function openPort(address: Address, limits: PortLimits): Promise<Connected> {
  const { timeoutMs, signal } = limits;
  const started = performance.now();
  const elapsed = (): number => performance.now() - started;
  if (address.port < 1 || address.port > 65_535) {
    const failure = { kind: "failed", ms: 0, detail: `there is no port ${address.port}` } as const;
    return Promise.resolve({ socket: undefined, failure });
  }

  const socket = createConnection({ ...address, ...(signal === undefined ? {} : { signal }) });
  return new Promise((resolve) => {
    const fail = (failure: Failure): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ socket: undefined, failure });
    };
    const timer = setTimeout(() => {
      fail({ kind: "timeout", ms: elapsed(), afterMs: timeoutMs, connected: false });
    }, timeoutMs);
    socket.once("connect", () => {
      clearTimeout(timer);
      resolve({ socket, ms: elapsed() });
    });
    // Stays for good: an error event without a listener would end the process.
    socket.on("error", (error) => {
      fail(failureOf(error, { ms: elapsed(), timeoutMs, connected: false }));
    });
  });
}

/** Whether something listens at an address; the connection is closed at once. */
export async function probePort(address: Address, limits: PortLimits): Promise<PortReply> {
  const connected = await openPort(address, limits);
  if (connected.socket === undefined) return connected.failure;
  connected.socket.destroy();
  return { kind: "open", ms: connected.ms };
}
