/** What recording rules make of a target's samples. */

import type { Labels, Sample } from "../../exposition/sample.ts";
import { NAME } from "../../history/metric.ts";
import { type Evidence, evidenceKey } from "../checks/evidence.ts";
import type { RecordingRule } from "./rule.ts";
import { isTooMuch, rowsAt } from "./rule-evidence.ts";

export interface Recorded {
  readonly samples: readonly Sample[];
  /** What needs more computing than was left; the first of them is the one to blame. */
  readonly leftOut: readonly RecordingRule[];
}

/** What the recording rules come to at a moment, to be kept beside the samples they are made of. */
export function recordedSamples(
  recording: readonly RecordingRule[],
  evidence: Evidence,
  timeMs: number,
): Recorded {
  const samples: Sample[] = [];
  const leftOut: RecordingRule[] = [];
  for (const rule of recording) {
    const { record, expr, labels } = rule;
    try {
      const recorded = rowsAt(expr, evidence, timeMs).map((row) => ({
        name: record,
        labels: { ...withoutName(row.labels), ...labels },
        value: row.value,
      }));
      if (areDistinct(recorded)) for (const sample of recorded) samples.push(sample);
    } catch (error) {
      if (!isTooMuch(error)) throw error;
      leftOut.push(rule);
    }
  }
  return { samples, leftOut };
}

/** Where a rule's own labels make one series of two, Prometheus records nothing. */
function areDistinct(samples: readonly Sample[]): boolean {
  return new Set(samples.map(({ labels }) => evidenceKey(labels))).size === samples.length;
}

function withoutName(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([label]) => label !== NAME));
}
