/** Work that is done again and again until the bot stops. */

import type { Clock, Log } from "./ports.ts";

export interface Repeated {
  start(): void;
  /** Lets what is under way finish, then resolves. */
  stop(): Promise<void>;
}

export interface Repetition {
  readonly everyMs: number;
  readonly clock: Pick<Clock, "sleep">;
  readonly log: Log;
  /** Logged when it fails; it is tried again all the same. */
  readonly failure: string;
  readonly work: () => Promise<void>;
}

/** Does the work again and again until it is stopped; a failure is logged and costs one turn. */
export function repeat({ everyMs, clock, log, failure, work }: Repetition): Repeated {
  const stopped = new AbortController();
  let loop = Promise.resolve();
  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await work().catch((error: unknown) => log.error({ err: error }, failure));
      await clock.sleep(everyMs, stopped.signal);
    }
  };
  return {
    start() {
      loop = run();
    },
    async stop() {
      stopped.abort();
      await loop;
    },
  };
}
