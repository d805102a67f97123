/** A thread that computes over histories: charts, and diagnoses of many series. It may be ended at any moment. */

import { parentPort } from "node:worker_threads";
import { drawChart, planChart } from "../../diagnosis/draw-chart.ts";
import { judgeAgain, judgeQuestion } from "../../diagnosis/replay/judge-question.ts";
import { openSharedHistory } from "../../history/history.ts";
import { SeriesIndex } from "../../history/series-index.ts";
import type {
  FromThread,
  HistoryJob,
  OwnJob,
  SeriesNews,
  ThreadResult,
  ToThread,
} from "./protocol.ts";

const indexes = new Map<string, SeriesIndex>();

function indexOf(target: string): SeriesIndex {
  const index = indexes.get(target) ?? new SeriesIndex(Number.POSITIVE_INFINITY);
  indexes.set(target, index);
  return index;
}

function learn({ target, added, removed }: SeriesNews): void {
  const index = indexOf(target);
  index.remove(removed);
  for (const [series, name, labels] of added) index.place(series, name, labels);
}

function overHistory({ target, history, asked }: HistoryJob): ThreadResult {
  const reader = openSharedHistory(history, indexOf(target));
  switch (asked.task) {
    case "draw":
      return drawChart(reader, asked);
    case "plan":
      return planChart(reader, asked);
    case "judge":
      return judgeQuestion(reader, asked);
  }
}

function answer(job: HistoryJob | OwnJob): FromThread {
  try {
    return { kind: "done", result: job.kind === "job" ? overHistory(job) : judgeAgain(job.asked) };
  } catch (error) {
    return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on("message", (message: ToThread) => {
  if (message.kind === "series") learn(message);
  else parentPort?.postMessage(answer(message));
});

parentPort?.postMessage({ kind: "ready" } satisfies FromThread);
