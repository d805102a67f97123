/** When a recording is asked, and what is right to say then. */

import type { Expectation, LabelledRecording, Normal } from "./labels.ts";

export type Moment =
  | {
      readonly kind: "fault";
      readonly at: string;
      readonly ms: number;
      readonly afterS: number;
      readonly expected: Expectation;
    }
  | {
      readonly kind: "normal";
      readonly at: string;
      readonly ms: number;
      readonly expected: Normal;
      /** The faults of this recording that are over by then. */
      readonly over: readonly Expectation[];
    };

/** Seconds after the beginning of a fault. */
const AFTER_S = [30, 60, 120, 180];

/** All moments of a recording, in the order of their times. */
export function momentsOf({ expect, normal }: LabelledRecording): readonly Moment[] {
  return [
    ...expect.flatMap(faultMoments),
    ...normal.map((own): Moment => {
      const over = expect.filter(({ toMs }) => toMs <= own.ms);
      return { kind: "normal", at: own.name, ms: own.ms, expected: own, over };
    }),
  ].toSorted((a, b) => a.ms - b.ms);
}

function faultMoments(expected: Expectation): Moment[] {
  const { fromMs, toMs, latestByS } = expected;
  const latest = latestByS > (AFTER_S.at(-1) ?? 0) ? [latestByS] : [];
  return [...AFTER_S, ...latest]
    .map((afterS) => ({ afterS, ms: fromMs + afterS * 1_000 }))
    .filter(({ ms }) => ms <= toMs)
    .map(({ afterS, ms }) => ({ kind: "fault", at: `+${afterS}`, ms, afterS, expected }));
}
