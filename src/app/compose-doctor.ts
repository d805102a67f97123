/** The doctor beside the running bot: what is wrong with the set-up is logged, and shown on Home. */

import { READY } from "../features/doctor/doctor-words.ts";
import { type SetupCheck, setupSentence } from "../features/doctor/setup-check.ts";
import type { Repeated } from "../features/shared/repeat.ts";
import { HOUR_MS } from "../promql/duration.ts";
import type { Foundation } from "./foundation.ts";

export interface RunningDoctor extends Repeated {
  /** What was wrong at its last check, a sentence each. */
  problems(): readonly string[];
  /** Those of Slack, of which nothing else asks: a channel that no alert has met yet, a scope. */
  slackProblems(): readonly string[];
}

/** The start itself is not held up; what somebody mends is seen within minutes. */
const FIRST_AFTER_MS = 30_000;
const EVERY_MS = HOUR_MS;
const WHILE_WRONG_MS = 300_000;

/** The caller starts it. */
export function composeDoctor({ clock, log, secrets }: Foundation): RunningDoctor {
  const stopped = new AbortController();
  /** Undefined before its first check. */
  let wrong: readonly SetupCheck[] | undefined;
  let loop = Promise.resolve();

  const examine = async (): Promise<void> => {
    // Needed once an hour, so it is loaded then.
    const { examineAround } = await import("../edges/doctor/examine.ts");
    const checks: readonly SetupCheck[] = await examineAround(secrets.current());
    const before = wrong?.map(setupSentence);
    wrong = checks.filter(({ state }) => state === "wrong");
    const now = wrong.map(setupSentence);
    for (const problem of now) {
      if (!before?.includes(problem)) log.warn({ problem }, "the set-up needs a hand");
    }
    if (now.length === 0 && before?.length !== 0) log.info(READY);
  };
  const run = async (): Promise<void> => {
    await clock.sleep(FIRST_AFTER_MS, stopped.signal);
    while (!stopped.signal.aborted) {
      await examine().catch((error: unknown) => log.error({ err: error }, "the doctor failed"));
      await clock.sleep(wrong?.length === 0 ? EVERY_MS : WHILE_WRONG_MS, stopped.signal);
    }
  };
  return {
    problems: () => (wrong ?? []).map(setupSentence),
    slackProblems: () => (wrong ?? []).filter(({ area }) => area === "Slack").map(setupSentence),
    start() {
      loop = run();
    },
    async stop() {
      stopped.abort();
      await loop;
    },
  };
}
