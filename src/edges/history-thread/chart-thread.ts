/** Charts, computed beside the bot. */

import type { DrawnChart, ExpressionPlan } from "../../diagnosis/draw-chart.ts";
import type { ChartSource, Overtaxed } from "../../features/targets/chart-source.ts";
import { createHistoryThread, type HistoryThreadOptions } from "./history-thread.ts";

/** A person waits for no more. */
const DEADLINE_MS = 2_000;

export type ChartThreadOptions = Omit<HistoryThreadOptions, "deadlineMs"> &
  Partial<Pick<HistoryThreadOptions, "deadlineMs">>;

/** `draw` and `plan` give what was asked for, or that it took too long or too much memory. */
export function createChartThread(
  options: ChartThreadOptions,
): ChartSource & { close(): Promise<void> } {
  const thread = createHistoryThread({ deadlineMs: DEADLINE_MS, ...options });
  return {
    draw: (target, request) =>
      thread.over(target, { task: "draw", ...request }) as Promise<DrawnChart | Overtaxed>,
    plan: (target, request) =>
      thread.over(target, { task: "plan", ...request }) as Promise<ExpressionPlan | Overtaxed>,
    close: () => thread.close(),
  };
}
