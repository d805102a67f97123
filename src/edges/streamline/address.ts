/** Where a target listens, as host and port. */

import type { Target } from "../../diagnosis/target.ts";

export interface Address {
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
}

/** Of the target's HTTP API. */
export function httpAddress(target: Target): Address {
  return addressOfUrl(target.http);
}

/** Of a URL, with its scheme's standard port; throws where it is none. */
export function addressOfUrl(address: string): Address {
  const url = new URL(address);
  const standard = url.protocol === "https:" ? 443 : 80;
  return { host: bare(url.hostname), port: url.port === "" ? standard : Number(url.port) };
}

/** Of the target's Kafka listener. */
export function kafkaAddress(target: Target): Address {
  const colon = target.kafka.lastIndexOf(":");
  return { host: bare(target.kafka.slice(0, colon)), port: Number(target.kafka.slice(colon + 1)) };
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, "");
}
