/**
 * A message that was posted again because its first attempt could not be found: should the first one
 * turn up later, it is deleted, so that nobody reads of a fire twice. Where people have answered it,
 * it stays, and says where the incident goes on.
 *
 * What is watched is stored: a restart, or another replica, goes on with it.
 */

import type { JumpTo } from "../incidents/incident-lines.ts";
import type { Log, MonotonicClock } from "../shared/ports.ts";
import type { EarlierAttempts, Sought } from "./earlier-attempts.ts";
import type { FoundMessage, Messenger } from "./messenger.ts";
import { renderJoined } from "./render-joined.ts";

/** When to search after the message was posted again, in milliseconds from then. */
const SEARCHES_MS = [5_000, 15_000, 45_000, 120_000, 300_000, 600_000];
/** So often the store is asked what is to be searched for. */
const ASK_EVERY_MS = 5_000;
const AT_ONCE = 20;

/** The message that is the right one. */
interface KeptMessage extends Sought {
  readonly ts: string;
}

export interface WatchedMessage extends KeptMessage {
  /** Searches that were made. */
  readonly searches: number;
}

/** Times are spans, in milliseconds: the store's clock decides, which all replicas share. */
export interface LateCopyStore {
  watch(kept: KeptMessage, afterMs: number): Promise<void>;
  /** Those that are due; nobody else takes them for so long. */
  take(limit: number, leaseMs: number): Promise<readonly WatchedMessage[]>;
  /** It was searched for, and is again after some time; without one never again. */
  searched(key: string, afterMs: number | undefined): Promise<void>;
}

export interface LateCopies {
  start(): void;
  /** Watches for copies of the message that is the right one, from now on. */
  watch(kept: KeptMessage): Promise<void>;
  /** Takes copies of it away. */
  remove(
    kept: { readonly channel: string; readonly ts: string },
    copies: readonly FoundMessage[],
  ): Promise<void>;
  stop(): Promise<void>;
}

export interface LateCopyPorts {
  readonly store: LateCopyStore;
  readonly messenger: Pick<Messenger, "remove" | "update">;
  readonly attempts: Pick<EarlierAttempts, "messages">;
  readonly clock: Pick<MonotonicClock, "sleep">;
  readonly log: Log;
  readonly jumpTo: JumpTo;
}

/** A replica that takes longer than this for its searches is taken for dead. */
const LEASE_MS = 120_000;

/** Nothing is searched before `start`. */
export function watchLateCopies(ports: LateCopyPorts): LateCopies {
  const { store, clock, log } = ports;
  const stopped = new AbortController();
  let loop: Promise<void> = Promise.resolve();
  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await clock.sleep(ASK_EVERY_MS, stopped.signal);
      if (stopped.signal.aborted) return;
      try {
        for (const each of await store.take(AT_ONCE, LEASE_MS)) await searchAgain(ports, each);
      } catch (error) {
        log.warn({ err: error }, "cannot search for late copies, this is tried again");
      }
    }
  };
  return {
    start() {
      loop = run();
    },
    watch: (kept) => store.watch(kept, SEARCHES_MS[0] ?? 0),
    remove: (kept, copies) => remove(ports, kept, copies),
    async stop() {
      stopped.abort();
      await loop;
    },
  };
}

async function searchAgain(
  ports: LateCopyPorts,
  { searches, ...kept }: WatchedMessage,
): Promise<void> {
  try {
    const found = await ports.attempts.messages(kept);
    const copies = found.filter(({ ts }) => ts !== kept.ts);
    // Only when the right one is seen, too: else the copy is what people have.
    if (copies.length < found.length) {
      await remove(ports, { channel: kept.place.channel, ts: kept.ts }, copies);
    }
  } catch (error) {
    ports.log.warn({ err: error, key: kept.key }, "cannot search for late copies of a message now");
  }
  const next = SEARCHES_MS[searches + 1];
  await ports.store.searched(
    kept.key,
    next === undefined ? undefined : next - (SEARCHES_MS[searches] ?? 0),
  );
}

async function remove(
  { messenger, log, jumpTo }: LateCopyPorts,
  kept: { readonly channel: string; readonly ts: string },
  copies: readonly FoundMessage[],
): Promise<void> {
  const { channel } = kept;
  for (const { ts, key, replies } of copies) {
    const isAnswered = replies > 0;
    const outcome = isAnswered
      ? await messenger.update({ channel, ts, message: renderJoined(jumpTo(channel, kept.ts)) })
      : await messenger.remove({ channel, ts });
    const fields = { channel, ts, key, outcome: outcome.kind };
    log.warn(fields, isAnswered ? "a late copy leads to its message" : "a late copy is deleted");
  }
}
