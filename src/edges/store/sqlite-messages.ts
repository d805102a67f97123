/** What the store's threads are asked, and answer. */

import type { Statement, StatementResult } from "./connection.ts";
import type { OperationName } from "./operations.ts";
import type { PlainError } from "./store-error.ts";

/** A writer also reads. */
export type ThreadRole = "writer" | "reader";

export type StoreWork =
  | { readonly kind: "operation"; readonly name: OperationName; readonly argument: unknown }
  | { readonly kind: "read"; readonly statements: readonly Statement[] }
  /** Nothing is asked after it: the file is left whole, without the log beside it. */
  | { readonly kind: "close" };

/** What a read gave, and how long the thread was busy with it. */
export interface TimedRead {
  readonly results: readonly StatementResult[];
  readonly ms: number;
}

export type StoreRequest = StoreWork & { readonly id: number };

export type StoreAnswer =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: PlainError };
