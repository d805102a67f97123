/** What the bot and a thread that computes over histories say to each other. */

import type {
  DrawnChart,
  DrawRequest,
  ExpressionPlan,
  PlanRequest,
} from "../../diagnosis/draw-chart.ts";
import type {
  Judged,
  JudgedAgain,
  ToJudge,
  ToJudgeAgain,
} from "../../diagnosis/replay/judge-question.ts";
import type { Labels } from "../../exposition/sample.ts";
import type { SharedHistory } from "../../history/history.ts";

/** Series of a target's history that the thread does not know yet, or no longer. */
export interface SeriesNews {
  readonly kind: "series";
  readonly target: string;
  readonly added: readonly (readonly [series: number, name: string, labels: Labels])[];
  readonly removed: readonly number[];
}

/** Over the history of a target. */
export type HistoryTask =
  | ({ readonly task: "draw" } & DrawRequest)
  | ({ readonly task: "plan" } & PlanRequest)
  | ({ readonly task: "judge" } & ToJudge);

/** Over what comes with it. */
export type OwnTask = { readonly task: "judge-again" } & ToJudgeAgain;

export interface HistoryJob {
  readonly kind: "job";
  readonly target: string;
  readonly history: SharedHistory;
  readonly asked: HistoryTask;
}

export interface OwnJob {
  readonly kind: "own";
  readonly asked: OwnTask;
}

export type ToThread = SeriesNews | HistoryJob | OwnJob;

export type ThreadResult = DrawnChart | ExpressionPlan | Judged | JudgedAgain;

export type FromThread =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly result: ThreadResult }
  | { readonly kind: "failed"; readonly reason: string };
