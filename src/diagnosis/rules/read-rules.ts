/** The text of a Prometheus rule file -> the rules in it; one odd rule costs itself only. */

import { z } from "zod";
import { readBySchema } from "../../knowledge/schema-words.ts";
import { parseDuration } from "../../promql/duration.ts";
import { parsePromql } from "../../promql/parse.ts";
import { PromqlError } from "../../promql/promql-error.ts";
import { annotationProblem } from "../annotations/expand-annotation.ts";
import type { LoadedRules, RecordingRule, Rule } from "./rule.ts";
import { readRuleYaml } from "./rule-yaml.ts";

/** Null and an empty scalar are what is left where a list or map would begin. */
const nothing = z.union([z.null(), z.literal("")]);
const list = z.union([z.array(z.unknown()), nothing.transform(() => [])]);
const textOrNothing = z.union([z.string(), z.null().transform(() => "")]);
const texts = z.union([
  z.record(z.string(), textOrNothing),
  nothing.transform((): Record<string, string> => ({})),
]);

/** As Prometheus Operator keeps it in Kubernetes. */
const prometheusRule = z
  .looseObject({ kind: z.literal("PrometheusRule"), spec: z.looseObject({ groups: list }) })
  .transform(({ spec }) => ({ groups: spec.groups }));

const fileSchema = z.union([
  prometheusRule,
  z.looseObject({ groups: list }),
  z.strictObject({}).transform(() => ({ groups: [] })),
  nothing.transform(() => ({ groups: [] })),
]);
const groupSchema = z.looseObject({ name: z.string().optional(), rules: list.optional() });
const ruleSchema = z.looseObject({
  alert: z.string().optional(),
  record: z.string().optional(),
  expr: z.string(),
  for: textOrNothing.default("0s"),
  keep_firing_for: textOrNothing.default("0s"),
  labels: texts.default({}),
  annotations: texts.default({}),
});

type ReadRule =
  | { readonly rule: Rule }
  | { readonly recording: RecordingRule }
  | { readonly problem: string };

/**
 * Reads a rule file as promtool does (Prometheus documentation, "Defining recording rules" and
 * "Alerting rules"). What cannot be read is named with its file and rule, and the rest is kept.
 */
export function readRules(file: string, text: string): LoadedRules {
  const reads = readFile(text).map((read) =>
    "problem" in read ? { problem: `${file}: ${read.problem}` } : read,
  );
  return {
    rules: reads.flatMap((read) => ("rule" in read ? [read.rule] : [])),
    recording: reads.flatMap((read) => ("recording" in read ? [read.recording] : [])),
    problems: reads.flatMap((read) => ("problem" in read ? [read.problem] : [])),
  };
}

function readFile(text: string): ReadRule[] {
  let content: unknown;
  try {
    content = readRuleYaml(text) ?? "";
  } catch (error) {
    return [{ problem: error instanceof Error ? error.message : String(error) }];
  }
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) return [{ problem: "it has no list of groups" }];
  return parsed.data.groups.flatMap((group, at) => readGroup(group, at));
}

function readGroup(content: unknown, at: number): ReadRule[] {
  const parsed = groupSchema.safeParse(content);
  if (!parsed.success) return [{ problem: `groups[${at}] has no list of rules` }];
  const place = parsed.data.name ?? `groups[${at}]`;
  return (parsed.data.rules ?? []).flatMap((rule, index) => {
    const read = readRule(rule, `${place}, rule ${index + 1}`);
    return "rule" in read ? [read, ...annotationProblems(read.rule)] : [read];
  });
}

/** A rule whose words cannot be read is judged all the same. */
function annotationProblems({ alert, annotations }: Rule): ReadRule[] {
  return Object.entries(annotations).flatMap(([name, template]) => {
    const problem = annotationProblem(template);
    return problem === undefined ? [] : [{ problem: `${alert}: annotation ${name}: ${problem}` }];
  });
}

function readRule(content: unknown, place: string): ReadRule {
  const parsed = readBySchema(ruleSchema, content);
  if ("problem" in parsed) {
    const { path, words } = parsed.problem;
    return { problem: `${place}: ${path.map(String).join(".")} ${words}` };
  }
  const { alert, record, expr, labels, annotations } = parsed.data;
  const name = alert ?? record;
  if (name === undefined) return { problem: `${place}: it has neither alert nor record` };
  const forMs = parseFor(parsed.data.for);
  const keepFiringMs = parseFor(parsed.data.keep_firing_for);
  if (forMs === undefined || keepFiringMs === undefined) {
    const written = forMs === undefined ? parsed.data.for : parsed.data.keep_firing_for;
    return { problem: `${name}: "${written}" is not a valid duration (example: 5m)` };
  }
  try {
    const tree = parsePromql(expr);
    const severity = labels["severity"] ?? "none";
    return alert === undefined
      ? { recording: { record: name, expr, parsed: tree, labels } }
      : { rule: { alert, expr, parsed: tree, forMs, keepFiringMs, severity, annotations } };
  } catch (error) {
    if (!(error instanceof PromqlError)) throw error;
    return { problem: `${name}: ${error.message}` };
  }
}

/** Prometheus takes "0" without a unit, and nothing else without one (model.ParseDuration). */
function parseFor(written: string): number | undefined {
  return written === "0" || written === "" ? 0 : parseDuration(written);
}
