/** GET and nothing else, from one target, bounded in time and size. */

import type { Target } from "../../diagnosis/target.ts";
import { urlOf } from "./address.ts";
import { type BoundedRequest, createBoundedClient, type RequestResult } from "./bounded-request.ts";

type GetOptions = Pick<BoundedRequest, "limitBytes" | "onHead">;

export interface HttpGet {
  /** Never throws for what the target does. A path that leaves the base address throws. */
  get(path: string, options: GetOptions): Promise<RequestResult>;
  /** Ends what is under way as `failed`. */
  close(): Promise<void>;
}

/** `headers` go with every request: credentials of an outside system that wants some. */
export function createHttpGet(
  target: Pick<Target, "http" | "timeoutMs">,
  headers: Readonly<Record<string, string>> = {},
): HttpGet {
  const client = createBoundedClient(target);
  return {
    get: (path, options) =>
      client.request(urlOf(target, path), { ...options, headers, method: "GET" }),
    close: () => client.close(),
  };
}
