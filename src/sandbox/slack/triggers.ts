/** Trigger ids: leave to open a modal for one person, once, within 3 seconds of what they did. */

import { randomUUID } from "node:crypto";

interface Trigger {
  readonly user: string;
  /** The modal in which the person acted, if any: only from there can one push another. */
  readonly viewId?: string;
}

type Redeemed =
  | { readonly kind: "valid"; readonly trigger: Trigger }
  | {
      readonly kind: "refused";
      readonly error: "invalid_trigger_id" | "exchanged_trigger_id" | "expired_trigger_id";
    };

export interface Triggers {
  issue(trigger: Trigger): string;
  redeem(id: string): Redeemed;
}

/** Source: slack-platform, Acks ("trigger_id lives ~3 s"). */
const LIFETIME_MS = 3_000;

/** No triggers at first. `redeem` answers an id that is unknown, used or too old with Slack's error for it. */
export function createTriggers(clock: () => Date): Triggers {
  const issued = new Map<string, { trigger: Trigger; at: number; used: boolean }>();
  return {
    issue(trigger) {
      const at = clock().getTime();
      const id = `${at}.${issued.size + 1}.${randomUUID().replaceAll("-", "")}`;
      issued.set(id, { trigger, at, used: false });
      return id;
    },
    redeem(id) {
      const found = issued.get(id);
      if (found === undefined) return { kind: "refused", error: "invalid_trigger_id" };
      if (found.used) return { kind: "refused", error: "exchanged_trigger_id" };
      if (clock().getTime() - found.at > LIFETIME_MS) {
        return { kind: "refused", error: "expired_trigger_id" };
      }
      found.used = true;
      return { kind: "valid", trigger: found.trigger };
    },
  };
}
