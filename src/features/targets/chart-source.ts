/** Who draws: what people type is computed elsewhere, with a budget and a deadline. */

import type {
  DrawnChart,
  DrawRequest,
  ExpressionPlan,
  PlanRequest,
} from "../../diagnosis/draw-chart.ts";
import type { Target } from "../../diagnosis/target.ts";

/** It needed more than a question may; the reason is a sentence for the person who asked. */
export interface Overtaxed {
  readonly kind: "overtaxed";
  readonly reason: string;
}

export interface ChartSource {
  draw(target: Target, request: DrawRequest): Promise<DrawnChart | Overtaxed>;
  plan(target: Target, request: PlanRequest): Promise<ExpressionPlan | Overtaxed>;
}
