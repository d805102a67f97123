/**
 * Reads one sample line of any form: `name{label="value",…} value [timestamp] [# {…} exemplar]`.
 *
 * Grammar: https://prometheus.io/docs/instrumenting/exposition_formats/ and
 * https://prometheus.io/docs/specs/om/open_metrics_spec/, with the quoted UTF-8 names of
 * https://prometheus.io/docs/guides/utf8/. An exemplar is checked and then dropped, since nothing
 * here asks for it.
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

/** OpenMetrics allows an exemplar's labels 128 characters; twice that leaves room for the rest. */
const MAX_EXEMPLAR_LENGTH = 256;

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
    return "the metric name twice, or behind a label";
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

/** What may follow a value: a timestamp, an exemplar, or both. */
function scanRest(cursor: TextCursor, sample: Sample, rules: ScanRules): Sample | string {
  cursor.skipBlanks();
  if (cursor.at === cursor.end) {
    return sample;
  }
  if (cursor.code() === HASH_SIGN) {
    return exemplarProblem(cursor, rules) ?? sample;
  }

  const word = cursor.takeWord();
  const timestampMs = rules.format === "openmetrics" ? parseSeconds(word) : parseMilliseconds(word);
  if (timestampMs === undefined) {
    return "the timestamp is not a number";
  }
  cursor.skipBlanks();
  const problem = cursor.at === cursor.end ? undefined : exemplarProblem(cursor, rules);
  return problem ?? { ...sample, timestampMs };
}

/** What is wrong with `# {labels} value [timestamp]`, which is read like a sample of its own. */
function exemplarProblem({ text, at }: TextCursor, rules: ScanRules): string | undefined {
  const body = text.slice(at);
  const start = body.search(/[^#\s]/);
  if (!body.startsWith("#") || body[start] !== "{") {
    return "text after the value";
  }
  if (body.length > MAX_EXEMPLAR_LENGTH || body.includes("#", 1)) {
    return "the exemplar is too long, or more than one";
  }
  const exemplar = scanSample(`exemplar${body.slice(start)}`, { ...rules, format: "openmetrics" });
  return typeof exemplar === "string" ? "the exemplar is broken" : undefined;
}
