/**
 * While Slack is away or the token is refused, Slack is asked for an answer, which harms nobody, and
 * not given a message whose fate would be in doubt.
 */

import type { MonotonicClock } from "../shared/ports.ts";
import type { Causes } from "./causes.ts";
import type { Messenger } from "./messenger.ts";

export interface SlackProbe {
  /** Asks Slack where that is needed; returns the milliseconds until it may be asked again. */
  ask(): number;
  settled(): Promise<void>;
}

interface ProbePorts {
  readonly causes: Pick<Causes, "general" | "mayTry" | "failed">;
  readonly reach: Messenger["reach"];
  readonly clock: Pick<MonotonicClock, "elapsed">;
  /** What waits is to be checked again. */
  readonly onAnswer: () => void;
}

/** A Slack that refuses connections answers at once: without a pause it would be asked without end. */
const PAUSE_MS = 500;

/** `onAnswer` is called after each probe, whatever came of it. */
export function createSlackProbe({ causes, reach, clock, onAnswer }: ProbePorts): SlackProbe {
  let probe: Promise<void> | undefined;
  let probedAt = Number.NEGATIVE_INFINITY;
  const askOnce = async (): Promise<void> => {
    const kinds = causes.general();
    const outcome = await reach();
    for (const kind of kinds) {
      if (outcome.kind === "posted") causes.mayTry(kind);
      else causes.failed({ kind });
    }
    onAnswer();
  };
  return {
    ask() {
      // The end of a probe under way says so to whoever waits.
      if (causes.general().length === 0 || probe !== undefined) return Number.POSITIVE_INFINITY;
      const pauseMs = probedAt + PAUSE_MS - clock.elapsed();
      if (pauseMs > 0) return pauseMs;
      probedAt = clock.elapsed();
      probe = askOnce().finally(() => {
        probe = undefined;
      });
      return PAUSE_MS;
    },
    async settled() {
      await probe;
    },
  };
}
