/** Asking the members of a cluster: each holds everything, so the first that answers is enough. */

import type { AlertmanagerResult } from "./ports.ts";

export interface MemberAnswer<T> {
  /** The member that answered; the first one when none did. */
  readonly address: string;
  readonly result: AlertmanagerResult<T>;
}

/** `addresses` holds at least one. An answer that is too large is an answer. */
export async function firstAnswer<T>(
  addresses: readonly string[],
  ask: (address: string) => Promise<AlertmanagerResult<T>>,
): Promise<MemberAnswer<T>> {
  let first: MemberAnswer<T> | undefined;
  for (const address of addresses) {
    const result = await ask(address);
    if (result.kind === "answered" || result.isTooLarge) return { address, result };
    first ??= { address, result };
  }
  if (first === undefined) throw new Error("there is no member to ask");
  return first;
}
