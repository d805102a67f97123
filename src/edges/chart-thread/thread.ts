/** The thread that computes what people ask to see over time. It may be ended at any moment. */

import { parentPort } from "node:worker_threads";
import { drawChart, planChart } from "../../diagnosis/draw-chart.ts";
import { openSharedHistory } from "../../history/history.ts";
import { createSeriesIndex, type SeriesIndex } from "../../history/series-index.ts";
import type { ChartJob, FromThread, SeriesNews, ToThread } from "./protocol.ts";

const indexes = new Map<string, SeriesIndex>();

function indexOf(target: string): SeriesIndex {
  const index = indexes.get(target) ?? createSeriesIndex(Number.POSITIVE_INFINITY);
  indexes.set(target, index);
  return index;
}

function learn({ target, added, removed }: SeriesNews): void {
  const index = indexOf(target);
  index.remove(removed);
  for (const [series, name, labels] of added) index.place(series, name, labels);
}

function answer({ target, history, asked }: ChartJob): FromThread {
  try {
    const reader = openSharedHistory(history, indexOf(target));
    const result = asked.task === "draw" ? drawChart(reader, asked) : planChart(reader, asked);
    return { kind: "done", result };
  } catch (error) {
    return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on("message", (message: ToThread) => {
  if (message.kind === "series") learn(message);
  else parentPort?.postMessage(answer(message));
});

parentPort?.postMessage({ kind: "ready" } satisfies FromThread);
