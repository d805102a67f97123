/** What the store's threads are asked, and answer. */

import type { OperationName } from "./operations.ts";
import type { PlainError } from "./store-error.ts";

export type ThreadRole = "writer" | "reader";

export interface StoreRequest {
  readonly id: number;
  readonly name: OperationName;
  readonly argument: unknown;
}

export type StoreAnswer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: PlainError };
