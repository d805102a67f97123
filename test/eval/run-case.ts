/** One case, played in virtual time from the first look to the question. */

import type { Check } from "../../src/diagnosis/checks/check.ts";
import { type Diagnosis, diagnose } from "../../src/diagnosis/checks/diagnose.ts";
import { evidenceOf } from "../../src/diagnosis/checks/evidence-of-history.ts";
import type { Target } from "../../src/diagnosis/target.ts";
import { SAMPLER_DEFAULTS } from "../../src/edges/streamline/sampler.ts";
import { createHistory, type History } from "../../src/history/history.ts";
import { createModel } from "../../src/sandbox/streamline/model.ts";
import { createRandom } from "../../src/sandbox/streamline/random.ts";
import { SHAPES } from "../../src/sandbox/streamline/shape.ts";
import { virtualSnapshots } from "../../src/sandbox/streamline/virtual-poll.ts";
import type { EvalCase } from "./eval-case.ts";

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

export interface Played {
  readonly diagnosis: Diagnosis;
  readonly history: History;
  readonly nowMs: number;
}

/** Plays a case; the same case gives the same diagnosis. */
export async function runCase(each: EvalCase, checks: readonly Check[]): Promise<Played> {
  const { history, nowMs } = await playHistory(each);
  const diagnosis = diagnose({ checks, evidence: evidenceOf(history), nowMs });
  return { diagnosis, history, nowMs };
}

/** Two looks without a history are this far apart, as in the flow. */
const BETWEEN_LOOKS_MS = 5_000;

async function playHistory(each: EvalCase): Promise<{ history: History; nowMs: number }> {
  const model = createModel({ seed: each.seed, startMs: START_MS, shape: SHAPES[each.shape] });
  const random = createRandom(each.seed + 1);
  const history = createHistory();
  let nowMs = START_MS;
  const takePoll = virtualSnapshots({ model, now: () => nowMs, target: TARGET });
  const poll = async (): Promise<void> => {
    const { timeMs, samples } = await takePoll();
    history.append(timeMs, samples);
  };
  const onsetMs = START_MS + each.warmUpMin * MINUTE_MS;
  const endMs = onsetMs + each.pollMin * MINUTE_MS;
  const waiting = each.switches
    .map((own) => ({ ...own, atMs: onsetMs + own.afterMin * MINUTE_MS }))
    .toSorted((a, b) => a.atMs - b.atMs);
  while (nowMs < endMs) {
    for (let next = waiting[0]; next !== undefined && next.atMs <= nowMs; next = waiting[0]) {
      model.advance(next.atMs);
      model.faults.set(next.scenario, next.magnitude);
      waiting.shift();
    }
    if (each.polls === "always") await poll();
    const spread = 1 + JITTER * (2 * random.uniform() - 1);
    const nextMs = Math.round(nowMs + SAMPLER_DEFAULTS.intervalMs * spread);
    nowMs = Math.min(nextMs, waiting[0]?.atMs ?? endMs, endMs);
  }
  await poll();
  if (each.polls === "twice") {
    nowMs += BETWEEN_LOOKS_MS;
    await poll();
  }
  return { history, nowMs };
}
