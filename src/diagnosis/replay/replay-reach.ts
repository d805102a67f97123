/**
 * How far back a diagnosis has read which metrics: what a replay of it must hold.
 *
 * A check that is healthy was read no further back than what is reported as over. One that
 * is or was active was followed to its beginning, and one that is unknown was searched for everywhere,
 * so their metrics are needed in full.
 */

import { type Expr, selectedName } from "../../promql/expression.ts";
import { parsePromql } from "../../promql/parse.ts";
import type { Check, Need } from "../checks/check.ts";
import { GAP_MS, PROCESS_START } from "../checks/check-needs.ts";
import { type Diagnosis, RECENT_MS } from "../checks/diagnose.ts";

/** Milliseconds before the judged moment, by metric; undefined: all metrics in full. */
export type Reach = ReadonlyMap<string, number> | undefined;

/** PromQL's lookback: an instant selector finds a sample this old. */
const LOOKBACK_MS = 300_000;

/** What all checks of a diagnosis have read; `windowMs` when more was asked of what is over. */
export function reachOf(diagnosis: Diagnosis, windowMs: number | undefined): Reach {
  const reach = new Map<string, number>([[PROCESS_START, Infinity]]);
  const add = (found: ReadonlyMap<string | undefined, number>): void => {
    for (const [name, ms] of found) {
      if (name !== undefined) reach.set(name, Math.max(ms, reach.get(name) ?? 0));
    }
  };
  const { active, recovered, unknown, healthy } = diagnosis;
  const findings = [...active, ...recovered, ...unknown, ...healthy];
  for (const { check, verdict } of findings) {
    const found = checkReach(check);
    if (found.has(undefined)) return undefined;
    const inFull = new Map([...found.keys()].map((name) => [name, Infinity] as const));
    add(verdict === "healthy" && windowMs === undefined ? shifted(found, RECENT_MS) : inFull);
  }
  return reach;
}

type Found = Map<string | undefined, number>;

function checkReach(check: Check): Found {
  const { expr, needs, values, chart } = check;
  return merged([
    ...[expr, ...Object.values(values), ...(chart === undefined ? [] : [chart])].map(textReach),
    ...needs.map(needReach),
  ]);
}

function needReach({ series, freshMs, historyMs, trafficMs, missingOkIf }: Need): Found {
  const seen = Math.max(freshMs, trafficMs, historyMs + GAP_MS);
  const own = shifted(textReach(series), seen);
  return missingOkIf === undefined
    ? own
    : merged([own, shifted(textReach(missingOkIf), historyMs)]);
}

function textReach(text: string): Found {
  return exprReach(parsePromql(text));
}

function exprReach(expr: Expr): Found {
  switch (expr.kind) {
    case "number":
    case "string":
      return new Map();
    case "selector": {
      const { at, offsetMs } = expr;
      return new Map([[selectedName(expr), at === undefined ? offsetMs + LOOKBACK_MS : Infinity]]);
    }
    case "range":
      return shifted(exprReach(expr.selector), expr.rangeMs);
    case "subquery": {
      const { at, offsetMs, rangeMs } = expr;
      return shifted(exprReach(expr.expr), at === undefined ? offsetMs + rangeMs : Infinity);
    }
    case "unary":
      return exprReach(expr.expr);
    case "call":
      return merged(expr.args.map(exprReach));
    case "aggregation":
      return merged([
        exprReach(expr.expr),
        ...(expr.param === undefined ? [] : [exprReach(expr.param)]),
      ]);
    case "binary":
      return merged([exprReach(expr.left), exprReach(expr.right)]);
  }
}

function shifted(found: Found, ms: number): Found {
  return new Map([...found].map(([name, own]) => [name, own + ms]));
}

function merged(all: readonly Found[]): Found {
  const together: Found = new Map();
  for (const [name, ms] of all.flatMap((each) => [...each])) {
    together.set(name, Math.max(ms, together.get(name) ?? 0));
  }
  return together;
}
