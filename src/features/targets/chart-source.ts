/** What charts are drawn from, and who draws: what people type is computed elsewhere, with a budget and a deadline. */

import type { Moments } from "../../diagnosis/checks/picture.ts";
import type {
  DrawnChart,
  DrawRequest,
  ExpressionPlan,
  PlanRequest,
} from "../../diagnosis/draw-chart.ts";
import type { RangeAnswer } from "../../diagnosis/prometheus-answers.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { HistoryReader } from "../../history/history.ts";
import type { SeriesText } from "../commands/command-row.ts";
import type { Clock } from "../shared/ports.ts";

/** A shorter chart shows no trend. */
export const SHORTEST_CHART_MS = 60_000;

/** It needed more than a question may; the reason is a sentence for the person who asked. */
export interface Overtaxed {
  readonly kind: "overtaxed";
  readonly reason: string;
}

export interface ChartSource {
  draw(target: Target, request: DrawRequest): Promise<DrawnChart | Overtaxed>;
  plan(target: Target, request: PlanRequest): Promise<ExpressionPlan | Overtaxed>;
}

export interface ChartOptions {
  readonly what: SeriesText;
  readonly windowMs: number;
}

/** A target's Prometheus; never throws for what it does. */
export interface PrometheusSource {
  range(target: Target, expr: string, moments: Moments): Promise<RangeAnswer>;
}

export interface ChartPorts {
  readonly memory: { history(target: Target): Pick<HistoryReader, "stats"> };
  readonly charts: ChartSource;
  readonly prometheus: PrometheusSource;
  readonly clock: Pick<Clock, "now">;
}

/** A chart of what, over which time until now. */
export interface ChartRequest extends ChartOptions {
  readonly target: Target;
  readonly nowMs: number;
}
