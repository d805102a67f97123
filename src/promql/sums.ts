/** Sums that keep the digits that adding up one by one would lose. */

/**
 * A running sum after Kahan, in Neumaier's form: what is lost in each step is summed up beside it
 * (https://en.wikipedia.org/wiki/Kahan_summation_algorithm#Further_enhancements). The result is the
 * sum of both parts.
 */
export class ExactSum {
  sum = 0;
  lost = 0;

  add(value: number): void {
    const next = this.sum + value;
    this.lost +=
      Math.abs(this.sum) >= Math.abs(value) ? this.sum - next + value : value - next + this.sum;
    this.sum = next;
  }

  /** An infinite sum has lost nothing that counts, only inf - inf. */
  total(): number {
    return Number.isFinite(this.sum) ? this.sum + this.lost : this.sum;
  }
}

/**
 * A running mean that does not overflow where the sum would. Once infinite, only an infinity of the
 * other sign or no number changes it.
 */
export class RunningMean {
  readonly #mean = new ExactSum();
  #count = 0;

  add(value: number): void {
    this.#count++;
    const mean = this.#mean.sum;
    if (isInfinite(mean) && !Number.isNaN(value) && (!isInfinite(value) || value === mean)) {
      return;
    }
    this.#mean.add(value / this.#count - mean / this.#count);
  }

  total(): number {
    return this.#mean.total();
  }
}

/** Mean and variance in one pass, after Welford, in exact sums. */
export class RunningVariance {
  readonly #mean = new ExactSum();
  readonly #squares = new ExactSum();
  #count = 0;

  add(value: number): void {
    this.#count++;
    const difference = value - (this.#mean.sum + this.#mean.lost);
    this.#mean.add(difference / this.#count);
    this.#squares.add(difference * (value - (this.#mean.sum + this.#mean.lost)));
  }

  variance(): number {
    return (this.#squares.sum + this.#squares.lost) / this.#count;
  }
}

/**
 * The value below which the given share of the values lies, interpolated between two of them. Values
 * that are no number count as the smallest, as in Prometheus.
 */
export function quantileOf(share: number, values: readonly number[]): number {
  if (values.length === 0 || Number.isNaN(share)) {
    return Number.NaN;
  }
  if (share < 0 || share > 1) {
    return share < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }

  const sorted = values.toSorted(smallestFirst);
  const rank = share * (sorted.length - 1);
  const lower = Math.floor(rank);
  const upper = Math.min(sorted.length - 1, lower + 1);
  const weight = rank - lower;
  return (sorted[lower] ?? Number.NaN) * (1 - weight) + (sorted[upper] ?? Number.NaN) * weight;
}

function smallestFirst(left: number, right: number): number {
  if (Number.isNaN(left) || Number.isNaN(right)) {
    return Number(Number.isNaN(right)) - Number(Number.isNaN(left));
  }
  return left < right ? -1 : Number(left > right);
}

function isInfinite(value: number): boolean {
  return value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;
}
