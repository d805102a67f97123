/** Which scenarios are switched on, since when and how strongly; and the conditions that result. */
import { type Conditions, normalConditions } from "./conditions.ts";
import { SCENARIOS } from "./scenarios/index.ts";
import type { Scenario } from "./scenarios/scenario.ts";
import { SHAPES, type Shape } from "./shape.ts";

export interface ActiveFault {
  readonly scenario: Scenario;
  readonly magnitude: number;
  readonly sinceMs: number;
}

export type MagnitudeName = "mild" | "severe";

export interface FaultBoard {
  /** The scenarios that a server of this shape can run. */
  readonly list: readonly Scenario[];
  active(): readonly ActiveFault[];
  /** Switches a scenario on; once more changes its magnitude and begins again. Throws on a wrong id. */
  set(id: string, magnitude?: number | MagnitudeName): void;
  clear(id: string): void;
  clearAll(): void;
  /** What the faults that are on make of normal conditions at that moment. */
  conditionsAt(nowMs: number): Conditions;
}

/** What the board needs to know of the server at the moment a fault is switched on. */
export interface FaultMoment {
  readonly nowMs: number;
  readonly freeBytes: number;
}

interface SwitchedFault extends ActiveFault {
  readonly freeBytesAtOnset: number;
}

/** `onChange` runs after every switch, so that a dead process is dead before the next step. */
export function createFaultBoard(
  shape: Shape,
  { moment, onChange }: { moment: () => FaultMoment; onChange: () => void },
): FaultBoard {
  const list = SCENARIOS.filter((scenario) => fits(scenario, shape));
  const entries = new Map<string, SwitchedFault>();
  return {
    list,
    active: () => [...entries.values()],
    set(id, magnitude = "severe") {
      const scenario = findScenario(list, id);
      const { nowMs, freeBytes } = moment();
      const chosen = typeof magnitude === "number" ? magnitude : scenario.magnitudes[magnitude];
      entries.set(id, {
        scenario,
        magnitude: chosen,
        sinceMs: nowMs,
        freeBytesAtOnset: freeBytes,
      });
      onChange();
    },
    clear(id) {
      findScenario(list, id);
      entries.delete(id);
      onChange();
    },
    clearAll() {
      entries.clear();
      onChange();
    },
    conditionsAt: (nowMs) => composeConditions(entries.values(), nowMs, shape),
  };
}

function fits(scenario: Scenario, shape: Shape): boolean {
  if (scenario.shape === "cluster") return shape.cluster !== undefined;
  if (scenario.shape === "empty") return shape.topics.length === 0;
  return scenario.shape === undefined || SHAPES[scenario.shape] === shape;
}

function findScenario(list: readonly Scenario[], id: string): Scenario {
  const scenario = list.find((candidate) => candidate.id === id);
  if (scenario === undefined) {
    const known = list.map((candidate) => candidate.id).join(", ");
    throw new Error(`No scenario "${id}" for this server. There are: ${known}`);
  }
  return scenario;
}

function composeConditions(
  entries: Iterable<SwitchedFault>,
  nowMs: number,
  shape: Shape,
): Conditions {
  const conditions = normalConditions();
  for (const { scenario, magnitude, sinceMs, freeBytesAtOnset } of entries) {
    const elapsedMs = nowMs - sinceMs;
    const { rampMs } = scenario.onset;
    const ramp = rampMs === 0 ? 1 : Math.min(1, elapsedMs / rampMs);
    scenario.apply(conditions, {
      magnitude,
      nowMs,
      sinceMs,
      elapsedMs,
      ramp,
      shape,
      freeBytesAtOnset,
    });
  }
  return conditions;
}
