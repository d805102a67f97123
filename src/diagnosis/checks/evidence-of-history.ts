/** A target's history as evidence: PromQL over its snapshots. */

import {
  createHistory,
  type History,
  type HistoryReader,
  type Snapshot,
} from "../../history/history.ts";
import { createEvaluator, type EvaluatorOptions } from "../../promql/evaluate.ts";
import type { Expr } from "../../promql/expression.ts";
import { parsePromql } from "../../promql/parse.ts";
import type { Value } from "../../promql/value.ts";
import type { Evidence, EvidenceRow } from "./evidence.ts";

/** What each evaluation may compute, and all of them together. */
export type EvidenceLimits = Pick<EvaluatorOptions, "units" | "allowance">;

/** Evidence for one diagnosis: how far the history reaches is asked once. */
export function evidenceOf(history: HistoryReader, limits: EvidenceLimits = {}): Evidence {
  const evaluator = createEvaluator(history, limits);
  const { firstMs, lastMs, snapshots } = history.stats();
  return {
    firstMs,
    lastMs,
    snapshots,
    polls: (fromMs, toMs) => pollsOf(history, fromMs, toMs),
    at: (expr, timeMs) => rowsOf(evaluator.evaluate(parsed(expr), { timeMs })),
  };
}

/** Checks ask the same expressions at many moments: reading them took a quarter of a diagnosis. */
const known = new Map<string, Expr>();
/** Several times what all checks have; an expression beyond it is read again. */
const MOST_KNOWN = 5_000;

function parsed(text: string): Expr {
  const found = known.get(text);
  if (found !== undefined) return found;
  const expr = parsePromql(text);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, expr);
  return expr;
}

/** A history of these snapshots and no others, as old as they may be. */
export function historyOf(snapshots: Iterable<Snapshot>): History {
  const history = createHistory({ retentionMs: Number.POSITIVE_INFINITY });
  for (const { timeMs, samples } of snapshots) history.append(timeMs, samples);
  return history;
}

function pollsOf(history: HistoryReader, fromMs: number, toMs: number): number[] {
  const times: number[] = [];
  let slot = history.slotAt(toMs, Number.POSITIVE_INFINITY);
  while (slot !== undefined && slot.timeMs >= fromMs) {
    times.push(slot.timeMs);
    slot = history.slotAt(slot.timeMs - 1, Number.POSITIVE_INFINITY);
  }
  return times;
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
