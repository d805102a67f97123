/** A target's history as evidence: PromQL over its snapshots. */

import { createHistory, type History, type Snapshot } from "../../history/history.ts";
import { createEvaluator } from "../../promql/evaluate.ts";
import type { Value } from "../../promql/value.ts";
import type { Evidence, EvidenceRow } from "./evidence.ts";

/** Evidence for one diagnosis: how far the history reaches is asked once. */
export function evidenceOf(history: History): Evidence {
  const evaluator = createEvaluator(history);
  const { firstMs, lastMs, snapshots } = history.stats();
  return {
    firstMs,
    lastMs,
    snapshots,
    at: (expr, timeMs) => rowsOf(evaluator.evaluate(expr, { timeMs })),
  };
}

/** A history of these snapshots and no others, as old as they may be. */
export function historyOf(snapshots: Iterable<Snapshot>): History {
  const history = createHistory({ retentionMs: Number.POSITIVE_INFINITY });
  for (const { timeMs, samples } of snapshots) history.append(timeMs, samples);
  return history;
}

function rowsOf(value: Value): readonly EvidenceRow[] {
  switch (value.kind) {
    case "scalar":
      return [{ labels: {}, value: value.value }];
    case "vector":
      return value.samples.map((sample) => ({ labels: sample.metric.labels, value: sample.value }));
    case "string":
    case "matrix":
      return [];
  }
}
