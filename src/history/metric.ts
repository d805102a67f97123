/**
 * What a series is called: its name and labels.
 *
 * A metric that comes from a history is one object for as long as its series is remembered, so what
 * is derived from it (the key of its labels, the metric without its name) is computed once.
 */
import { type Labels, labelValue, setLabel } from "../exposition/sample.ts";

/** A name with labels, as a series or a computed value has it. */
export class Metric {
  /** The metric's name, or "" for a computed value that has none. */
  readonly name: string;
  /** The labels without the name; none of them is empty. */
  readonly labels: Labels;
  /** The labels as one text, equal exactly for equal labels. */
  readonly key: string;
  #nameless: Metric | undefined;

  constructor(name: string, labels: Labels, key = labelsKey(labels)) {
    this.name = name;
    this.labels = labels;
    this.key = key;
  }

  /** The same labels without the name, as most functions and operators return them. */
  withoutName(): Metric {
    if (this.name === "") {
      return this;
    }
    this.#nameless ??= new Metric("", this.labels, this.key);
    return this.#nameless;
  }
}

/** The label that the name counts as. */
export const NAME = "__name__";

/** Control characters that label values do not contain in practice; they only separate. */
const BEHIND_NAME = "\u0000";
const BEHIND_VALUE = "\u0001";

/** The metric of a value without name and labels, such as vector(1). */
export const NAMELESS = new Metric("", {}, "");

/** A text that is equal for equal labels, whatever their order, and leaves out empty ones. */
export function labelsKey(labels: Labels): string {
  let key = "";
  let last = "";
  for (const name in labels) {
    if (name < last) {
      return sortedKey(labels);
    }
    last = name;
    const value = labels[name];
    if (value !== "") {
      key += name + BEHIND_NAME + value + BEHIND_VALUE;
    }
  }
  return key;
}

/**
 * A copy of labels, sorted by name and without empty ones, whose values are cut from their key. The
 * values that a parser hands out are cut from the whole body, and would keep all of it in memory.
 */
export function labelsFromKey(labels: Labels, key: string): Labels {
  const copy: Record<string, string> = {};
  let at = 0;
  for (const name of sortedNames(labels)) {
    const length = labels[name]?.length ?? 0;
    if (length > 0) {
      const start = at + name.length + BEHIND_NAME.length;
      setLabel(copy, name, key.slice(start, start + length));
      at = start + length + BEHIND_VALUE.length;
    }
  }
  return copy;
}

/** The value of a label; the name counts as the label `__name__`, as everywhere in PromQL. */
export function labelOf(metric: Metric, label: string): string {
  return label === NAME ? metric.name : labelValue(metric.labels, label);
}

/** A metric with only some of the labels; the name is kept only if it is one of them. */
export function keepLabels(metric: Metric, names: readonly string[]): Metric {
  const kept: Record<string, string> = {};
  let keepsName = false;
  let count = 0;
  for (const name of names) {
    const value = labelOf(metric, name);
    if (name === NAME) {
      keepsName = true;
    } else if (value !== "" && !Object.hasOwn(kept, name)) {
      setLabel(kept, name, value);
      count++;
    }
  }
  const keepsAll = count === Object.keys(metric.labels).length;
  if (keepsAll) {
    return keepsName ? metric : metric.withoutName();
  }
  return new Metric(keepsName ? metric.name : "", kept);
}

/** A metric without some of the labels; the name stays unless it is one of them. */
export function dropLabels(metric: Metric, names: ReadonlySet<string>): Metric {
  const kept: Record<string, string> = {};
  let dropped = 0;
  for (const name of Object.keys(metric.labels)) {
    if (names.has(name)) {
      dropped++;
    } else {
      setLabel(kept, name, metric.labels[name] ?? "");
    }
  }
  const remaining = names.has(NAME) ? metric.withoutName() : metric;
  return dropped === 0 ? remaining : new Metric(remaining.name, kept);
}

/** A metric with one label changed; an empty value takes it away. */
export function withLabel(metric: Metric, name: string, value: string): Metric {
  if (name === NAME) {
    return new Metric(value, metric.labels, metric.key);
  }
  const changed = { ...dropLabels(metric, new Set([name])).labels };
  if (value !== "") {
    setLabel(changed, name, value);
  }
  return new Metric(metric.name, changed);
}

function sortedKey(labels: Labels): string {
  let key = "";
  for (const name of sortedNames(labels)) {
    const value = labels[name];
    if (value !== "") {
      key += name + BEHIND_NAME + value + BEHIND_VALUE;
    }
  }
  return key;
}

/** Sorts by insertion, which for a handful of names is faster than a general sort. */
function sortedNames(labels: Labels): string[] {
  const names: string[] = [];
  for (const name in labels) {
    let at = names.length;
    while (at > 0 && (names[at - 1] ?? "") > name) {
      names[at] = names[at - 1] ?? "";
      at--;
    }
    names[at] = name;
  }
  return names;
}
