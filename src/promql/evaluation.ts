/**
 * One evaluation of an expression at one moment, as its parts see it: the moment, the data, and how
 * to evaluate what they are made of.
 */
import type { Window } from "../history/block.ts";
import type { HistoryReader } from "../history/history.ts";
import type { Metric } from "../history/metric.ts";
import type { Budget } from "./budget.ts";
import type { Expr, RangeSelector, Subquery } from "./expression.ts";
import type { ResultMemory } from "./result-memory.ts";
import type { VectorSample } from "./value.ts";

export interface EvaluationTimes {
  /** The moment that is evaluated. */
  readonly timeMs: number;
  /** The ends of the evaluated range, for @ start() and @ end(); both the moment without one. */
  readonly startMs: number;
  readonly endMs: number;
  /** How old a sample may be to count as the present value. */
  readonly lookbackMs: number;
  /** The step of subqueries that name none. */
  readonly stepMs: number;
}

export interface EvaluationFields extends EvaluationTimes {
  readonly history: HistoryReader;
  readonly memory: ResultMemory;
  /** Where the values of a range are read to, one series of one selector at a time. */
  readonly window: Window;
  /** What is left of what this evaluation may compute, over all of its moments. */
  readonly budget: Budget;
  /** Series come in the order of their labels, as Prometheus reads them; otherwise in any. */
  readonly isOrdered: boolean;
  /** An @ start() or @ end() in it: its values depend on more than their moment. */
  readonly hasEnds: boolean;
  /** Others may ask for the same parts at the same moment, so these are remembered. */
  readonly isShared: boolean;
}

export interface Evaluation extends EvaluationFields {
  vector(expr: Expr): readonly VectorSample[];
  scalar(expr: Expr): number;
  windows(expr: RangeSelector | Subquery): Windows;
  /** The same evaluation at another moment. */
  at(timeMs: number): Evaluation;
}

/** The values of a range vector, one series after the other. */
export interface Windows {
  /** The ends of the range; as in Prometheus 2.42, samples at either end belong to it. */
  readonly fromMs: number;
  readonly toMs: number;
  /**
   * Calls for each series that has a value in the range. The window is the same object every time,
   * and only valid during the call.
   */
  forEach(visit: (metric: Metric, window: Window) => void): void;
}
