/**
 * Why no series matches: a typing error, a label value that does not occur, nothing recorded yet,
 * or a name that this server describes and never records.
 */

import { labelValue, type Sample } from "../../exposition/sample.ts";
import { distanceWithin } from "../../spelling/edit-distance.ts";
import { nearestNames } from "../../spelling/nearest-names.ts";
import { DESCRIBED_ONLY, RECORDED } from "../known-metrics.ts";
import type { LabelMatcher, SeriesQuery } from "../series-query.ts";

export interface Absence {
  /** Names that match, when it is the labels that do not. */
  readonly otherLabels?: { readonly label: string; readonly values: readonly string[] };
  /** Names that appear only once something has happened, which has not happened yet. */
  readonly notYet: readonly string[];
  readonly neverRecorded: readonly { readonly name: string; readonly instead?: string }[];
  /** Names of this server that look most like what was typed. */
  readonly nearest: readonly string[];
}

/** More suggestions are a list to search in, not a hint. */
const MOST = 5;

/** Bounds the work on a server that invents names. */
const MOST_NAMES = 2_000;

/** Why a server's poll lacks a series: other labels, not recorded yet, never recorded, or a name like it. */
export function absenceOf(samples: readonly Sample[], query: SeriesQuery): Absence {
  const named = samples.filter((sample) => query.matchesName(sample.name));
  const labels = named.length === 0 ? undefined : firstMismatch(named, query.matchers);
  if (labels !== undefined) {
    return { otherLabels: labels, notYet: [], neverRecorded: [], nearest: [] };
  }
  const known = Object.keys(RECORDED);
  const notYet = known.filter(query.matchesName).slice(0, MOST);
  const neverRecorded = [...DESCRIBED_ONLY.keys()].filter(query.matchesName).slice(0, MOST);
  const isExplained = notYet.length + neverRecorded.length > 0;
  return {
    notYet,
    neverRecorded: neverRecorded.map((name) => {
      const instead = DESCRIBED_ONLY.get(name);
      return instead === undefined ? { name } : { name, instead };
    }),
    nearest: isExplained ? [] : nearestMetrics(samples, query.name),
  };
}

/** The first matcher that leaves nothing, with values of its label that do occur. */
function firstMismatch(
  named: readonly Sample[],
  matchers: readonly LabelMatcher[],
): Absence["otherLabels"] {
  let left = named;
  for (const { label, matches } of matchers) {
    const next = left.filter((sample) => matches(sample.labels));
    if (next.length === 0) {
      const values = new Set(left.map((sample) => labelValue(sample.labels, label)));
      return { label, values: [...values].filter((value) => value !== "").slice(0, MOST) };
    }
    left = next;
  }
  return undefined;
}

/** Names of metrics have a common beginning, so any part of one may be meant. */
function nearestMetrics(samples: readonly Sample[], typed: string): string[] {
  const names = [...new Set(samples.map((sample) => sample.name))].slice(0, MOST_NAMES);
  return nearestNames(typed.replace(/[*?]/g, ""), names, distanceWithin);
}
