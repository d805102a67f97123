/** A simulated server that has been running for a while, with what the bot would have seen of it. */

import type { Target } from "../diagnosis/target.ts";
import { clock } from "../edges/clock.ts";
import { letOthersRun } from "../edges/let-others-run.ts";
import type { Sample } from "../exposition/sample.ts";
import { sandboxTarget } from "./sandbox-target.ts";
import type { MagnitudeName } from "./streamline/faults.ts";
import { createModel, type Model } from "./streamline/model.ts";
import {
  SIMULATED_SEED,
  type SimulatedStreamline,
  startSimulatedStreamline,
} from "./streamline/server.ts";
import type { Shape } from "./streamline/shape.ts";
import { virtualSnapshots } from "./streamline/virtual-poll.ts";

/** A fault of the past that begins, or ends. */
export interface StoryStep {
  readonly minutesAgo: number;
  readonly fault: string;
  readonly on: boolean;
}

/** What a target was like at a moment before the bot started. */
export interface PastSnapshot {
  readonly timeMs: number;
  readonly samples: readonly Sample[];
}

const POLL_EVERY_MS = 15_000;

/** Starts the server some time ago, polls it as the sampler would, and lets it catch up. */
export async function startWithPast(
  minutes: number,
  story: readonly StoryStep[],
): Promise<{ streamline: SimulatedStreamline; past: PastSnapshot[] }> {
  const endMs = clock.now();
  let virtualMs: number | undefined = endMs - minutes * 60_000;
  const streamline = await startSimulatedStreamline({
    host: "127.0.0.1",
    clock: () => virtualMs ?? clock.now(),
  });
  const poll = virtualSnapshots({
    model: streamline.model,
    now: () => virtualMs ?? endMs,
    target: sandboxTarget(streamline),
  });
  let left = story;
  const past: PastSnapshot[] = [];
  while (virtualMs + POLL_EVERY_MS < endMs) {
    virtualMs += POLL_EVERY_MS;
    left = await takeSteps(streamline, left, (endMs - virtualMs) / 60_000);
    const { timeMs, samples } = await poll();
    past.push({ timeMs, samples });
  }
  virtualMs = undefined;
  return { streamline, past };
}

/** Takes the steps whose time has come; returns those that are left. */
async function takeSteps(
  { faults }: SimulatedStreamline,
  steps: readonly StoryStep[],
  minutesAgo: number,
): Promise<StoryStep[]> {
  const due = steps
    .filter((step) => step.minutesAgo >= minutesAgo)
    .toSorted((a, b) => b.minutesAgo - a.minutesAgo);
  for (const { fault, on } of due) {
    if (on) await faults.set(fault);
    else await faults.clear(fault);
  }
  return steps.filter((step) => step.minutesAgo < minutesAgo);
}

/** A switch of a fault at a moment, in milliseconds since 1970. */
export interface FaultSwitch {
  readonly atMs: number;
  readonly fault: string;
  readonly on: boolean;
  readonly magnitude?: number | MagnitudeName;
}

interface WrittenPast {
  /** The server as these minutes left it. */
  readonly model: Model;
  readonly past: readonly PastSnapshot[];
}

/** What the last minutes of such a server would have been with these switches, oldest first. */
export async function writePast(
  shape: Shape,
  target: Target,
  { minutes, switches }: { readonly minutes: number; readonly switches: readonly FaultSwitch[] },
): Promise<WrittenPast> {
  let virtualMs = clock.now() - minutes * 60_000;
  const model = createModel({ seed: SIMULATED_SEED, startMs: virtualMs, shape });
  const poll = virtualSnapshots({ model, now: () => virtualMs, target });
  let left = switches;
  const past: PastSnapshot[] = [];
  const pollOnce = async (): Promise<void> => {
    for (const each of left.filter(({ atMs }) => atMs <= virtualMs)) {
      model.advance(Math.max(each.atMs, model.nowMs));
      if (each.on) model.faults.set(each.fault, each.magnitude);
      else model.faults.clear(each.fault);
    }
    left = left.filter(({ atMs }) => atMs > virtualMs);
    const { timeMs, samples } = await poll();
    past.push({ timeMs, samples });
  };
  while (virtualMs + POLL_EVERY_MS < clock.now()) {
    virtualMs += POLL_EVERY_MS;
    await pollOnce();
    // A person waits for the page meanwhile.
    await letOthersRun();
  }
  virtualMs = clock.now();
  await pollOnce();
  return { model, past };
}
