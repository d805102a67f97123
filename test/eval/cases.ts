/**
 * The cases of the evaluation: what is switched on, when it is looked at, what is right to say.
 *
 * The first half has been looked at while the checks were written. The second half has other seeds,
 * magnitudes, onsets and moments, and has not been used to set any threshold.
 */

import { SCENARIOS } from "../../src/edges/sandbox/streamline/scenarios/index.ts";
import type { Scenario } from "../../src/edges/sandbox/streamline/scenarios/scenario.ts";
import type { ShapeName } from "../../src/edges/sandbox/streamline/shape.ts";

export type Half = "seen" | "unseen";

export interface EvalCase {
  readonly id: string;
  /** What the case is of: the scenario's id, or the kind of a mixed case. */
  readonly class: string;
  readonly half: Half;
  readonly seed: number;
  readonly shape: ShapeName;
  readonly switches: readonly Switch[];
  /** How long the bot has looked before the first switch, in minutes. */
  readonly warmUpMin: number;
  /** From the first switch to the question, in minutes. */
  readonly lookMin: number;
  readonly expected: Expected;
}

export interface Switch {
  readonly scenario: string;
  readonly magnitude: number;
  /** After the first switch, in minutes. */
  readonly afterMin: number;
}

export type Expected =
  /** One of these checks first; `all` of them among the first three when several are at work. */
  | { readonly kind: "cause"; readonly first: readonly string[]; readonly all?: readonly string[] }
  | { readonly kind: "clean" }
  /** Not to name any cause: the evidence is spoiled and nothing else is wrong. */
  | { readonly kind: "no-cause" }
  /** Something is wrong, and what would show it is gone: to say that these could not be checked. */
  | { readonly kind: "unknowable"; readonly checks: readonly string[] };

/** Checks that are right for a scenario, where their names differ or two say the same. */
const RIGHT: Readonly<Record<string, readonly string[]>> = {
  "http-hanging": ["http-hangs"],
  "http-garbage": ["foreign-service"],
  "metrics-flood": ["metrics-unreadable"],
};

/** Beyond the time-out of 5 s nobody can tell slow from hanging. */
const SLOWER_THAN_TIMEOUT = 5;

/** All cases of both halves. */
export function allCases(): EvalCase[] {
  return (["seen", "unseen"] as const).flatMap(casesOf);
}

function casesOf(half: Half): EvalCase[] {
  const faults = SCENARIOS.filter(({ kind }) => kind === "fault").flatMap((scenario) =>
    magnitudesOf(scenario, half).map(([name, magnitude]) =>
      single(scenario, { half, name, magnitude }),
    ),
  );
  const controls = SCENARIOS.filter(({ kind }) => kind === "control").flatMap((scenario) =>
    magnitudesOf(scenario, half).map(([name, magnitude]) =>
      single(scenario, { half, name, magnitude }),
    ),
  );
  return [...faults, ...controls, ...spoiled(half), ...pairs(half), ...spoiledFaults(half)];
}

/** The unseen ones lie between the two ends, so that no threshold can have been fitted to them. */
function magnitudesOf({ magnitudes }: Scenario, half: Half): [name: string, magnitude: number][] {
  const { mild, severe } = magnitudes;
  if (half === "seen") {
    return [
      ["mild", mild],
      ["severe", severe],
    ];
  }
  const between = (share: number): number => {
    const value =
      mild > 0 && severe > 0
        ? mild ** (1 - share) * severe ** share
        : mild + (severe - mild) * share;
    return Number.isInteger(mild) && Number.isInteger(severe) ? Math.round(value) : value;
  };
  return [
    ["third", between(1 / 3)],
    ["most", between(0.8)],
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
    lookMin: Math.max(visible, 1) + (isCrashLoop ? 0.35 : half === "seen" ? 0.5 : 1.7),
    expected:
      scenario.kind === "control"
        ? { kind: "clean" }
        : { kind: "cause", first: rightFor(scenario.id, magnitude) },
  };
}

function rightFor(scenario: string, magnitude: number): readonly string[] {
  if (scenario === "http-slow") {
    return magnitude >= SLOWER_THAN_TIMEOUT ? ["http-hangs", "http-slow"] : ["http-slow"];
  }
  return RIGHT[scenario] ?? [scenario];
}

function timesOf(half: Half, name: string): { seed: number; warmUpMin: number } {
  const spread = Array.from(name, (char) => char.charCodeAt(0)).reduce(
    (sum, code) => (sum * 31 + code) % 997,
    7,
  );
  return half === "seen"
    ? { seed: 11 + spread, warmUpMin: 30 }
    : { seed: 5_000 + spread, warmUpMin: 24 + (spread % 20) };
}

interface Mixed {
  readonly class: string;
  readonly scenarios: readonly (readonly [id: string, magnitude: "mild" | "severe"])[];
  readonly expected: Expected;
  readonly lookMin?: number;
}

function mixed(half: Half, { scenarios, expected, lookMin, ...rest }: Mixed): EvalCase {
  const found = scenarios.map(([id, magnitude]) => {
    const scenario = SCENARIOS.find((each) => each.id === id);
    if (scenario === undefined) throw new Error(`there is no scenario ${id}`);
    return { scenario, magnitude: scenario.magnitudes[magnitude] };
  });
  const visible = Math.max(...found.map(({ scenario }) => scenario.onset.visibleAfterMs)) / 60_000;
  const afterMin = half === "seen" ? 0 : 2;
  return {
    id: `${half}/${scenarios.map(([id, magnitude]) => `${id}-${magnitude}`).join("+")}`,
    class: rest.class,
    half,
    ...timesOf(half, scenarios.flat().join()),
    shape: "shop",
    switches: found.map(({ scenario, magnitude }, n) => ({
      scenario: scenario.id,
      magnitude,
      afterMin: n * afterMin,
    })),
    lookMin: (lookMin ?? Math.max(visible, 6)) + afterMin + 0.5,
    expected,
  };
}

/** The evidence is foreign, endless, missing or renamed, and nothing else is wrong. */
function spoiled(half: Half): EvalCase[] {
  const cause = (first: string): Expected => ({ kind: "cause", first: [first] });
  const cases: [id: string, magnitude: "mild" | "severe", expected: Expected][] = [
    ["foreign-service", "mild", cause("foreign-service")],
    ["foreign-service", "severe", cause("foreign-service")],
    ["http-garbage", "mild", cause("foreign-service")],
    ["http-garbage", "severe", cause("foreign-service")],
    ["metrics-flood", "severe", cause("metrics-unreadable")],
    ["series-missing", "mild", { kind: "no-cause" }],
    ["series-missing", "severe", { kind: "no-cause" }],
    ["series-renamed", "severe", { kind: "no-cause" }],
  ];
  return cases.map(([id, magnitude, expected]) =>
    mixed(half, { class: "spoiled evidence", scenarios: [[id, magnitude]], expected, lookMin: 8 }),
  );
}

const PAIRS = [
  ["disk-filling", "consumer-slow"],
  ["slow-wal-sync", "group-without-members"],
  ["connection-growth", "rebalance-storm"],
  ["oversized-requests", "hot-partition"],
  ["stale-fetch-cache", "transactions-timing-out"],
  ["append-failures", "consumer-stopped"],
] as const;

/** Two faults that have nothing to do with each other: either may come first, both must be told. */
function pairs(half: Half): EvalCase[] {
  const magnitude = half === "seen" ? "severe" : "mild";
  return PAIRS.map(([a, b]) =>
    mixed(half, {
      class: "two faults",
      scenarios: [
        [a, magnitude],
        [b, magnitude],
      ],
      expected: { kind: "cause", first: [a, b], all: [a, b] },
    }),
  );
}

/** A fault behind spoiled evidence: to be named by other evidence, or to be called unknown. */
function spoiledFaults(half: Half): EvalCase[] {
  const magnitude = half === "seen" ? "severe" : "mild";
  const named = (first: string): Expected => ({ kind: "cause", first: [first] });
  const unknowable = (check: string): Expected => ({ kind: "unknowable", checks: [check] });
  const cases: [fault: string, spoiler: string, expected: Expected][] = [
    ["slow-wal-sync", "series-missing", unknowable("slow-wal-sync")],
    ["tiny-batches", "series-missing", unknowable("tiny-batches")],
    ["connection-churn", "series-renamed", unknowable("connection-churn")],
    ["consumer-slow", "series-renamed", named("consumer-slow")],
    ["wal-backpressure", "series-renamed", named("wal-backpressure")],
    ["consumer-stopped", "http-down", named("http-down")],
    ["disk-full", "foreign-service", named("foreign-service")],
    ["hot-topic", "scrape-gap", named("hot-topic")],
    ["oversized-requests", "clock-jump", named("oversized-requests")],
    ["group-without-members", "deploy", named("group-without-members")],
  ];
  return cases.map(([fault, spoiler, expected]) =>
    mixed(half, {
      class: "fault and spoiled evidence",
      scenarios: [
        [fault, magnitude],
        [spoiler, "severe"],
      ],
      expected,
    }),
  );
}
