/** The numbers of a chart: a finding's `chart` expression at evenly spaced moments. */

import { type Labels, labelValue } from "../exposition/sample.ts";
import { PromqlError } from "../promql/promql-error.ts";
import type { Check } from "./checks/check.ts";
import { type Evidence, EvidenceError, type EvidenceRow, evidenceKey } from "./checks/evidence.ts";
import type { Active } from "./checks/finding.ts";

export interface Chart {
  readonly check: Check;
  /** The moments, oldest first, at most `CHART_POINTS`. */
  readonly timesMs: readonly number[];
  readonly series: readonly ChartSeries[];
}

export interface ChartSeries {
  readonly labels: Labels;
  /** One per moment; undefined where there was no number. */
  readonly values: readonly (number | undefined)[];
}

/** Slack draws at most 20 categories (slack-platform, "Block limits"). */
export const CHART_POINTS = 20;
/** More lines than this cannot be distinguished in a small picture. */
const MOST_SERIES = 3;

/** Undefined when the check draws nothing, or there are fewer than two moments to draw. */
export function readChart(
  { check, rows }: Pick<Active, "check" | "rows">,
  evidence: Evidence,
  { nowMs, windowMs }: { nowMs: number; windowMs: number },
): Chart | undefined {
  if (check.chart === undefined || evidence.firstMs === undefined) return undefined;
  const stepMs = windowMs / CHART_POINTS;
  const firstMs = evidence.firstMs;
  const moments = Array.from(
    { length: CHART_POINTS },
    (_, n) => nowMs - (CHART_POINTS - 1 - n) * stepMs,
  ).filter((timeMs) => timeMs >= firstMs);
  const expr = check.chart;
  const results = moments.map((timeMs) => rowsAt(evidence, expr, timeMs));
  const wanted = chosen(results.at(-1) ?? [], rows[0]?.labels ?? {});
  const drawn = moments.filter((_, n) => (results[n] ?? []).length > 0);
  if (wanted.length === 0 || drawn.length < 2) return undefined;
  const kept = results.filter((result) => result.length > 0);
  return {
    check,
    timesMs: drawn,
    series: wanted.map((labels) => ({
      labels,
      values: kept.map((result) => valueWith(result, evidenceKey(labels))),
    })),
  };
}

/** A chart is an extra: one that these data do not allow is left out. */
function rowsAt(evidence: Evidence, expr: string, timeMs: number): readonly EvidenceRow[] {
  try {
    return evidence.at(expr, timeMs).filter(({ value }) => Number.isFinite(value));
  } catch (error) {
    if (error instanceof PromqlError || error instanceof EvidenceError) return [];
    throw error;
  }
}

/** Of many series those of the worst row come first, then the largest. */
function chosen(rows: readonly EvidenceRow[], worst: Labels): Labels[] {
  const isOfWorst = ({ labels }: EvidenceRow): boolean =>
    Object.entries(labels).every(
      ([name, value]) => labelValue(worst, name) === "" || labelValue(worst, name) === value,
    );
  return rows
    .toSorted(
      (a, b) =>
        Number(isOfWorst(b)) - Number(isOfWorst(a)) ||
        b.value - a.value ||
        (evidenceKey(a.labels) < evidenceKey(b.labels) ? -1 : 1),
    )
    .slice(0, MOST_SERIES)
    .map(({ labels }) => labels);
}

function valueWith(rows: readonly EvidenceRow[], key: string): number | undefined {
  return rows.find(({ labels }) => evidenceKey(labels) === key)?.value;
}
