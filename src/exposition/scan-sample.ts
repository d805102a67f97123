/**
 * Reads one sample line of any form: `name{label="value",…} value [timestamp] [# {…} exemplar]`.
 *
 * Grammar: https://prometheus.io/docs/instrumenting/exposition_formats/ and
 * https://prometheus.io/docs/specs/om/open_metrics_spec/, with the quoted UTF-8 names of
 * https://prometheus.io/docs/guides/utf8/. What follows a "#" is an exemplar: it is dropped unread,
 * since nothing here asks for it and a broken one says nothing about its sample.
 */
import { parseMilliseconds, parseNumber, parseSeconds } from "./parse-number.ts";
import { type Sample, setLabel } from "./sample.ts";
import {
  BRACE_CLOSE,
  BRACE_OPEN,
  COMMA,
  EQUALS,
  HASH_SIGN,
  LABEL_NAME,
  METRIC_NAME,
  QUOTE,
  TextCursor,
} from "./text-cursor.ts";

/** How sample lines are to be read. */
export interface ScanRules {
  /** 0.0.4 writes timestamps in whole milliseconds, OpenMetrics in seconds. */
  readonly format: "prometheus" | "openmetrics";
  readonly maxLabels: number;
}

interface Series {
  name: string;
  readonly labels: Record<string, string>;
}

/** The sample that a line holds, or the reason why there is none. */
export function scanSample(line: string, rules: ScanRules): Sample | string {
  const cursor = new TextCursor(line);
  const series: Series = { name: cursor.takeName(METRIC_NAME), labels: {} };
  cursor.skipBlanks();
  const problem = cursor.skip(BRACE_OPEN) ? scanLabels(cursor, series, rules) : undefined;
  if (problem !== undefined) {
    return problem;
  }
  if (series.name === "") {
    return "no metric name";
  }

  cursor.skipBlanks();
  const value = parseNumber(cursor.takeWord());
  if (value === undefined) {
    return "no value that is a number";
  }
  return scanRest(cursor, { ...series, value }, rules);
}

/** The labels after an opening brace, up to and including the closing one. */
function scanLabels(cursor: TextCursor, series: Series, rules: ScanRules): string | undefined {
  for (;;) {
    cursor.skipBlanks();
    if (cursor.skip(BRACE_CLOSE)) {
      return undefined;
    }
    const problem = scanMember(cursor, series, rules);
    if (problem !== undefined) {
      return problem;
    }
    cursor.skipBlanks();
    if (!cursor.skip(COMMA) && cursor.code() !== BRACE_CLOSE) {
      return "the label set is not closed";
    }
  }
}

/** One label, or the quoted metric name that stands without "=". */
function scanMember(cursor: TextCursor, series: Series, rules: ScanRules): string | undefined {
  const isQuoted = cursor.code() === QUOTE;
  const name = isQuoted ? cursor.takeString() : cursor.takeName(LABEL_NAME);
  if (name === undefined || name === "") {
    return "a name is broken";
  }
  cursor.skipBlanks();
  if (!cursor.skip(EQUALS)) {
    return isQuoted ? setName(series, name) : "a label has no value";
  }

  cursor.skipBlanks();
  const value = cursor.code() === QUOTE ? cursor.takeString() : undefined;
  if (value === undefined) {
    return "a label value is not a closed string";
  }
  return addLabel(series.labels, name, { value, maxLabels: rules.maxLabels });
}

function setName(series: Series, name: string): string | undefined {
  if (series.name !== "" || Object.keys(series.labels).length > 0) {
    return "the metric name twice, or after a label";
  }
  series.name = name;
  return undefined;
}

function addLabel(
  labels: Record<string, string>,
  name: string,
  { value, maxLabels }: { value: string; maxLabels: number },
): string | undefined {
  if (name === "__name__" || Object.hasOwn(labels, name)) {
    return "a label name twice";
  }
  if (Object.keys(labels).length >= maxLabels) {
    return "too many labels";
  }
  setLabel(labels, name, value);
  return undefined;
}

/** What may follow a value: a timestamp, an exemplar, or both. An exemplar never costs its sample. */
function scanRest(cursor: TextCursor, sample: Sample, rules: ScanRules): Sample | string {
  cursor.skipBlanks();
  if (cursor.at === cursor.end) {
    return sample;
  }
  if (cursor.code() === HASH_SIGN) {
    return sample;
  }

  const word = cursor.takeWord();
  const timestampMs = rules.format === "openmetrics" ? parseSeconds(word) : parseMilliseconds(word);
  if (timestampMs === undefined) {
    return "the timestamp is not a number";
  }
  cursor.skipBlanks();
  if (cursor.at < cursor.end && cursor.code() !== HASH_SIGN) {
    return "text after the value";
  }
  return { ...sample, timestampMs };
}
