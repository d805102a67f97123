/**
 * How much of the server one address may take: connections, and requests that prove nothing.
 *
 * Whoever carries a token or Slack's signature is limited by what it sends, not by how often: in a
 * storm Alertmanager sends forty notifications a second, and a refused one is lost.
 */

import type { Server } from "node:http";
import type { Socket } from "node:net";

export interface AddressLimits {
  /** Connections of one address at a time; a proxy before the bot is one address, too. */
  readonly connections: number;
  /** Requests a second without credentials that are answered, and as many again at once. */
  readonly requestsPerSecond: number;
  /** A request must have arrived whole within this time: a slow sender must not hold a socket. */
  readonly requestMs: number;
  /** The same for its headers, which are some hundred bytes. */
  readonly headersMs: number;
  /** How often connections are checked, and those that took too long are closed. */
  readonly everyMs: number;
}

export const ADDRESS_LIMITS: AddressLimits = {
  connections: 256,
  requestsPerSecond: 50,
  requestMs: 30_000,
  headersMs: 10_000,
  // Node's own default would let a sender take twice as long.
  everyMs: 2_000,
};

/** Addresses that are remembered at a time; beyond, the oldest is forgotten. */
const MOST_ADDRESSES = 10_000;

/**
 * Who counts as one: an address of IPv4, also where it is written as one of IPv6 (RFC 4291, 2.5.5.2), and
 * of IPv6 the network of 64 bits, of which whoever has one address has all.
 */
export function senderOf(address: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(":")) return address;
  const [head = "", tail] = (address.split("%")[0] ?? "").split("::");
  const groups = head === "" ? [] : head.split(":");
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(":").length;
  const all = [...groups, ...Array.from({ length: Math.max(0, missing) }, () => "0")];
  const whole = tail === undefined ? all : [...all, ...tail.split(":")];
  return `${whole.slice(0, 4).join(":")}::/64`;
}

/** Closes connections beyond the limit at once, before anything of theirs is read. */
export function limitConnections(server: Server, { connections }: AddressLimits): void {
  const open = new Map<string, number>();
  server.on("connection", (socket: Socket) => {
    const address = senderOf(socket.remoteAddress ?? "");
    const count = (open.get(address) ?? 0) + 1;
    if (count > connections) {
      socket.destroy();
      return;
    }
    open.set(address, count);
    socket.once("close", () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    });
  });
}

/** Says whether an address may be answered once more. */
export type TakeTurn = (address: string) => boolean;

/** A bucket for each address: it fills with time and every request takes from it. */
export function createAddressTurns(
  { requestsPerSecond }: AddressLimits,
  now: () => number,
): TakeTurn {
  const buckets = new Map<string, { left: number; atMs: number }>();
  const most = 2 * requestsPerSecond;
  return (address) => {
    const nowMs = now();
    const known = buckets.get(address);
    const passedMs = known === undefined ? 0 : Math.max(0, nowMs - known.atMs);
    const left = known === undefined ? most : known.left + (passedMs * requestsPerSecond) / 1_000;
    const bucket = { left: Math.min(most, left) - 1, atMs: nowMs };
    buckets.delete(address);
    buckets.set(address, { ...bucket, left: Math.max(0, bucket.left) });
    const [oldest] = buckets.keys();
    if (buckets.size > MOST_ADDRESSES && oldest !== undefined) buckets.delete(oldest);
    return bucket.left >= 0;
  };
}
