/** The doctor beside the running bot: what is wrong with the set-up is logged, and shown on Home. */

import { type SetupCheck, setupSentence } from "../features/doctor/setup-check.ts";
import type { Repeated } from "../features/shared/repeat.ts";
import type { Foundation } from "./foundation.ts";

export interface RunningDoctor extends Repeated {
  /** What was wrong when it looked last, a sentence each. */
  problems(): readonly string[];
}

/** The start itself is not held up; what somebody mends is seen within the hour. */
const FIRST_AFTER_MS = 30_000;
const EVERY_MS = 3_600_000;

/** The caller starts it. */
export function composeDoctor({ clock, log, secrets }: Foundation): RunningDoctor {
  const stopped = new AbortController();
  let problems: readonly string[] = [];
  let loop = Promise.resolve();

  const look = async (): Promise<void> => {
    // Needed once an hour, so it is loaded then.
    const { examineAround } = await import("../edges/doctor/examine.ts");
    const checks: readonly SetupCheck[] = await examineAround(secrets.current());
    const found = checks.filter(({ state }) => state === "wrong").map(setupSentence);
    for (const problem of found) {
      if (!problems.includes(problem)) log.warn({ problem }, "the set-up needs a hand");
    }
    problems = found;
  };
  const run = async (): Promise<void> => {
    await clock.sleep(FIRST_AFTER_MS, stopped.signal);
    while (!stopped.signal.aborted) {
      await look().catch((error: unknown) => log.error({ err: error }, "the doctor failed"));
      await clock.sleep(EVERY_MS, stopped.signal);
    }
  };
  return {
    problems: () => problems,
    start() {
      loop = run();
    },
    async stop() {
      stopped.abort();
      await loop;
    },
  };
}
