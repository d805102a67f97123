/** What comes of a chart that was asked for: the chart, or why there is none. */

import type { Picture } from "../../diagnosis/checks/picture.ts";
import type { DrawnChart, ExpressionPlan, PlanHead } from "../../diagnosis/draw-chart.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { UnknownName } from "../../diagnosis/unknown-names.ts";
import type { Overtaxed } from "./chart-source.ts";
import type { ChartAnswer } from "./render-chart.ts";
import { reasons } from "./render-metrics.ts";

type Undrawn = Exclude<
  DrawnChart | ExpressionPlan | Overtaxed,
  { kind: "picture" | "empty" | "plan" }
>;

/** Why an expression or a pattern gives nothing to draw. */
export function undrawn(answer: Undrawn, typed: string, { name: target }: Target): ChartAnswer {
  switch (answer.kind) {
    case "refused":
      return noChart(
        { title: answer.title, target, why: "not-understood" },
        `The expression cannot be used: ${answer.problem}`,
      );
    case "overtaxed":
      return noChart({ title: typed, target, why: "nothing" }, answer.reason);
    case "not-understood":
      return noChart({ title: answer.query, target, why: "not-understood" }, answer.problem);
    case "none": {
      const why = reasons(answer);
      return noChart(
        { title: answer.query, target, why: "nothing" },
        ...(why.length === 0 ? [NO_SERIES] : why),
      );
    }
  }
}

const NO_SERIES = "No series has this name, or one like it. `metrics` lists those there are.";

interface Drawn extends PlanHead {
  readonly target: Target;
  readonly windowMs: number;
  readonly picture: Picture;
  readonly from: "the bot's samples" | "Prometheus";
}

/** The chart as it is answered. */
export function drawn({ target, title, unit, notes, windowMs, picture, from }: Drawn): ChartAnswer {
  const chart = { target: target.name, title, unit, notes, windowMs, picture, from };
  return { kind: "chart", chart };
}

interface NoChart {
  readonly title: string;
  readonly target: string;
  readonly why: Extract<ChartAnswer, { kind: "none" }>["why"];
}

/** No chart, and the reasons as sentences. */
export function noChart(none: NoChart, ...reasons: readonly string[]): ChartAnswer {
  return { kind: "none", ...none, reasons };
}

/** "I know no series named x. Did you mean y?" */
export function unknownText({ name, nearest }: UnknownName): string {
  const meant = nearest.length === 0 ? "" : ` Did you mean ${nearest.join(", ")}?`;
  return `I know no series named ${name}.${meant}`;
}
