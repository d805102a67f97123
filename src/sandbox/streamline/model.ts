/**
 * The simulated server in virtual time: pure, seeded, the same every time.
 *
 * Time moves in steps of one second on a grid that begins at `startMs`, so it does not matter how
 * `advance` is called. What happens between two steps shows at the next one.
 */
import { advanceBackground } from "./background.ts";
import type { Conditions } from "./conditions.ts";
import { advanceConnections } from "./connections.ts";
import { advanceConsume } from "./consume.ts";
import { createFaultBoard, type FaultBoard } from "./faults.ts";
import { advanceProcess } from "./lifecycle.ts";
import { advanceProduce } from "./produce.ts";
import { createRandom } from "./random.ts";
import type { Shape } from "./shape.ts";
import { copyState, createState, type ServerState } from "./state.ts";
import { advanceRetention, freeDiskBytes } from "./storage.ts";
import { advanceTransactions } from "./transactions.ts";

const STEP_MS = 1000;

/** The past is simulated coarsely, its last minutes step by step: quantile windows look back 60 s. */
const COARSE_STEP_MS = 300_000;
const FINE_PAST_MS = 90_000;

export interface ModelOptions {
  readonly seed: number;
  readonly startMs: number;
  readonly shape: Shape;
}

export interface Model {
  readonly shape: Shape;
  readonly state: ServerState;
  readonly faults: FaultBoard;
  readonly nowMs: number;
  /** The conditions that hold now, with the faults that are on. */
  conditions(): Conditions;
  /** Runs all whole steps up to that moment; an earlier one changes nothing. */
  advance(toMs: number): void;
  /** Runs one step ahead of time, so that a fault just switched shows at once. */
  step(): void;
  /** The same server without the faults that are on; from here on it has a chance of its own. */
  fork(seed: number): Model;
}

/** A server that has been up for as long as its shape says when the simulation begins. */
export function createModel({ seed, startMs, shape }: ModelOptions): Model {
  const bootMs = startMs - shape.uptimeMs;
  const state = createState(shape, createRandom(seed), bootMs);
  const model = modelOf(state);
  advanceProcess(state, model.conditions());
  while (startMs - FINE_PAST_MS - state.nowMs > 0) {
    const left = startMs - FINE_PAST_MS - state.nowMs;
    advanceState(state, model.faults, Math.min(COARSE_STEP_MS, left));
  }
  while (state.nowMs < startMs)
    advanceState(state, model.faults, Math.min(STEP_MS, startMs - state.nowMs));
  return model;
}

function modelOf(state: ServerState): Model {
  const { shape } = state;
  const conditions = () => faults.conditionsAt(state.nowMs);
  const faults: FaultBoard = createFaultBoard(shape, {
    moment: () => ({ nowMs: state.nowMs, freeBytes: freeDiskBytes(state) }),
    onChange: () => void advanceProcess(state, conditions()),
  });
  const step = () => advanceState(state, faults, STEP_MS);
  return {
    shape,
    state,
    faults,
    get nowMs() {
      return state.nowMs;
    },
    conditions,
    advance(toMs) {
      while (state.nowMs + STEP_MS <= toMs) step();
    },
    step,
    fork: (seed) => modelOf(copyState(state, createRandom(seed))),
  };
}

function advanceState(state: ServerState, faults: FaultBoard, byMs: number): void {
  const fromMs = state.nowMs;
  state.nowMs += byMs;
  const conditions = faults.conditionsAt(state.nowMs);
  state.clockOffsetMs = conditions.clockOffsetMs;
  if (!advanceProcess(state, conditions)) return;
  const seconds = byMs / 1000;
  advanceConnections(state, conditions, seconds);
  advanceProduce(state, conditions, seconds);
  advanceConsume(state, conditions, seconds);
  advanceTransactions(state, conditions, fromMs);
  advanceRetention(state, conditions, fromMs);
  advanceBackground(state, conditions, fromMs);
}
