/** An answer of more than the hour that is kept here, or why it is of that hour alone. */

import { duration } from "../../block-kit/times.ts";
import type { Target } from "../../diagnosis/target.ts";
import { HISTORY_MS } from "../../history/history.ts";
import type { Library } from "../../knowledge/library.ts";
import { MINUTE_MS } from "../../promql/duration.ts";
import type { Progress } from "../shared/interactions.ts";
import { questionOf, type WhySlowOptions } from "./ask-of-target.ts";
import { concludedAnswer } from "./concluded-answer.ts";
import {
  LONGEST_WINDOW_MS,
  longerWindow,
  queriesText,
  SHORTEST_WINDOW_MS,
} from "./longer-window.ts";
import type { rememberChecks } from "./remember-checks.ts";
import type { WhySlowAnswer } from "./render-why-slow.ts";
import type { WhySlowPorts } from "./why-slow-ports.ts";

interface Asked {
  readonly options: WhySlowOptions;
  readonly checksOf: ReturnType<typeof rememberChecks>;
  readonly progress: Progress | undefined;
}

export type Longer =
  | { readonly kind: "answer"; readonly answer: WhySlowAnswer }
  /** The history answers, over this window; the notes say why. */
  | { readonly kind: "kept"; readonly windowMs?: number; readonly notes: readonly string[] };

/** Asks the target's Prometheus where more is asked for than is kept; a whole answer needs no poll. */
export async function longerAnswer(
  ports: WhySlowPorts,
  target: Target,
  { options, checksOf, progress }: Asked,
): Promise<Longer> {
  const asked = options.windowMs ?? 0;
  const isLonger = asked > HISTORY_MS;
  if (!isLonger && (target.prometheus === undefined || isKept(ports, target, asked))) {
    return { kind: "kept", notes: [] };
  }
  const windowMs = Math.min(asked, LONGEST_WINDOW_MS);
  const tooLong = asked > windowMs ? [AT_MOST] : [];
  if (target.prometheus === undefined) return kept([NO_PROMETHEUS, ...tooLong]);
  const step = { id: "prometheus", title: `Ask the Prometheus of ${target.name}` };
  progress?.step({ ...step, state: "in_progress" });
  const library: Library = ports.knowledge.library();
  const { checks } = checksOf(library);
  const { topic, group } = options;
  const scope = {
    ...(topic === undefined ? {} : { topic }),
    ...(group === undefined ? {} : { group }),
  };
  const found = await longerWindow(ports, { target, checks, scope, windowMs });
  if (found.kind === "no-evidence") {
    progress?.step({ ...step, state: "error" });
    // What is kept is less than was asked for, and the answer says of each check for how long.
    if (!isLonger) return { kind: "kept", notes: [] };
    const failed = `${LAST_HOUR} I could not use its Prometheus: ${sentenceOf(found.why)}`;
    return kept([failed, ...tooLong]);
  }
  progress?.step({ ...step, state: "complete", output: queriesText(found.queries) });
  const { diagnosis } = found;
  const notes = [...found.notes, ...tooLong];
  const question = questionOf(target, {
    options: { ...options, windowMs },
    notes,
    nowMs: diagnosis.nowMs,
  });
  const answer = concludedAnswer({ diagnosis, question, library, checks, replayId: undefined });
  return { kind: "answer", answer };
}

/** After a start, and in a terminal, less than the hour is kept. */
function isKept({ memory, clock }: WhySlowPorts, target: Target, windowMs: number): boolean {
  if (windowMs < SHORTEST_WINDOW_MS) return true;
  const { firstMs } = memory.history(target).stats();
  return firstMs !== undefined && clock.now() - firstMs >= windowMs - MINUTE_MS;
}

function kept(notes: readonly string[]): Longer {
  return { kind: "kept", windowMs: HISTORY_MS, notes };
}

function sentenceOf(why: string): string {
  return /[.)]$/.test(why) ? why : `${why}.`;
}

const LAST_HOUR = "Based on the last hour of my own samples; earlier problems are not covered.";
const NO_PROMETHEUS = `${LAST_HOUR} For a longer window, set \`prometheus\` of this target in the configuration (targets[].prometheus).`;
const AT_MOST = `The longest window that can be asked for is ${duration(LONGEST_WINDOW_MS)}.`;
