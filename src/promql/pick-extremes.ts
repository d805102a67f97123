/**
 * topk and bottomk: which samples of a group are picked
 * (https://prometheus.io/docs/prometheus/2.42/querying/operators/#aggregation-operators).
 *
 * Of equal values, and of values that are no number, Prometheus picks those that its heap happens to
 * keep. The same heap is used here, so that the same series are picked: an expression such as
 * `topk(2, up)` names no others than Prometheus does. A NaN that is picked gives way to whatever comes
 * next, another NaN included; since Prometheus 2.44 it gives way to numbers alone, and of equal values
 * others may be picked.
 */
import type { VectorSample } from "./value.ts";

/** The `count` largest or smallest samples, best first. */
export function pickExtremes(
  samples: readonly VectorSample[],
  { count, largest }: { readonly count: number; readonly largest: boolean },
): VectorSample[] {
  const isWorse: Comparison = largest
    ? (left, right) => Number.isNaN(left) || left < right
    : (left, right) => Number.isNaN(left) || left > right;
  const heap = createHeap(isWorse);
  for (const sample of samples) {
    const worst = heap.samples[0];
    if (worst === undefined || heap.samples.length < count) {
      heap.push(sample);
    } else if (Number.isNaN(worst.value) || isWorse(worst.value, sample.value)) {
      heap.replaceWorst(sample);
    }
  }
  return sortSamples(heap.samples, largest);
}

/**
 * Sorted by value; values that are no number stand at the end either way, the last of them first, as
 * Prometheus' comparison leaves them.
 */
export function sortSamples(
  samples: readonly VectorSample[],
  largestFirst: boolean,
): VectorSample[] {
  const direction = largestFirst ? -1 : 1;
  const [numbers, others]: [VectorSample[], VectorSample[]] = [[], []];
  for (const sample of samples) (Number.isNaN(sample.value) ? others : numbers).push(sample);
  numbers.sort(({ value: left }, { value: right }) => {
    return left < right ? -direction : left > right ? direction : 0;
  });
  return [...numbers, ...others.toReversed()];
}

type Comparison = (left: number, right: number) => boolean;

interface Heap {
  /** The worst sample is the first one. */
  readonly samples: readonly VectorSample[];
  push(sample: VectorSample): void;
  replaceWorst(sample: VectorSample): void;
}

/** A binary heap in an array, whose steps are those of Go's container/heap. */
function createHeap(isWorse: Comparison): Heap {
  const samples: VectorSample[] = [];
  const comesBefore = (left: number, right: number): boolean =>
    isWorse(samples[left]?.value ?? Number.NaN, samples[right]?.value ?? Number.NaN);

  function swap(left: number, right: number): void {
    const [a, b] = [samples[left], samples[right]];
    if (a === undefined || b === undefined) return;
    samples[left] = b;
    samples[right] = a;
  }

  function riseFrom(start: number): void {
    let at = start;
    while (at > 0) {
      const parent = Math.trunc((at - 1) / 2);
      if (!comesBefore(at, parent)) return;
      swap(parent, at);
      at = parent;
    }
  }

  function sinkFromTop(length: number): void {
    let at = 0;
    for (let child = 1; child < length; child = 2 * at + 1) {
      const other = child + 1;
      const first = other < length && comesBefore(other, child) ? other : child;
      if (!comesBefore(first, at)) return;
      swap(at, first);
      at = first;
    }
  }

  function push(sample: VectorSample): void {
    samples.push(sample);
    riseFrom(samples.length - 1);
  }

  return {
    samples,
    push,
    replaceWorst(sample) {
      const last = samples.length - 1;
      swap(0, last);
      sinkFromTop(last);
      samples.pop();
      push(sample);
    },
  };
}
