/**
 * When what was missed is read: at the start, and each time that Slack could not reach the bot for a
 * while. It is read from where the channels stood when that began, until it could be read whole.
 */

import type { Logger } from "pino";
import type { ChannelPosition } from "../../features/missed-events/event-inbox.ts";
import { clock } from "../clock.ts";

export interface CatchUpPorts {
  /** Reads what came after these positions; throws when Slack cannot be asked. */
  readonly read: (before: readonly ChannelPosition[]) => Promise<void>;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

export interface CatchUp {
  /** From here on something may be missed. While something before it is not read, that counts. */
  from(positions: readonly ChannelPosition[]): void;
  /** Slack can be asked: what was missed is read, now and not after the next pause. */
  begin(): void;
  /** Whether something is not read yet; at the start it is. */
  isBehind(): boolean;
  ended(): Promise<void>;
}

const AGAIN_MS = 30_000;

/** Reads once at the start; `signal` ends it. */
export function catchUp({ read, log, signal }: CatchUpPorts): CatchUp {
  let before: readonly ChannelPosition[] = [];
  let isBehind = true;
  /** Grows each time that something may be missed. */
  let gaps = 0;
  let reading: Promise<void> | undefined;
  let woken = new AbortController();

  const untilRead = async (): Promise<void> => {
    while (isBehind && !signal.aborted) {
      const known = gaps;
      woken = new AbortController();
      try {
        await read(before);
        if (known === gaps && !signal.aborted) isBehind = false;
      } catch (error) {
        log.warn({ err: error, retryInMs: AGAIN_MS }, "missed messages cannot be read yet");
        await clock.sleep(AGAIN_MS, AbortSignal.any([signal, woken.signal]));
      }
    }
  };
  return {
    from(positions) {
      if (!isBehind || gaps === 0) before = positions;
      isBehind = true;
      gaps += 1;
    },
    begin() {
      woken.abort();
      reading ??= untilRead().finally(() => {
        reading = undefined;
      });
    },
    isBehind: () => isBehind,
    ended: async () => reading,
  };
}
