/**
 * label_replace and label_join: they change labels and leave values alone
 * (https://prometheus.io/docs/prometheus/2.42/querying/functions/#label_replace).
 */
import { labelOf, withLabel } from "../history/metric.ts";
import { compilePattern, PatternError } from "../history/re2.ts";
import { PromqlError, type TextRange } from "./promql-error.ts";
import { requireUnique, type VectorSample } from "./value.ts";

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** References in a replacement, as Go's regexp.Expand reads them: $1, ${1}, $name, ${name}, $$. */
const REFERENCE = /\$(?:\$|(\w+)|\{(\w+)\})/g;

export interface Replacement {
  readonly target: string;
  readonly replacement: string;
  readonly source: string;
  readonly pattern: string;
}

/** Series whose source label does not match as a whole are returned as they are. */
export function replaceLabel(
  samples: readonly VectorSample[],
  { target, replacement, source, pattern }: Replacement,
  range: TextRange,
): VectorSample[] {
  const expression = readPattern(pattern, range);
  requireLabelName(target, range);

  const replaced = samples.map((sample) => {
    const match = expression.exec(labelOf(sample.metric, source));
    if (match === null) {
      return sample;
    }
    return { ...sample, metric: withLabel(sample.metric, target, expand(replacement, match)) };
  });
  requireUnique(replaced, range);
  return replaced;
}

export interface Join {
  readonly target: string;
  readonly separator: string;
  readonly sources: readonly string[];
}

export function joinLabels(
  samples: readonly VectorSample[],
  { target, separator, sources }: Join,
  range: TextRange,
): VectorSample[] {
  for (const label of [target, ...sources]) {
    requireLabelName(label, range);
  }
  const joined = samples.map(({ metric, value }) => {
    const text = sources.map((source) => labelOf(metric, source)).join(separator);
    return { metric: withLabel(metric, target, text), value };
  });
  requireUnique(joined, range);
  return joined;
}

export function requireLabelName(label: string, range: TextRange): void {
  if (!LABEL_NAME.test(label)) {
    throw new PromqlError(`"${label}" is not a label name`, range);
  }
}

function expand(replacement: string, match: RegExpExecArray): string {
  return replacement.replace(REFERENCE, (reference, plain?: string, braced?: string) => {
    if (reference === "$$") {
      return "$";
    }
    const name = plain ?? braced ?? "";
    return (/^\d+$/.test(name) ? match[Number(name)] : match.groups?.[name]) ?? "";
  });
}

function readPattern(pattern: string, range: TextRange): RegExp {
  try {
    return compilePattern(pattern);
  } catch (cause) {
    if (cause instanceof PatternError) {
      throw new PromqlError(cause.message, range);
    }
    throw cause;
  }
}
