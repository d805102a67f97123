/** "Why is it slow?" -> the diagnosis of a target as a message, and the same again from a replay. */

import type { Message } from "../../block-kit/message.ts";
import { count } from "../../block-kit/text.ts";
import type { Check } from "../../diagnosis/checks/check.ts";
import { type Diagnosis, diagnose } from "../../diagnosis/checks/diagnose.ts";
import { evidenceOf, historyOf } from "../../diagnosis/checks/evidence-of-history.ts";
import { loadChecks } from "../../diagnosis/checks/load-checks.ts";
import {
  checksDigest,
  type ReplayQuestion,
  readReplay,
  writeReplay,
} from "../../diagnosis/replay/replay.ts";
import { reachOf } from "../../diagnosis/replay/replay-reach.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { History } from "../../history/history.ts";
import type { Library } from "../../knowledge/library.ts";
import type { Excerpt } from "../runbooks/render-excerpt.ts";
import type { Progress } from "../shared/interactions.ts";
import type { Clock, Log } from "../shared/ports.ts";
import { renderWhySlow, type WhySlowAnswer } from "./render-why-slow.ts";

/** What the bot remembers of its targets, and a look at one now. */
export interface HistorySource {
  history(target: Target): History;
  /** Looks once and keeps the snapshot; resolves also when the target does not answer. */
  poll(target: Target): Promise<void>;
}

/** Keeps replays; an id depends on the text alone, so that one text is kept once. */
export interface ReplayStore {
  save(text: string): Promise<string>;
  load(id: string): Promise<string | undefined>;
}

export interface WhySlowPorts {
  readonly knowledge: { library(): Library };
  readonly memory: HistorySource;
  readonly replays: ReplayStore;
  readonly clock: Clock;
  readonly log: Log;
}

export interface WhySlowOptions {
  /** Only what concerns this topic or group. */
  readonly topic?: string;
  readonly group?: string;
  /** How far back to tell also what is over. */
  readonly windowMs?: number;
  /** More was asked for than is kept. */
  readonly isCut?: true;
}

export interface WhySlow {
  /** The answer from the history; without one, from two polls a few seconds apart. */
  conclude(target: Target, options?: WhySlowOptions, progress?: Progress): Promise<WhySlowAnswer>;
  /** The same as a message. */
  diagnose(target: Target): Promise<Message>;
  /** The answer once more, from the same snapshots. */
  replay(id: string): Promise<WhySlowAnswer>;
}

/** Two looks this far apart tell a rate; a person waits for no more. */
const BETWEEN_LOOKS_MS = 5_000;
/** A history that ends longer ago than this is of the past, not of now. */
const OLDEST_LOOK_MS = 120_000;
/** The longest time between two polls that can be configured, with what chance adds to it. */
const PRESENT_MS = 22_000;

export function whySlow(ports: WhySlowPorts): WhySlow {
  const checksOf = rememberChecks(ports.log);
  // Now rather than with the first question: whoever starts the bot should see what is broken.
  checksOf(ports.knowledge.library());
  const conclude: WhySlow["conclude"] = async (target, options = {}, progress) => {
    const poll = { id: "poll", title: `Look at ${target.name}` };
    progress?.step({ ...poll, state: "in_progress" });
    const cut = options.isCut === true ? [ONE_HOUR] : [];
    const notes = [...(await pollIfNeeded(ports, target)), ...cut];
    const question = questionOf(target, { options, notes, nowMs: ports.clock.now() });
    const library = ports.knowledge.library();
    const history = ports.memory.history(target);
    const { checks, digest } = checksOf(library);
    const { snapshots } = history.stats();
    progress?.step({ ...poll, state: "complete", output: count(snapshots, "poll") });
    const weigh = { id: "weigh", title: `Weigh ${count(checks.length, "check")}` };
    progress?.step({ ...weigh, state: "in_progress" });
    const diagnosis = judge(question, history, checks);
    const found = diagnosis.active.length;
    const output = found === 0 ? "nothing wrong now" : count(found, "finding");
    progress?.step({ ...weigh, state: "complete", output });
    const reach = reachOf(diagnosis, question.windowMs);
    const text = writeReplay({ question, checks: digest, history, reach });
    const replayId = await saveReplay(ports, target, text);
    return answerOf({ diagnosis, question, library, replayId });
  };
  return {
    conclude,
    diagnose: async (target) => renderWhySlow(await conclude(target)),
    async replay(id) {
      const text = await ports.replays.load(id);
      if (text === undefined) {
        return {
          kind: "no-replay",
          id,
          reason: "there is no replay with this id, or it was deleted",
        };
      }
      const read = readReplay(text);
      if (read.kind === "unreadable") return { kind: "no-replay", id, reason: read.reason };
      const { question, snapshots, checks: digest } = read.replay;
      const library = ports.knowledge.library();
      const loaded = checksOf(library);
      const notes = loaded.digest === digest ? [] : [CHECKS_CHANGED];
      const repeated = { ...question, notes: [...question.notes, ...notes] };
      const diagnosis = judge(repeated, historyOf(snapshots), loaded.checks);
      return answerOf({ diagnosis, question: repeated, library, replayId: id });
    },
  };
}

const CHECKS_CHANGED = "The checks have changed since this was first answered.";
const ONE_HOUR = "Based on the last hour of samples; earlier problems are not covered.";
const TWO_LOOKS =
  "I had no history of it yet, so this is from two polls a few seconds apart: what needs longer could not be checked.";

async function pollIfNeeded({ memory, clock }: WhySlowPorts, target: Target): Promise<string[]> {
  const { snapshots, lastMs } = memory.history(target).stats();
  const ageMs = lastMs === undefined ? Number.POSITIVE_INFINITY : clock.now() - lastMs;
  if (ageMs <= OLDEST_LOOK_MS && snapshots >= 2) {
    // What is told as now must be of now: one poll, as long as the target's time limit at most.
    if (ageMs > PRESENT_MS) await memory.poll(target);
    return [];
  }
  await memory.poll(target);
  await clock.sleep(BETWEEN_LOOKS_MS);
  await memory.poll(target);
  return [TWO_LOOKS];
}

interface Asked {
  readonly options: WhySlowOptions;
  readonly notes: readonly string[];
  readonly nowMs: number;
}

function questionOf(
  { name, http, kafka }: Target,
  { options, notes, nowMs }: Asked,
): ReplayQuestion {
  const { topic, group, windowMs } = options;
  return {
    target: { name, http, kafka },
    nowMs,
    ...(topic === undefined ? {} : { topic }),
    ...(group === undefined ? {} : { group }),
    ...(windowMs === undefined ? {} : { windowMs }),
    notes,
  };
}

interface LoadedChecks {
  readonly checks: readonly Check[];
  readonly digest: string;
}

/**
 * Reads the checks once per library: a library never changes, it is replaced. What is broken in
 * them is logged then.
 */
function rememberChecks(log: Log): (library: Library) => LoadedChecks {
  const known = new WeakMap<Library, LoadedChecks>();
  return (library) => {
    const found = known.get(library);
    if (found !== undefined) return found;
    const { checks, problems } = loadChecks(library.pages);
    for (const problem of problems) log.warn(problem, "a check cannot be used");
    const loaded = { checks, digest: checksDigest(checks) };
    known.set(library, loaded);
    return loaded;
  };
}

/** The answer matters more than its replay: without one it goes out without an id. */
async function saveReplay(
  { replays, log }: WhySlowPorts,
  { name }: Target,
  text: string,
): Promise<string | undefined> {
  try {
    return await replays.save(text);
  } catch (error) {
    log.warn({ err: error, target: name }, "a replay could not be saved");
    return undefined;
  }
}

function judge(question: ReplayQuestion, history: History, checks: readonly Check[]): Diagnosis {
  const { nowMs, topic, group, windowMs } = question;
  return diagnose({
    checks,
    evidence: evidenceOf(history),
    nowMs,
    scope: {
      ...(topic === undefined ? {} : { topic }),
      ...(group === undefined ? {} : { group }),
    },
    ...(windowMs === undefined ? {} : { windowMs }),
  });
}

interface Concluded {
  readonly diagnosis: Diagnosis;
  readonly question: ReplayQuestion;
  readonly library: Library;
  readonly replayId: string | undefined;
}

function answerOf({ diagnosis, question, library, replayId }: Concluded): WhySlowAnswer {
  const { verdict } = diagnosis;
  const excerpt = verdict.kind === "active" ? excerptFor(library, verdict.cause.check) : undefined;
  const found = {
    diagnosis,
    target: question.target,
    notes: question.notes,
    ...(excerpt === undefined ? {} : { excerpt }),
    ...(replayId === undefined ? {} : { replayId }),
  };
  return { kind: "diagnosis", found };
}

/** The section that the check names, and the other chapters of its page. */
function excerptFor(library: Library, check: Check): Excerpt | undefined {
  const section = library.section(check.section);
  if (section === undefined) return undefined;
  const page = library.pages.find(({ file }) => file === section.file);
  const others = page?.sections.filter((each) => each.level === 2 && each.id !== section.id) ?? [];
  return { section, others };
}
