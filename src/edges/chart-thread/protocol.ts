/** What the bot and its thread for charts say to each other. */

import type {
  DrawnChart,
  DrawRequest,
  ExpressionPlan,
  PlanRequest,
} from "../../diagnosis/draw-chart.ts";
import type { Labels } from "../../exposition/sample.ts";
import type { SharedHistory } from "../../history/history.ts";

/** Series of a target's history that the thread does not know yet, or no longer. */
export interface SeriesNews {
  readonly kind: "series";
  readonly target: string;
  readonly added: readonly (readonly [series: number, name: string, labels: Labels])[];
  readonly removed: readonly number[];
}

export type ChartTask =
  | ({ readonly task: "draw" } & DrawRequest)
  | ({ readonly task: "plan" } & PlanRequest);

export interface ChartJob {
  readonly kind: "job";
  readonly target: string;
  readonly history: SharedHistory;
  readonly asked: ChartTask;
}

export type ToThread = SeriesNews | ChartJob;

export type FromThread =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly result: DrawnChart | ExpressionPlan }
  | { readonly kind: "failed"; readonly reason: string };
