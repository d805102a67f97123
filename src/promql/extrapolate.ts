/**
 * How much a series grew over a whole range, of which its samples cover only a part.
 *
 * rate, increase and delta extrapolate from the samples to the ends of the range, because the next
 * sample would probably have been there
 * (https://prometheus.io/docs/prometheus/2.42/querying/functions/#rate).
 */
import type { Window } from "../history/block.ts";

/** Samples are taken to go on up to the end of the range if it is at most this many intervals away. */
const REACH = 1.1;

/** How far a counter counted between its first and last sample; a fall is a reset to zero. */
export function counterIncrease({ values, length }: Window): number {
  let before = values[0] ?? Number.NaN;
  let increase = (values[length - 1] ?? Number.NaN) - before;
  for (let at = 1; at < length; at++) {
    const value = values[at] ?? Number.NaN;
    if (value < before) {
      increase += before;
    }
    before = value;
  }
  return increase;
}

interface Extension {
  readonly fromMs: number;
  readonly toMs: number;
  readonly isCounter: boolean;
  /** For a rate: the factor is divided and not its product, or the last digit is another than Prometheus'. */
  readonly perSeconds?: number;
}

/** A growth between the first and last sample, extended to the range; undefined for one sample. */
export function extrapolated(
  growth: number,
  { times, values, length }: Window,
  { fromMs, toMs, isCounter, perSeconds = 1 }: Extension,
): number | undefined {
  if (length < 2) {
    return undefined;
  }
  const firstMs = times[0] ?? 0;
  const lastMs = times[length - 1] ?? 0;
  const covered = (lastMs - firstMs) / 1000;
  const interval = covered / (length - 1);
  const first = values[0] ?? Number.NaN;

  let before = (firstMs - fromMs) / 1000;
  if (isCounter && growth > 0 && first >= 0) {
    // A counter began at zero at the earliest; nothing can have been counted before.
    before = Math.min(before, covered * (first / growth));
  }
  const after = (toMs - lastMs) / 1000;
  const extended = covered + reach(before, interval) + reach(after, interval);
  return growth * (extended / covered / perSeconds);
}

/** Far from the end of the range, the series is taken to begin or end within half an interval. */
function reach(gap: number, interval: number): number {
  return gap < interval * REACH ? gap : interval / 2;
}
