/**
 * How many webhooks the bot takes in at a time.
 *
 * Beyond what can be stored soon, a sender is asked to come back: Alertmanager does, and its next
 * notification holds the whole group again. So memory stays bounded, whatever is sent.
 */

export interface Admission {
  /** False when there is no room; else `leave` must be called once, when the webhook is answered. */
  enter(bytes: number): boolean;
  leave(bytes: number): void;
}

export interface AdmissionLimits {
  readonly requests: number;
  readonly bytes: number;
}

/** A request alone is always let in: its own size is limited elsewhere. */
export function createAdmission({ requests, bytes: mostBytes }: AdmissionLimits): Admission {
  let inside = 0;
  let held = 0;
  return {
    enter(bytes) {
      if (inside > 0 && (inside >= requests || held + bytes > mostBytes)) return false;
      inside += 1;
      held += bytes;
      return true;
    },
    leave(bytes) {
      inside -= 1;
      held -= bytes;
    },
  };
}
