/** Cases, played in virtual time from the first poll to the question. */

import type { Check } from "../../src/diagnosis/checks/check.ts";
import { type Diagnosis, diagnose } from "../../src/diagnosis/checks/diagnose.ts";
import { evidenceOf } from "../../src/diagnosis/checks/evidence-of-history.ts";
import type { Target } from "../../src/diagnosis/target.ts";
import { SAMPLER_DEFAULTS } from "../../src/edges/streamline/sampler.ts";
import { createHistory, type History, type Snapshot } from "../../src/history/history.ts";
import { createModel, type Model } from "../../src/sandbox/streamline/model.ts";
import { createRandom } from "../../src/sandbox/streamline/random.ts";
import { SHAPES } from "../../src/sandbox/streamline/shape.ts";
import { virtualSnapshots } from "../../src/sandbox/streamline/virtual-poll.ts";
import { type EvalCase, OWN_MIN } from "./eval-case.ts";

/** A time-out and a size limit as somebody may configure them. */
export const TARGET: Target = {
  name: "orders-prod",
  http: "http://streamline.test:9094",
  kafka: "streamline.test:9092",
  labels: {},
  timeoutMs: 5_000,
  maxBodyBytes: 32 * 1024 * 1024,
};

const START_MS = Date.UTC(2026, 0, 15, 10);
const MINUTE_MS = 60_000;
/** As the sampler's own jitter. */
const JITTER = 0.1;
/** Two polls without a history are this far apart, as in the flow. */
const BETWEEN_LOOKS_MS = 5_000;

interface Played {
  readonly diagnosis: Diagnosis;
  readonly history: History;
  readonly nowMs: number;
}

/** Plays a case; the same case gives the same diagnosis. */
export type CasePlayer = (each: EvalCase) => Promise<Played>;

/** Plays cases one after the other; the past of the last one is kept for the next, which may share it. */
export function createCasePlayer(checks: readonly Check[]): CasePlayer {
  let last: { readonly key: string; readonly past: Promise<PlayedPast> } | undefined;
  return async (each) => {
    const key = pastKeyOf(each);
    if (last?.key !== key) last = { key, past: playPast(each) };
    const { history, nowMs } = await playPresent(each, await last.past);
    const diagnosis = diagnose({ checks, evidence: evidenceOf(history), nowMs });
    return { diagnosis, history, nowMs };
  };
}

/** Cases with the same one go on from the same past. */
export function pastKeyOf({ past, shape, polls }: EvalCase): string {
  return `${shape} ${past.seed} ${past.minutes} ${polls}`;
}

interface PlayedPast {
  readonly model: Model;
  readonly polls: readonly Snapshot[];
}

async function playPast({ past, shape, polls: kind }: EvalCase): Promise<PlayedPast> {
  const { seed, minutes } = past;
  const model = createModel({ seed, startMs: START_MS, shape: SHAPES[shape] });
  const polls: Snapshot[] = [];
  let nowMs = START_MS;
  const poll = virtualSnapshots({ model, now: () => nowMs, target: TARGET });
  const next = nextPoll(seed);
  for (; nowMs < START_MS + minutes * MINUTE_MS; nowMs = next(nowMs)) {
    if (kind === "always") polls.push(await poll());
  }
  return { model, polls };
}

async function playPresent(
  each: EvalCase,
  past: PlayedPast,
): Promise<{ history: History; nowMs: number }> {
  const model = past.model.fork(each.seed);
  const history = createHistory();
  for (const { timeMs, samples } of past.polls) history.append(timeMs, samples);
  const onsetMs = START_MS + (each.past.minutes + OWN_MIN) * MINUTE_MS;
  const endMs = onsetMs + each.pollMin * MINUTE_MS;
  const next = nextPoll(each.seed + 1);
  let nowMs = next(past.polls.at(-1)?.timeMs ?? model.nowMs);
  const earlier = past.polls.at(-1);
  const takePoll = virtualSnapshots({
    model,
    now: () => nowMs,
    target: TARGET,
    ...(earlier === undefined ? {} : { earlier }),
  });
  const poll = async (): Promise<void> => {
    const { timeMs, samples } = await takePoll();
    history.append(timeMs, samples);
  };
  const waiting = each.switches
    .map((own) => ({ ...own, atMs: onsetMs + own.afterMin * MINUTE_MS }))
    .toSorted((a, b) => a.atMs - b.atMs);
  while (nowMs < endMs) {
    for (let due = waiting[0]; due !== undefined && due.atMs <= nowMs; due = waiting[0]) {
      model.advance(due.atMs);
      model.faults.set(due.scenario, due.magnitude);
      waiting.shift();
    }
    if (each.polls === "always") await poll();
    nowMs = Math.min(next(nowMs), waiting[0]?.atMs ?? endMs, endMs);
  }
  await poll();
  if (each.polls === "twice") {
    nowMs += BETWEEN_LOOKS_MS;
    await poll();
  }
  return { history, nowMs };
}

/** When the next poll is due after one at that time. */
function nextPoll(seed: number): (afterMs: number) => number {
  const random = createRandom(seed);
  return (afterMs) => {
    const spread = 1 + JITTER * (2 * random.uniform() - 1);
    return Math.round(afterMs + SAMPLER_DEFAULTS.intervalMs * spread);
  };
}
