/** Faults of Slack's Web API that a test or a person switches on for the next calls of a method. */

export type FaultKind =
  | "channel_not_found"
  | "not_in_channel"
  | "invalid_blocks"
  /** 429 with Retry-After. */
  | "rate_limited"
  /** 500 without having done anything. */
  | "server_error"
  /** The call is carried out, then the connection breaks: the caller cannot know. */
  | "lost_answer";

export interface Fault {
  /** Such as `chat.postMessage`. */
  readonly method: string;
  readonly kind: FaultKind;
  /** How many calls it hits. */
  readonly times: number;
  /** Seconds in Retry-After; only for `rate_limited`. Default 1. */
  readonly retryAfter?: number;
  /** Hits only calls for this channel id. */
  readonly channel?: string;
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** The fault that this call meets, if any; it counts as used. */
  take(method: string, channel: string): Fault | undefined;
}

/** No faults at first. `take` gives the next one for a call of `method` in `channel`, and counts it as used. */
export function createFaults(): Faults {
  let waiting: { fault: Fault; left: number }[] = [];
  return {
    add(fault) {
      waiting.push({ fault, left: fault.times });
    },
    clear() {
      waiting = [];
    },
    take(method, channel) {
      const met = waiting.find(
        ({ fault }) =>
          fault.method === method && (fault.channel === undefined || fault.channel === channel),
      );
      if (met === undefined) return undefined;
      met.left -= 1;
      waiting = waiting.filter(({ left }) => left > 0);
      return met.fault;
    },
  };
}
