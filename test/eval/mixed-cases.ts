/** Cases of several things at once: spoiled evidence, two faults, look-alikes, no history. */

import { SCENARIOS } from "../../src/sandbox/streamline/scenarios/index.ts";
import {
  alikeOf,
  type EvalCase,
  type Expected,
  type Half,
  magnitudeAt,
  timesOf,
} from "./eval-case.ts";

interface Mixed {
  readonly class: string;
  /** Scenarios with how far each is from mild (0) to severe (1). */
  readonly scenarios: readonly (readonly [id: string, share: number])[];
  readonly expected: Expected;
  readonly pollMin?: number;
  readonly polls?: EvalCase["polls"];
}

export function mixedCases(half: Half): EvalCase[] {
  return [
    ...spoiledEvidence(half),
    ...twoFaults(half),
    ...spoiledFaults(half),
    ...lookAlikes(half),
    ...twoPolls(half),
  ].map((each) => toCase(half, each));
}

function toCase(half: Half, mixed: Mixed): EvalCase {
  const { expected, pollMin, polls = "always" } = mixed;
  const found = mixed.scenarios.map(([id, share]) => {
    const scenario = SCENARIOS.find((each) => each.id === id);
    if (scenario === undefined) throw new Error(`there is no scenario ${id}`);
    return { scenario, magnitude: magnitudeAt(scenario, share) };
  });
  const visible = Math.max(...found.map(({ scenario }) => scenario.onset.visibleAfterMs)) / 60_000;
  const afterMin = half === "seen" || polls === "twice" ? 0 : 2;
  const name = mixed.scenarios.map(([id, share]) => `${id}-${share}`).join("+");
  const [first] = found;
  return {
    id: `${half}/${mixed.class}/${name}`,
    class: mixed.class,
    half,
    ...timesOf(half, mixed.class + name),
    shape: first?.scenario.shape ?? "shop",
    switches: found.map(({ scenario, magnitude }, n) => ({
      scenario: scenario.id,
      magnitude,
      afterMin: n * afterMin,
    })),
    pollMin: (pollMin ?? Math.max(visible, 6)) + (found.length - 1) * afterMin + 0.5,
    polls,
    expected,
  };
}

function named(first: string): Expected {
  return { kind: "cause", first: [first] };
}

/** The evidence is foreign, endless, missing or renamed, and nothing else is wrong. */
function spoiledEvidence(half: Half): Mixed[] {
  const share = half === "seen" ? 1 : 0.9;
  const cases: [id: string, share: number, expected: Expected][] = [
    ["foreign-service", 0, named("foreign-service")],
    ["foreign-service", 1, named("foreign-service")],
    ["http-garbage", 0, named("foreign-service")],
    ["http-garbage", 1, named("foreign-service")],
    ["metrics-flood", share, named("metrics-unreadable")],
    ["series-missing", 0, { kind: "no-cause" }],
    ["series-missing", 1, { kind: "no-cause" }],
    ["series-renamed", 1, { kind: "no-cause" }],
  ];
  return cases.map(([id, own, expected]) => ({
    class: "spoiled evidence",
    scenarios: [[id, own]],
    expected,
    pollMin: 8,
  }));
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
function twoFaults(half: Half): Mixed[] {
  const share = half === "seen" ? 1 : 0;
  return PAIRS.map(([a, b]) => ({
    class: "two faults",
    scenarios: [
      [a, share],
      [b, share],
    ],
    expected: { kind: "cause", first: [a, b, ...alikeOf(a)], all: [a, b] },
  }));
}

/** A fault behind spoiled evidence: to be named by other evidence, or to be called unknown. */
function spoiledFaults(half: Half): Mixed[] {
  const share = half === "seen" ? 1 : 0;
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
  return cases.map(([fault, spoiler, expected]) => ({
    class: "fault and spoiled evidence",
    scenarios: [
      [fault, share],
      [spoiler, 1],
    ],
    expected,
  }));
}

/** Each beside what it is easily taken for, which must not be named as a cause of its own. */
function lookAlikes(half: Half): Mixed[] {
  const share = half === "seen" ? 0.5 : 0.65;
  const cases: [id: string, twins: readonly string[]][] = [
    ["slow-wal-sync", ["consumer-slow", "consumer-stopped", "saturated"]],
    ["consumer-slow", ["slow-wal-sync", "group-without-members", "consumer-stopped"]],
    ["group-without-members", ["consumer-slow", "consumer-stopped"]],
    ["consumer-stopped", ["consumer-slow", "group-without-members"]],
    ["saturated", ["slow-wal-sync", "pipeline-limit"]],
    ["just-restarted", ["crash-loop", "server-down"]],
    ["crash-loop", ["just-restarted"]],
  ];
  return [
    ...cases.map(
      ([id, never]): Mixed => ({
        class: "look-alikes",
        scenarios: [[id, share]],
        expected: { kind: "cause", first: [id], never },
        ...(id === "crash-loop"
          ? { pollMin: 5.85 }
          : id === "just-restarted"
            ? { pollMin: 2 }
            : {}),
      }),
    ),
    {
      class: "look-alikes",
      scenarios: [["throttled", share]],
      expected: { kind: "clean" },
      pollMin: 8,
    },
  ];
}

/** No history: two polls, five seconds apart. What happens all the time is seen, what needs time is not. */
function twoPolls(half: Half): Mixed[] {
  const share = half === "seen" ? 1 : 0.5;
  const causes = [
    "server-down",
    "http-down",
    "data-directory-gone",
    "disk-full",
    "wal-backpressure",
    "saturated",
  ];
  const cases: [id: string, expected: Expected][] = [
    ...causes.map((id): [string, Expected] => [id, named(id)]),
    ["consumer-slow", { kind: "unknowable", checks: ["consumer-slow"] }],
    ["steady", { kind: "no-cause" }],
    ["deploy", { kind: "no-cause" }],
  ];
  return cases.map(([id, expected]) => ({
    class: "no history",
    scenarios: [[id, share]],
    expected,
    polls: "twice",
  }));
}
