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
  COLON,
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

/** OpenMetrics 2.0 writes a whole histogram as one value in braces: it is named, and not read. */
const NATIVE_HISTOGRAM = "a native histogram, which is not read";

/** Why a sample ends too early: a string may hold line feeds, so the lines behind may have the rest of it. */
export const OPEN_STRING = "a string is not closed";

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
  if (cursor.code() === BRACE_OPEN) {
    return NATIVE_HISTOGRAM;
  }
  const value = parseNumber(cursor.takeWord());
  if (value === undefined) {
    return "no value that is a number";
  }
  return scanRest(cursor, { ...series, value }, rules);
}

/** The labels after an opening brace, up to and including the closing one. */
function scanLabels(cursor: TextCursor, series: Series, rules: ScanRules): string | undefined {
  for (let isSeparated = true; ; ) {
    cursor.skipBlanks();
    if (cursor.skip(BRACE_CLOSE)) {
      return undefined;
    }
    const problem = scanMember(cursor, series, rules);
    if (problem !== undefined) {
      return problem === NO_NAME && !isSeparated ? "the label set is not closed" : problem;
    }
    cursor.skipBlanks();
    // Prometheus takes labels without a comma between them, too (promparse.go, parseLVals).
    isSeparated = cursor.skip(COMMA);
  }
}

const NO_NAME = "a name is broken";

/** One label, or the quoted metric name that stands without "=". */
function scanMember(cursor: TextCursor, series: Series, rules: ScanRules): string | undefined {
  const isQuoted = cursor.code() === QUOTE;
  const name = isQuoted ? cursor.takeString() : cursor.takeName(LABEL_NAME);
  if (name === undefined) {
    return OPEN_STRING;
  }
  if (name === "") {
    return NO_NAME;
  }
  cursor.skipBlanks();
  if (!cursor.skip(EQUALS)) {
    if (isQuoted) return setName(series, name);
    return cursor.code() === COLON ? NATIVE_HISTOGRAM : "a label has no value";
  }

  cursor.skipBlanks();
  if (cursor.code() !== QUOTE) {
    return "a label value has no quotes";
  }
  const value = cursor.takeString();
  if (value === undefined) {
    return OPEN_STRING;
  }
  return addLabel(series.labels, name, { value, maxLabels: rules.maxLabels });
}

function setName(series: Series, name: string): string | undefined {
  if (series.name !== "") {
    return "the metric name twice";
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

/**
 * What may follow a value: a timestamp, the start of a counter (`st@…`, OpenMetrics 2.0) and exemplars.
 * Neither a start nor an exemplar ever costs the sample.
 */
function scanRest(cursor: TextCursor, sample: Sample, rules: ScanRules): Sample | string {
  const word = wordBehind(cursor);
  if (word === "" || START.test(word)) {
    return isAtEnd(cursor) ? sample : "text after the value";
  }
  const timestampMs = rules.format === "openmetrics" ? parseSeconds(word) : parseMilliseconds(word);
  if (timestampMs === undefined) {
    return "the timestamp is not a number";
  }
  const next = wordBehind(cursor);
  if ((next !== "" && !START.test(next)) || !isAtEnd(cursor)) {
    return "text after the value";
  }
  // The specification allows any number (12345678901234567890.1); the sample is none the worse for it.
  return Number.isFinite(timestampMs) ? { ...sample, timestampMs } : sample;
}

const START = /^st@[\d.]+$/;

/** The next word; "" at the end, and before an exemplar. */
function wordBehind(cursor: TextCursor): string {
  cursor.skipBlanks();
  return cursor.code() === HASH_SIGN ? "" : cursor.takeWord();
}

function isAtEnd(cursor: TextCursor): boolean {
  cursor.skipBlanks();
  return cursor.at === cursor.end || cursor.code() === HASH_SIGN;
}
