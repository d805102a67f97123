/** Where a target listens, as host and port. */

import type { Target } from "../../diagnosis/target.ts";

export interface Address {
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
}

export function httpAddress(target: Target): Address {
  const url = new URL(target.http);
  const standard = url.protocol === "https:" ? 443 : 80;
  return { host: bare(url.hostname), port: url.port === "" ? standard : Number(url.port) };
}

export function kafkaAddress(target: Target): Address {
  const colon = target.kafka.lastIndexOf(":");
  return { host: bare(target.kafka.slice(0, colon)), port: Number(target.kafka.slice(colon + 1)) };
}

/**
 * The full address of a path of the target's HTTP API.
 *
 * Group and topic names come from the server and end up in paths, so a path that would leave the
 * configured base address is refused here, whoever built it.
 */
export function urlOf(target: Pick<Target, "http">, path: string): URL {
  const base = new URL(target.http);
  const url = new URL(target.http + path);
  const prefix = base.pathname.replace(/\/+$/, "");
  if (!path.startsWith("/") || url.origin !== base.origin || !isUnder(url.pathname, prefix)) {
    throw new Error(`Path ${path} is not below the target's address ${target.http}`);
  }
  return url;
}

function isUnder(path: string, prefix: string): boolean {
  return path.startsWith(`${prefix}/`);
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, "");
}
