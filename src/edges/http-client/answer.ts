/** What came of a request. */

import type { Failure } from "../../diagnosis/reply.ts";

/** Status and headers, known before the first byte of the body. */
export interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

export type RequestResult = { readonly ms: number; readonly bytes: number } & (
  | ({ readonly kind: "answered" } & Head)
  | Failure
);
