/**
 * Evidence that was fetched: the results of expressions at evenly spaced moments.
 *
 * Which expressions a diagnosis needs shows when it is made. It is made over what is there; what it lacked
 * is fetched, and it is made again, until it lacks nothing.
 */

import { type Evidence, EvidenceError, type EvidenceRow } from "../checks/evidence.ts";
import type { LineOverTime, Moments } from "../checks/picture.ts";

/** An expression at all moments, or at one. */
export interface WantedResult {
  readonly key: string;
  readonly expr: string;
  readonly moments: Moments;
}

/** What came of it: its rows, or the end of a sentence whose subject is the Prometheus. */
export type Fetched =
  | { readonly kind: "lines"; readonly lines: readonly LineOverTime[] }
  | { readonly kind: "failed"; readonly says: string };

export interface FetchedEvidence extends Evidence {
  readonly moments: Moments;
  /** What was asked for since the last call and is not there. */
  wanted(): WantedResult[];
  /** How often something was asked for that is not there. */
  misses(): number;
  put(wanted: WantedResult, fetched: Fetched): void;
}

export interface FetchedOptions {
  readonly moments: Moments;
  /** Numbers for sentences: of them only the moments that are told are fetched. */
  readonly atMoments: ReadonlySet<string>;
}

type Rows = ReadonlyMap<number, readonly EvidenceRow[]>;

/** One for all: it is thrown at each moment of hours, and nobody reads where. */
const NOT_YET = new EvidenceError("was not asked for it");

/** Sentences that are told; more would be fetched for nobody. */
const MOST_SINGLE = 60;

/**
 * Evidence over the moments. `results` that are lacking are collected instead of fetched: the caller
 * fetches them and diagnoses again.
 */
export function fetchedEvidence({ moments, atMoments }: FetchedOptions): FetchedEvidence {
  const { startMs, endMs, stepMs } = moments;
  const known = new Map<string, Rows | string>();
  const lacking = new Map<string, WantedResult>();
  let singles = 0;
  let misses = 0;
  const momentOf = (timeMs: number): number =>
    startMs + Math.floor((Math.min(timeMs, endMs) - startMs) / stepMs) * stepMs;

  function want(key: string, expr: string, atMs: number | undefined): boolean {
    if (lacking.has(key)) return true;
    if (atMs !== undefined && singles >= MOST_SINGLE) return false;
    if (atMs !== undefined) singles += 1;
    const single = atMs === undefined ? moments : { startMs: atMs, endMs: atMs, stepMs };
    lacking.set(key, { key, expr, moments: single });
    return true;
  }

  return {
    moments,
    firstMs: startMs,
    lastMs: endMs,
    snapshots: Math.floor((endMs - startMs) / stepMs) + 1,
    polls(fromMs, toMs) {
      const times: number[] = [];
      for (let timeMs = momentOf(toMs); timeMs >= Math.max(fromMs, startMs); timeMs -= stepMs) {
        times.push(timeMs);
      }
      return times;
    },
    at(expr, timeMs) {
      const atMs = momentOf(timeMs);
      const isSingle = atMoments.has(expr);
      const key = isSingle ? `${atMs} ${expr}` : expr;
      const found = known.get(key);
      if (typeof found === "string") throw new EvidenceError(found);
      if (found !== undefined) return found.get(atMs) ?? [];
      if (!want(key, expr, isSingle ? atMs : undefined)) return [];
      misses += 1;
      throw NOT_YET;
    },
    wanted() {
      const all = [...lacking.values()];
      lacking.clear();
      return all;
    },
    misses: () => misses,
    put({ key }, fetched) {
      known.set(key, fetched.kind === "failed" ? fetched.says : rowsOf(fetched.lines));
    },
  };
}

function rowsOf(lines: readonly LineOverTime[]): Rows {
  const rows = new Map<number, EvidenceRow[]>();
  for (const { labels, points } of lines) {
    for (const { timeMs, value } of points) {
      const at = rows.get(timeMs);
      if (at === undefined) rows.set(timeMs, [{ labels, value }]);
      else at.push({ labels, value });
    }
  }
  return rows;
}
