/**
 * Response URLs: leave to answer one command or click, 5 times within 30 minutes
 * (slack-platform: Acks).
 */

import { randomUUID } from "node:crypto";

/** What the person did, and where; `source` is the message they clicked in, if they did. */
export interface Occasion {
  readonly user: string;
  readonly channel: string;
  readonly threadTs?: string;
  readonly source?: { readonly ts: string; readonly ephemeral: boolean };
}

type Spent =
  | { readonly kind: "valid"; readonly occasion: Occasion }
  | { readonly kind: "refused"; readonly error: "used_url" | "expired_url" | "not_found" };

export interface ResponseUrls {
  /** The path of a fresh URL. */
  issue(occasion: Occasion): string;
  /** Counts one use of this path. */
  spend(path: string): Spent;
}

export const RESPONSE_PATH = "/respond/";

const USES = 5;
const LIFETIME_MS = 30 * 60 * 1_000;

/** No URLs at first; `clock` tells when one is too old. `spend` gives its occasion, or Slack's error. */
export function createResponseUrls(clock: () => Date): ResponseUrls {
  const issued = new Map<string, { occasion: Occasion; at: number; uses: number }>();
  return {
    issue(occasion) {
      const path = `${RESPONSE_PATH}${randomUUID()}`;
      issued.set(path, { occasion, at: clock().getTime(), uses: 0 });
      return path;
    },
    spend(path) {
      const found = issued.get(path);
      if (found === undefined) return { kind: "refused", error: "not_found" };
      if (clock().getTime() - found.at > LIFETIME_MS) {
        return { kind: "refused", error: "expired_url" };
      }
      if (found.uses >= USES) return { kind: "refused", error: "used_url" };
      found.uses += 1;
      return { kind: "valid", occasion: found.occasion };
    },
  };
}
