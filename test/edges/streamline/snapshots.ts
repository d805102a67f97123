/** A sampler over a simulated server whose time is the test's. */

import type { Target } from "../../../src/diagnosis/target.ts";
import {
  createSampler,
  type Sampler,
  type SamplerSettings,
  type TargetSnapshot,
} from "../../../src/edges/streamline/sampler.ts";
import { createTargetClient } from "../../../src/edges/streamline/target-client.ts";
import type { Sample } from "../../../src/exposition/sample.ts";
import type { SimulatedStreamline } from "../../../src/sandbox/streamline/server.ts";
import { startSimulatedStreamline } from "../../../src/sandbox/streamline/server.ts";
import { SHAPES, type Shape } from "../../../src/sandbox/streamline/shape.ts";

export interface Bench {
  readonly server: SimulatedStreamline;
  readonly sampler: Sampler;
  readonly target: Target;
  /** What the history was given, in order. */
  readonly kept: { readonly timeMs: number; readonly samples: readonly Sample[] }[];
  /** Lets time pass, then polls. */
  readonly pollAfter: (ms: number) => Promise<TargetSnapshot>;
  close(): Promise<void>;
}

const START_MS = Date.UTC(2026, 0, 5, 12);

export async function openBench(
  options: { readonly shape?: Shape; readonly settings?: Partial<SamplerSettings> } = {},
): Promise<Bench> {
  let nowMs = START_MS;
  const now = (): number => nowMs;
  const server = await startSimulatedStreamline({
    shape: options.shape ?? SHAPES.shop,
    clock: now,
  });
  const target: Target = {
    name: "shop",
    http: server.http,
    kafka: server.kafka,
    labels: { instance: "shop-1:9094" },
    timeoutMs: 10_000,
    maxBodyBytes: 64 * 1024 * 1024,
  };
  const poll = createTargetClient({ clock: { now } });
  const kept: Bench["kept"] = [];
  const sampler = createSampler({
    poll,
    targets: [target],
    historyOf: () => ({ append: (timeMs, samples) => kept.push({ timeMs, samples }) }),
    clock: { now, sleep: () => Promise.resolve() },
    random: () => 0.5,
    log: {
      error: (fields) => {
        throw new Error("a poll failed", { cause: fields });
      },
    },
    settings: options.settings ?? {},
  });
  return {
    server,
    sampler,
    target,
    kept,
    pollAfter(ms) {
      nowMs += ms;
      return sampler.sample(target);
    },
    async close() {
      await poll.close();
      await server.close();
    },
  };
}

/** The values of a series by its labels, as text. */
export function values(
  snapshot: Pick<TargetSnapshot, "samples">,
  name: string,
): Record<string, number> {
  const found = snapshot.samples.filter((sample) => sample.name === name);
  return Object.fromEntries(
    found.map(({ labels, value }) => [Object.values(labels).join("/"), value]),
  );
}
