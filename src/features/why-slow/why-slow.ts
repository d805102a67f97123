/** "Why is it slow?" -> the diagnosis of a target as a message, and the same again from a replay. */

import type { Message } from "../../block-kit/message.ts";
import { count } from "../../block-kit/text.ts";
import type { Check } from "../../diagnosis/checks/check.ts";
import type { Diagnosis } from "../../diagnosis/checks/diagnose.ts";
import type { ReplayQuestion } from "../../diagnosis/replay/replay.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Library } from "../../knowledge/library.ts";
import type { Progress } from "../shared/interactions.ts";
import type { AskedOf } from "./alert-verdict.ts";
import { questionOf, type WhySlowOptions } from "./ask-of-target.ts";
import { concludedAnswer } from "./concluded-answer.ts";
import { longerAnswer } from "./longer-answer.ts";
import { PRESENT_MS } from "./present.ts";
import { rememberChecks, type UsableChecks } from "./remember-checks.ts";
import { renderWhySlow, type WhySlowAnswer } from "./render-why-slow.ts";
import { type StandingDiagnosis, standingDiagnosis } from "./standing-diagnosis.ts";
import type { WhySlowPorts } from "./why-slow-ports.ts";

/** An alert's thread waits for a poll no longer than this. */
const PATIENCE_MS = 2_500;

interface ThreadOpening {
  /**
   * When its alerts were reported, by our clock. What was polled before would contradict the server's
   * health beside it, which is of now; the threads of a storm share a poll.
   */
  readonly sinceMs: number;
  /** The alerts of the thread, as they stand once the target was polled. */
  alerts(): readonly AskedOf[];
  /** The target's health, asked for meanwhile. */
  readonly health: Promise<Message | undefined>;
  /** The message that the thread hangs on is ours, and says what to do first. */
  readonly isFirstAbove: boolean;
}

export interface WhySlow {
  /** The answer from the history; without one, from two polls a few seconds apart. */
  conclude(target: Target, options?: WhySlowOptions, progress?: Progress): Promise<WhySlowAnswer>;
  /** The same as a message. */
  diagnose(target: Target): Promise<Message>;
  /** What the history already held says, at once; undefined when there is none. */
  standing(target: Target): StandingDiagnosis | undefined;
  /** The checks that it judges by. */
  checks(): readonly Check[];
  /** The answer with which the thread of these alerts opens. */
  open(target: Target, opening: ThreadOpening): Promise<Message>;
  /** The answer once more, from the same snapshots. */
  replay(id: string): Promise<WhySlowAnswer>;
}

/** Two polls this far apart tell a rate; a person waits for no more. */
const BETWEEN_POLLS_MS = 5_000;
/** A history that ends longer ago than this is of the past, not of now. */
const OLDEST_POLL_MS = 120_000;

/** The flow. A check that is broken is logged once, at the start. */
export function whySlow(ports: WhySlowPorts): WhySlow {
  const checksOf = rememberChecks(ports.log);
  // Now rather than with the first question: whoever starts the bot should see what is broken.
  checksOf(ports.knowledge.library());
  const answering: Answering = { ports, checksOf };
  return {
    standing: standingDiagnosis(ports, checksOf),
    checks: () => checksOf(ports.knowledge.library()).checks,
    conclude: (target, options, progress) => conclude(answering, target, { options, progress }),
    diagnose: async (target) => renderWhySlow(await conclude(answering, target)),
    open: async (target, opening) => renderWhySlow(await conclude(answering, target, { opening })),
    replay: (id) => replayed(answering, id),
  };
}

/** What every answer is made with. */
interface Answering {
  readonly ports: WhySlowPorts;
  readonly checksOf: (library: Library) => UsableChecks;
}

interface ConcludeOptions {
  readonly options?: WhySlowOptions | undefined;
  readonly progress?: Progress | undefined;
  readonly opening?: ThreadOpening | undefined;
}

/** Polls where that is needed, weighs the checks, keeps the replay, and says what came of it. */
async function conclude(
  { ports, checksOf }: Answering,
  target: Target,
  { options = {}, progress, opening }: ConcludeOptions = {},
): Promise<WhySlowAnswer> {
  const longer = await longerAnswer(ports, target, { options, checksOf, progress });
  if (longer.kind === "answer") return longer.answer;
  const polled = await polledFor(ports, target, { opening, progress });
  const asked = {
    ...options,
    ...(longer.windowMs === undefined ? {} : { windowMs: longer.windowMs }),
  };
  const question = questionOf(target, {
    options: asked,
    notes: [...polled, ...longer.notes],
    nowMs: ports.clock.now(),
  });
  const library = ports.knowledge.library();
  const loaded = checksOf(library);
  const { diagnosis, replay } = await weighed(ports, target, { question, loaded, progress });
  const replayId =
    replay === undefined
      ? undefined
      : await saveReplay(ports, target, { text: replay, by: options.by ?? "" });
  const answer = { diagnosis, question, library, replayId, checks: loaded.checks };
  return concludedAnswer(opening === undefined ? answer : { ...answer, ...(await above(opening)) });
}

/** What must be said of the polls. */
async function polledFor(
  ports: WhySlowPorts,
  target: Target,
  { opening, progress }: ConcludeOptions,
): Promise<readonly string[]> {
  const step = { id: "poll", title: `Poll ${target.name}` };
  progress?.step({ ...step, state: "in_progress" });
  const needed =
    opening === undefined
      ? { sinceMs: ports.clock.now() - PRESENT_MS }
      : { sinceMs: opening.sinceMs, patienceMs: PATIENCE_MS };
  const notes = await pollIfNeeded(ports, target, needed);
  const { snapshots } = ports.memory.history(target).stats();
  progress?.step({ ...step, state: "complete", output: count(snapshots, "poll") });
  return notes;
}

interface Weighing {
  readonly question: ReplayQuestion;
  readonly loaded: UsableChecks;
  readonly progress: Progress | undefined;
}

async function weighed(
  ports: WhySlowPorts,
  target: Target,
  { question, loaded: { checks, digest }, progress }: Weighing,
): Promise<{ readonly diagnosis: Diagnosis; readonly replay?: string }> {
  const step = { id: "weigh", title: `Weigh ${count(checks.length, "check")}` };
  progress?.step({ ...step, state: "in_progress" });
  const judged = await ports.diagnosing.judge(target, { question, checks, digest });
  const weighing =
    judged.kind === "judged" ? judged : { diagnosis: undecided(question, checks, judged.reason) };
  const found = weighing.diagnosis.active.length;
  const output = found === 0 ? "nothing wrong now" : count(found, "finding");
  progress?.step({ ...step, state: "complete", output });
  return weighing;
}

/** What stands above the answer in a thread that it opens. */
async function above(opening: ThreadOpening) {
  const shown = await opening.health;
  const { isFirstAbove } = opening;
  return {
    alerts: opening.alerts(),
    isFirstAbove,
    ...(shown === undefined ? {} : { health: shown }),
  };
}

async function replayed({ ports, checksOf }: Answering, id: string): Promise<WhySlowAnswer> {
  const text = await ports.replays.load(id);
  if (text === undefined) {
    return { kind: "no-replay", id, reason: /[/\\.]/.test(id) ? NO_FILE : NO_REPLAY };
  }
  const library = ports.knowledge.library();
  const { checks, digest } = checksOf(library);
  const judged = await ports.diagnosing.judgeAgain({ text, checks });
  if (judged.kind !== "judged") return { kind: "no-replay", id, reason: judged.reason };
  const { diagnosis, question } = judged;
  const notes = digest === judged.digest ? [] : [CHECKS_CHANGED];
  const repeated = { ...question, notes: [...question.notes, ...notes] };
  return concludedAnswer({ diagnosis, question: repeated, library, replayId: id, checks });
}

/** What is written as a path is no id. */
const NO_FILE = "there is no such file";
const NO_REPLAY = "there is no replay with this id, or it was deleted";
const CHECKS_CHANGED = "The checks have changed since this was first answered.";
const TWO_POLLS =
  "I had no history of it yet, so this is from two polls a few seconds apart: checks that need more time were not run.";

/** A server that hangs is polled on, but not waited for beyond the patience. */
async function pollIfNeeded(
  { memory, clock }: WhySlowPorts,
  target: Target,
  { sinceMs, patienceMs }: { readonly sinceMs: number; readonly patienceMs?: number },
): Promise<string[]> {
  const poll = (): Promise<unknown> => {
    const polled = memory.poll(target);
    if (patienceMs === undefined) return polled;
    return Promise.race([polled, clock.sleep(patienceMs)]);
  };
  const { snapshots, lastMs } = memory.history(target).stats();
  const polledMs = lastMs ?? Number.NEGATIVE_INFINITY;
  if (clock.now() - polledMs <= OLDEST_POLL_MS && snapshots >= 2) {
    // What is shown as now must be of now: one poll, as long as the target's time limit at most.
    if (polledMs < sinceMs) await poll();
    return [];
  }
  await poll();
  await clock.sleep(BETWEEN_POLLS_MS);
  await poll();
  return [TWO_POLLS];
}

/** The answer matters more than its replay: without one it goes out without an id. */
async function saveReplay(
  { replays, log }: WhySlowPorts,
  { name }: Target,
  { text, by }: { readonly text: string; readonly by: string },
): Promise<string | undefined> {
  try {
    return await replays.save(text, by);
  } catch (error) {
    log.warn({ err: error, target: name }, "a replay could not be saved");
    return undefined;
  }
}

/** Nothing is known of any check, and why: better said than a person left waiting. */
function undecided(
  { nowMs, topic, group }: ReplayQuestion,
  checks: readonly Check[],
  message: string,
): Diagnosis {
  const reason = { kind: "failed", message } as const;
  const unknown = checks.map((check) => ({ verdict: "unknown", check, reason }) as const);
  return {
    nowMs,
    scope: {
      ...(topic === undefined ? {} : { topic }),
      ...(group === undefined ? {} : { group }),
    },
    verdict: { kind: "cannot-tell", reasons: [reason] },
    active: [],
    recovered: [],
    healthy: [],
    unknown,
    history: { snapshots: 0 },
  };
}
