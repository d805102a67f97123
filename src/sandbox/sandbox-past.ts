/** A simulated server that has been running for a while, with what the bot would have seen of it. */

import { clock } from "../edges/clock.ts";
import type { Sample } from "../exposition/sample.ts";
import { sandboxTarget } from "./sandbox-target.ts";
import { type SimulatedStreamline, startSimulatedStreamline } from "./streamline/server.ts";
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
