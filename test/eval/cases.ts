/**
 * The cases of the evaluation: what is switched on, when it is diagnosed, what is right to say.
 *
 * The first half was seen while the checks were written. The second half has other seeds,
 * magnitudes, onsets and moments, and has not been used to set any threshold.
 */

import { SCENARIOS } from "../../src/sandbox/streamline/scenarios/index.ts";
import type { Scenario } from "../../src/sandbox/streamline/scenarios/scenario.ts";
import { alikeOf, type EvalCase, type Half, magnitudeAt, timesOf } from "./eval-case.ts";
import { mixedCases } from "./mixed-cases.ts";

/** All cases of both halves. */
export function allCases(): EvalCase[] {
  return (["seen", "unseen"] as const).flatMap((half) => [...singles(half), ...mixedCases(half)]);
}

function singles(half: Half): EvalCase[] {
  return SCENARIOS.filter(({ kind }) => kind !== "evidence")
    .toSorted((a, b) => Number(a.kind === "control") - Number(b.kind === "control"))
    .flatMap((scenario) =>
      magnitudesOf(scenario, half).map(([name, magnitude]) =>
        single(scenario, { half, name, magnitude }),
      ),
    );
}

/** The unseen ones lie between the two ends, so that no threshold can have been fitted to them. */
function magnitudesOf(scenario: Scenario, half: Half): [name: string, magnitude: number][] {
  const { mild, severe } = scenario.magnitudes;
  return half === "seen"
    ? [
        ["mild", mild],
        ["severe", severe],
      ]
    : [
        ["third", magnitudeAt(scenario, 1 / 3)],
        ["most", magnitudeAt(scenario, 0.8)],
      ];
}

interface Variant {
  readonly half: Half;
  readonly name: string;
  readonly magnitude: number;
}

function single(scenario: Scenario, { half, name, magnitude }: Variant): EvalCase {
  const isCrashLoop = scenario.id === "crash-loop";
  const visible = scenario.onset.visibleAfterMs / 60_000;
  return {
    id: `${half}/${scenario.id}/${name}`,
    class: scenario.id,
    half,
    ...timesOf(half, scenario.id + name),
    shape: scenario.shape ?? "shop",
    switches: [{ scenario: scenario.id, magnitude, afterMin: 0 }],
    // Between two deaths, as the scenario's own test looks at it.
    pollMin: Math.max(visible, 1) + (isCrashLoop ? 0.35 : half === "seen" ? 0.5 : 1.7),
    polls: "always",
    expected:
      scenario.kind === "control"
        ? { kind: "clean" }
        : { kind: "cause", first: rightFor(scenario.id, magnitude) },
  };
}

/** Beyond the time-out of 5 s nobody can tell slow from hanging. */
const SLOWER_THAN_TIMEOUT = 5;

/** The checks that are right for a scenario, where their names differ or two say the same. */
function rightFor(scenario: string, magnitude: number): readonly string[] {
  if (scenario === "http-hanging") return ["http-hangs"];
  // The replay is its cause, and told with it for as long as the restart is.
  if (scenario === "consumer-stuck-after-replay") return ["consumer-stopped", "wal-replayed"];
  if (scenario !== "http-slow") return [scenario, ...alikeOf(scenario)];
  return magnitude >= SLOWER_THAN_TIMEOUT ? ["http-hangs", "http-slow"] : ["http-slow"];
}
