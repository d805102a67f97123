/**
 * Whether Slack has a message whose answer never reached us.
 *
 * One search proves little: history lags behind some seconds, and a request that we gave up may still
 * be done. So a message is searched for again until enough time has passed, and then posted again; and
 * what turns up later is deleted (late-copies.ts).
 */

import type { FoundMessage, MessagePlace, Messenger } from "./messenger.ts";

type EarlierAttempt =
  | { readonly kind: "found"; readonly ts: string; readonly copies: readonly FoundMessage[] }
  /** Not seen so far: to be searched for again after so many milliseconds. */
  | { readonly kind: "not-yet"; readonly afterMs: number }
  | { readonly kind: "not-there" }
  /** Slack did not answer, or did not show everything. */
  | { readonly kind: "unknown"; readonly error: string };

export interface Sought {
  readonly key: string;
  readonly place: MessagePlace;
  /** The attempts were made after this moment of our clock. */
  readonly sinceMs: number;
}

export interface EarlierAttempts {
  /** The outcome of an attempt that ended now is unknown: from now on it is searched for. */
  doubt(key: string): void;
  searchFor(sought: Sought): Promise<EarlierAttempt>;
  settled(key: string): void;
  /** Messages in Slack under this key now. */
  messages(sought: Sought): Promise<FoundMessage[]>;
}

/** History was seen to lag 3 s; twice that, and the request has been given up before. */
const DOUBT_MS = 6_000;
const SEARCH_AGAIN_MS = 1_500;

/** `elapsed` is a monotonic clock in milliseconds. Doubts are this process's own. */
export function createEarlierAttempts(
  messenger: Pick<Messenger, "ours">,
  elapsed: () => number,
): EarlierAttempts {
  const doubts = new Map<string, number>();
  const read = sharedReads(messenger);
  const messages = async ({ key, place, sinceMs }: Sought): Promise<FoundMessage[]> =>
    (await read(place, sinceMs))
      .filter((message) => message.key === key)
      .toSorted((a, b) => Number(a.ts) - Number(b.ts));
  return {
    messages,
    doubt: (key) => void doubts.set(key, elapsed()),
    settled: (key) => void doubts.delete(key),
    async searchFor(sought) {
      // After a restart nobody knows when the attempt was made: its doubt begins now.
      const since = doubts.get(sought.key) ?? elapsed();
      doubts.set(sought.key, since);
      try {
        const [first, ...copies] = await messages(sought);
        if (first !== undefined) return { kind: "found", ts: first.ts, copies };
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { kind: "unknown", error: `cannot search for an earlier attempt: ${reason}` };
      }
      if (elapsed() - since < DOUBT_MS) return { kind: "not-yet", afterMs: SEARCH_AGAIN_MS };
      return { kind: "not-there" };
    },
  };
}

interface SharedRead {
  readonly sinceMs: number;
  readonly result: Promise<FoundMessage[]>;
}

/**
 * Reads of one place that wait at the same time share one: in an outage many rows search for theirs,
 * and Slack allows 50 reads a minute. A read that has begun may have missed what is sought now, so
 * the next one is shared, not this one.
 */
function sharedReads(messenger: Pick<Messenger, "ours">) {
  const underWay = new Map<string, Promise<unknown>>();
  const next = new Map<string, SharedRead>();
  return (place: MessagePlace, sinceMs: number): Promise<FoundMessage[]> => {
    const id = `${place.channel} ${place.threadTs ?? ""}`;
    const waiting = next.get(id);
    if (waiting !== undefined && waiting.sinceMs <= sinceMs) return waiting.result;
    const before = underWay.get(id) ?? Promise.resolve();
    const result = before.then(async () => {
      if (next.get(id)?.result === result) next.delete(id);
      const reading = messenger.ours(place, sinceMs);
      const ended = reading.catch(() => undefined);
      underWay.set(id, ended);
      const all = await reading.finally(() => {
        if (underWay.get(id) === ended) underWay.delete(id);
      });
      return all;
    });
    next.set(id, { sinceMs, result });
    return result;
  };
}
