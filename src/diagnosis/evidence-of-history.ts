/** A target's history as evidence: PromQL over its snapshots. */

import { evaluate } from "../promql/evaluate.ts";
import type { Expr } from "../promql/expression.ts";
import { createHistory, type History, type Snapshot } from "../promql/history.ts";
import { parsePromql } from "../promql/parse.ts";
import type { Value } from "../promql/value.ts";
import type { Evidence, Row } from "./evidence.ts";

/**
 * Evidence for one diagnosis. The history must not change while it is used: what was computed once
 * is kept, since many checks need the same series.
 */
export function evidenceOf(history: History): Evidence {
  const expressions = new Map<string, Expr>();
  const results = new Map<string, readonly Row[]>();
  const { firstMs, lastMs, snapshots } = history.stats();
  return {
    firstMs,
    lastMs,
    snapshots,
    at(text, timeMs) {
      const key = `${timeMs} ${text}`;
      const known = results.get(key);
      if (known !== undefined) return known;
      const expr = expressions.get(text) ?? parsePromql(text);
      expressions.set(text, expr);
      const rows = rowsOf(evaluate(expr, history, { timeMs }));
      results.set(key, rows);
      return rows;
    },
  };
}

/** A history of these snapshots and no others, as old as they may be. */
export function historyOf(snapshots: Iterable<Snapshot>): History {
  const history = createHistory({ retentionMs: Number.POSITIVE_INFINITY });
  for (const { timeMs, samples } of snapshots) history.append(timeMs, samples);
  return history;
}

function rowsOf(value: Value): readonly Row[] {
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
