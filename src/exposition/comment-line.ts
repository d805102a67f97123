/**
 * Reads a line that begins with "#": the type, help and unit of a metric family, the end mark of
 * OpenMetrics, or a comment without meaning.
 */
import type { MetricType } from "./sample.ts";
import { METRIC_NAME, QUOTE, resolveEscapes, TextCursor } from "./text-cursor.ts";

export type CommentLine =
  | { readonly kind: "comment" }
  | { readonly kind: "eof" }
  | { readonly kind: "broken"; readonly reason: string }
  | { readonly kind: "type"; readonly name: string; readonly type: MetricType }
  | { readonly kind: "help" | "unit"; readonly name: string; readonly text: string };

const TYPES: ReadonlyMap<string, MetricType> = new Map([
  ["counter", "counter"],
  ["gauge", "gauge"],
  ["histogram", "histogram"],
  ["gaugehistogram", "gaugehistogram"],
  ["summary", "summary"],
  ["stateset", "stateset"],
  ["info", "info"],
  ["unknown", "unknown"],
  ["untyped", "unknown"],
]);

const KEYWORD = /^#[ \t]+(HELP|TYPE|UNIT)[ \t]+/;

/** Takes a whole line, without its line end and leading blanks. */
export function parseCommentLine(line: string): CommentLine {
  if (line === "# EOF") {
    return { kind: "eof" };
  }
  const keyword = KEYWORD.exec(line);
  if (keyword === null) {
    return { kind: "comment" };
  }

  const cursor = new TextCursor(line, keyword[0].length);
  const name = cursor.code() === QUOTE ? cursor.takeString() : cursor.takeName(METRIC_NAME);
  // Of `# HELP foo_%d …` Prometheus takes the line, and no series has that name.
  const isGlued = cursor.takeWord() !== "";
  if (name !== undefined && name !== "" && isGlued && keyword[1] !== "TYPE") {
    return { kind: "comment" };
  }
  if (name === undefined || name === "" || isGlued) {
    return { kind: "broken", reason: `${keyword[1]} without a metric name` };
  }
  cursor.skipBlanks();
  return describe(keyword[1] ?? "", name, line.slice(cursor.at));
}

function describe(keyword: string, name: string, rest: string): CommentLine {
  if (keyword === "HELP") {
    return { kind: "help", name, text: resolveEscapes(rest) };
  }
  if (keyword === "UNIT") {
    return { kind: "unit", name, text: rest.trim() };
  }

  const type = TYPES.get(rest.trim());
  return type === undefined
    ? { kind: "broken", reason: "the metric type is not known" }
    : { kind: "type", name, type };
}
