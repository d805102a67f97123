/** GET and nothing else, from one server, below its address, bounded in time and size. */

import type { Target } from "../../diagnosis/target.ts";
import type { RequestResult } from "./answer.ts";
import { type BoundedRequest, createBoundedClient } from "./bounded-request.ts";

type GetOptions = Pick<BoundedRequest, "limitBytes" | "onHead">;

export interface HttpGet {
  /** Never throws for what the target does. A path that leaves the base address throws. */
  get(path: string, options: GetOptions): Promise<RequestResult>;
  /** Ends what is under way as `failed`. */
  close(): Promise<void>;
}

/** `headers` are asked for with every request: credentials of an outside system may change. */
export function createHttpGet(
  target: Pick<Target, "http" | "timeoutMs">,
  headers: () => Readonly<Record<string, string>> = () => ({}),
): HttpGet {
  const client = createBoundedClient(target);
  return {
    get: (path, options) =>
      client.request(urlOf(target, path), { ...options, headers: headers(), method: "GET" }),
    close: () => client.close(),
  };
}

/**
 * The full address of a path of the server's HTTP API.
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
