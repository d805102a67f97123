/**
 * A message that was posted again because its first attempt could not be found: should the first one
 * turn up later, it is deleted, so that nobody reads of a fire twice.
 */

import type { Log, MonotonicClock } from "../shared/ports.ts";
import type { EarlierAttempts, Sought } from "./earlier-attempts.ts";
import type { FoundMessage, Messenger } from "./messenger.ts";

/** Looks after the message was posted again, in milliseconds from then. */
const LOOKS_MS = [5_000, 15_000, 45_000, 120_000, 300_000, 600_000];

export interface LateCopies {
  /** Watches for copies of the message that is the right one, from now on. */
  watch(kept: Sought & { readonly ts: string }): void;
  /** Deletes a copy that was found. */
  remove(channel: string, copies: readonly FoundMessage[]): Promise<void>;
  stop(): Promise<void>;
}

export interface LateCopyPorts {
  readonly messenger: Pick<Messenger, "remove">;
  readonly attempts: Pick<EarlierAttempts, "messages">;
  readonly clock: Pick<MonotonicClock, "sleep">;
  readonly log: Log;
}

export function watchLateCopies({ messenger, attempts, clock, log }: LateCopyPorts): LateCopies {
  const stopped = new AbortController();
  const under = new Set<Promise<void>>();
  const remove: LateCopies["remove"] = async (channel, copies) => {
    for (const { ts, key } of copies) {
      const outcome = await messenger.remove({ channel, ts });
      log.warn({ channel, ts, key, outcome: outcome.kind }, "a late copy of a message is deleted");
    }
  };
  const look = async (kept: Sought & { readonly ts: string }): Promise<void> => {
    let passed = 0;
    for (const at of LOOKS_MS) {
      await clock.sleep(at - passed, stopped.signal);
      passed = at;
      if (stopped.signal.aborted) return;
      try {
        const found = await attempts.messages(kept);
        const copies = found.filter(({ ts }) => ts !== kept.ts);
        // Only when the right one is seen, too: else the copy is what people have.
        if (copies.length < found.length) await remove(kept.place.channel, copies);
      } catch (error) {
        log.warn(
          { err: error, key: kept.key },
          "cannot search for late copies; the search is repeated",
        );
      }
    }
  };
  return {
    remove,
    watch(kept) {
      const work = look(kept).finally(() => under.delete(work));
      under.add(work);
    },
    async stop() {
      stopped.abort();
      await Promise.all(under);
    },
  };
}
