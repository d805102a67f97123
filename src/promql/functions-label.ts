/**
 * label_replace and label_join: they change labels and leave values alone
 * (https://prometheus.io/docs/prometheus/2.42/querying/functions/#label_replace).
 */
import { labelOf, withLabel } from "../history/metric.ts";
import { compilePattern, type Pattern, PatternError } from "../history/pattern.ts";
import {
  type Budget,
  MAX_LABEL_LENGTH,
  UNITS_OF_GROUP,
  unitsOfNames,
  unitsOfText,
} from "./budget.ts";
import { PromqlError, type TextRange } from "./promql-error.ts";
import { requireUnique, type VectorSample } from "./value.ts";

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** References in a replacement, as Go's regexp.Expand reads them: $1, ${1}, $name, ${name}, $$. */
const REFERENCE = /\$(?:\$|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu;

export interface Replacement {
  readonly target: string;
  readonly replacement: string;
  readonly source: string;
  readonly pattern: string;
}

/** Where in the expression labels are written, and what it may cost. */
export interface Written {
  readonly range: TextRange;
  readonly budget: Budget;
}

/** Series whose source label does not match as a whole are returned as they are. */
export function replaceLabel(
  samples: readonly VectorSample[],
  { target, replacement, source, pattern }: Replacement,
  { range, budget }: Written,
): VectorSample[] {
  const expression = readPattern(pattern, range);
  requireLabelName(target, range);
  const groups = UNITS_OF_GROUP * (pattern.split("(").length - 1);

  const replaced = samples.map((sample) => {
    const value = labelOf(sample.metric, source);
    const matched = unitsOfText(value.length) * unitsOfText(pattern.length);
    budget.spend(unitsOfNames(4) + groups + matched, range);
    const match = expression.exec(value);
    if (match === null) {
      return sample;
    }
    const text = expand(replacement, match, { range, budget });
    return { ...sample, metric: withLabel(sample.metric, target, text) };
  });
  requireUnique(replaced, range);
  return replaced;
}

export interface Join {
  readonly target: string;
  readonly separator: string;
  readonly sources: readonly string[];
}

/** `label_join`: the values of labels, joined, as the value of another. */
export function joinLabels(
  samples: readonly VectorSample[],
  { target, separator, sources }: Join,
  { range, budget }: Written,
): VectorSample[] {
  for (const label of [target, ...sources]) {
    requireLabelName(label, range);
  }
  const joined = samples.map(({ metric, value }) => {
    const values = sources.map((source) => labelOf(metric, source));
    requireShort(values, { range, budget });
    const text = values.join(separator);
    return { metric: withLabel(metric, target, text), value };
  });
  requireUnique(joined, range);
  return joined;
}

/** Throws a PromqlError at the place where it is written. */
export function requireLabelName(label: string, range: TextRange): void {
  if (!LABEL_NAME.test(label)) {
    throw new PromqlError(`"${label}" is not a label name`, range);
  }
}

/** A label can be made of itself twice, and that again: after forty times no memory would do. */
function requireShort(parts: readonly string[], { range, budget }: Written): void {
  const length = parts.reduce((sum, part) => sum + part.length + 1, 0);
  budget.spend(unitsOfNames(1) + unitsOfText(length) + UNITS_OF_GROUP * parts.length, range);
  if (length > MAX_LABEL_LENGTH) {
    throw new PromqlError(`a label has at most ${MAX_LABEL_LENGTH} characters`, range);
  }
}

function expand(replacement: string, match: RegExpExecArray, written: Written): string {
  const textOf = (reference: string): string => {
    const name = reference.replace(/^\$\{?|\}$/g, "");
    if (name === "$") return "$";
    return (/^\d+$/.test(name) ? match[Number(name)] : match.groups?.[name]) ?? "";
  };
  requireShort([replacement, ...(replacement.match(REFERENCE) ?? []).map(textOf)], written);
  return replacement.replace(REFERENCE, textOf);
}

function readPattern(pattern: string, range: TextRange): Pattern {
  try {
    return compilePattern(pattern);
  } catch (cause) {
    if (cause instanceof PatternError) {
      throw new PromqlError(cause.message, range);
    }
    throw cause;
  }
}
