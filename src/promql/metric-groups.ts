/**
 * Metrics that belong together because some of their labels are the same: the groups of an
 * aggregation, and the matches of two vectors.
 */
import { dropLabels, labelOf, type Metric, NAME } from "../history/metric.ts";

/** Which labels decide: only these, or all but these and the name. */
export interface GroupingLabels {
  readonly only: boolean;
  readonly labels: readonly string[];
}

/** What is kept for a group. */
interface Slot<T> {
  value: T | undefined;
}

export interface MetricGroups<T> {
  /** The slot of a metric's group, which is new and empty if there was none. */
  slot(metric: Metric): Slot<T>;
  find(metric: Metric): Slot<T> | undefined;
}

/** Finds the group of a metric by the labels that count. */
export function createMetricGroups<T>({ only, labels }: GroupingLabels): MetricGroups<T> {
  return only ? new LabelTree<T>(labels) : keyedGroups<T>(labels);
}

interface Level<T> extends Slot<T> {
  next: Map<string, Level<T>> | undefined;
}

/**
 * One level of maps for each label. No text has to be put together for every metric, which would be
 * most of the work when ten thousand series are summed up by topic.
 */
class LabelTree<T> implements MetricGroups<T> {
  readonly #labels: readonly string[];
  readonly #root: Level<T> = { value: undefined, next: undefined };

  constructor(labels: readonly string[]) {
    this.#labels = labels;
  }

  slot(metric: Metric): Slot<T> {
    let level = this.#root;
    for (const label of this.#labels) {
      const value = labelOf(metric, label);
      level.next ??= new Map();
      let next = level.next.get(value);
      if (next === undefined) {
        next = { value: undefined, next: undefined };
        level.next.set(value, next);
      }
      level = next;
    }
    return level;
  }

  find(metric: Metric): Slot<T> | undefined {
    let level: Level<T> | undefined = this.#root;
    for (const label of this.#labels) {
      level = level?.next?.get(labelOf(metric, label));
    }
    return level;
  }
}

function keyedGroups<T>(labels: readonly string[]): MetricGroups<T> {
  const ignored = new Set([...labels, NAME]);
  const keyOf = (metric: Metric): string =>
    labels.length === 0 ? metric.key : dropLabels(metric, ignored).key;
  const slots = new Map<string, Slot<T>>();

  return {
    slot(metric) {
      const key = keyOf(metric);
      const known = slots.get(key);
      if (known !== undefined) {
        return known;
      }
      const slot: Slot<T> = { value: undefined };
      slots.set(key, slot);
      return slot;
    },
    find: (metric) => slots.get(keyOf(metric)),
  };
}
