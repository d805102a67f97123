/**
 * Why deliveries fail, and until when what would fail for the same reason need not be tried: one
 * channel, the token, or Slack as a whole.
 *
 * The wait belongs to the cause and not to the rows, so one success wakes everything that waited for
 * it, worst first. When a wait is over, one row tries it; the others wait for its outcome.
 */

type Cause =
  | { readonly kind: "channel"; readonly channel: string; readonly error: string }
  /** The channel's last posts are in doubt: something is wrong, and nobody knows what. */
  | { readonly kind: "doubt"; readonly channel: string }
  | { readonly kind: "token" }
  | { readonly kind: "slack" };

/** Milliseconds: the first wait, which doubles with each failure, up to the longest. */
const WAITS = {
  // Somebody invites the bot, and expects its messages soon after.
  channel: { first: 1_000, longest: 30_000 },
  token: { first: 1_000, longest: 30_000 },
  // An outage must not be felt longer than it lasts.
  doubt: { first: 500, longest: 3_000 },
  slack: { first: 500, longest: 3_000 },
} as const;

interface CausedWait {
  /** The channel that must wait; undefined for all of them. */
  readonly channel: string | undefined;
  /** Until a row may try it, in milliseconds; undefined while one does. */
  readonly ms: number | undefined;
}

export interface Causes {
  failed(cause: Cause): void;
  /** Slack took something for this channel: neither the channel, the token nor Slack is in trouble. */
  succeeded(channel: string): void;
  /** Slack answers, or takes the token, again: a row may try it now. */
  mayTry(kind: "token" | "slack"): void;
  /** A row of this channel begins: if it tries a cause, nobody else does meanwhile. */
  began(channel: string): void;
  /** That row came to nothing, neither success nor failure. */
  ended(channel: string): void;
  waiting(): readonly CausedWait[];
  /** Channels that take no messages, and what Slack says of each. */
  refused(): readonly RefusedChannel[];
  /** Those of the causes that concern all channels. */
  general(): readonly ("token" | "slack")[];
}

export interface RefusedChannel {
  readonly channel: string;
  readonly error: string;
}

interface Trouble {
  readonly error: string | undefined;
  readonly channel: string | undefined;
  failures: number;
  until: number;
  isTried: boolean;
}

/** `elapsed` is a monotonic time in milliseconds. */
export function createCauses(elapsed: () => number): Causes {
  const troubles = new Map<string, Trouble>();
  const concerning = (channel: string): [string, Trouble][] =>
    [...troubles].filter(([, each]) => each.channel === undefined || each.channel === channel);
  return {
    failed(cause) {
      const channel = "channel" in cause ? cause.channel : undefined;
      const key = channel ?? cause.kind;
      const failures = (troubles.get(key)?.failures ?? 0) + 1;
      const { first, longest } = WAITS[cause.kind];
      const ms = Math.min(longest, first * 2 ** (failures - 1));
      const error = "error" in cause ? cause.error : undefined;
      troubles.set(key, { channel, error, failures, until: elapsed() + ms, isTried: false });
    },
    succeeded(channel) {
      for (const [key] of concerning(channel)) troubles.delete(key);
    },
    mayTry(kind) {
      const trouble = troubles.get(kind);
      if (trouble !== undefined) trouble.until = elapsed();
    },
    began(channel) {
      for (const [, trouble] of concerning(channel)) trouble.isTried = true;
    },
    ended(channel) {
      for (const [, trouble] of concerning(channel)) trouble.isTried = false;
    },
    waiting() {
      const now = elapsed();
      return [...troubles.values()].flatMap(({ channel, until, isTried }) =>
        isTried || until > now ? [{ channel, ms: isTried ? undefined : until - now }] : [],
      );
    },
    refused: () =>
      [...troubles.values()].flatMap(({ channel, error }) =>
        channel === undefined || error === undefined ? [] : [{ channel, error }],
      ),
    general: () => (["token", "slack"] as const).filter((kind) => troubles.has(kind)),
  };
}
