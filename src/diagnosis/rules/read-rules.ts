/** The text of a Prometheus rule file -> the rules in it; one odd rule costs itself only. */

import type { z } from "zod";
import { readBySchema } from "../../knowledge/schema-words.ts";
import { parsePromql } from "../../promql/parse.ts";
import { PromqlError } from "../../promql/promql-error.ts";
import type { LoadedRules, RecordingRule, Rule } from "./rule.ts";
import { readRuleDuration } from "./rule-duration.ts";
import { groupOddities, ruleOddities, unknownField } from "./rule-oddities.ts";
import { ruleFilesSchema, ruleGroupSchema, ruleSchema } from "./rule-schema.ts";
import { readRuleYaml, UnreadYamlError } from "./rule-yaml.ts";
import { unrenderedTemplate } from "./unrendered-template.ts";

type ReadRule =
  | { readonly rule: Rule }
  | { readonly recording: RecordingRule }
  | { readonly problem: string; readonly line?: number | undefined };

type LineOf = (content: unknown) => number | undefined;

/**
 * Reads a rule file as promtool does (Prometheus documentation, "Defining recording rules" and
 * "Alerting rules"). What cannot be read is named with its file, line and rule, and the rest is kept.
 */
export function readRules(file: string, text: string): LoadedRules {
  const reads = readFile(text);
  return {
    rules: reads.flatMap((read) => ("rule" in read ? [read.rule] : [])),
    recording: reads.flatMap((read) => ("recording" in read ? [read.recording] : [])),
    problems: reads.flatMap((read) => {
      if (!("problem" in read)) return [];
      return [`${file}${read.line === undefined ? "" : ` line ${read.line}`}: ${read.problem}`];
    }),
  };
}

/** An unrendered template is named before what is odd for that reason alone. */
function readFile(text: string): ReadRule[] {
  const template = unrenderedTemplate(text);
  const reads = readYaml(text);
  return template === undefined ? reads : [...problems([template.words], template.line), ...reads];
}

function readYaml(text: string): ReadRule[] {
  let yaml: ReturnType<typeof readRuleYaml>;
  try {
    yaml = readRuleYaml(text);
  } catch (error) {
    const line = error instanceof UnreadYamlError ? error.line : undefined;
    return problems([error instanceof Error ? error.message : String(error)], line);
  }
  const { contents } = yaml;
  const lineOf: LineOf = (content) => yaml.lineOf(content);
  const odd = yaml.oddities.map(({ line, words }) => ({ line, problem: words }));
  const files = contents.map((content) => ruleFilesSchema.safeParse(content).data);
  // Beside the rules an application's other objects may stand, as they are given to Kubernetes.
  if (files.every((file) => file === undefined)) {
    return problems(["it has no list of groups"]);
  }
  const reads = files
    .flatMap((file) => file ?? [])
    .flatMap(({ groups, others }) => [
      ...problems(others.map(unknownField)),
      ...readGroups(groups, lineOf),
    ]);
  return [...odd, ...reads];
}

function readGroups(groups: readonly unknown[], lineOf: LineOf): ReadRule[] {
  const names = new Set<string>();
  return groups.flatMap((content, at) => {
    if (content === null) return [];
    const line = lineOf(content);
    const parsed = ruleGroupSchema.safeParse(content);
    if (!parsed.success) return problems([`groups[${at}] has no list of rules`], line);
    const { name = `groups[${at}]` } = parsed.data;
    const odd = groupOddities(parsed.data).map((each) => `${name}: ${each}`);
    if (names.has(name)) odd.push(`two groups are called ${name}`);
    names.add(name);
    return [...problems(odd, line), ...readGroup(parsed.data, name, lineOf)];
  });
}

function readGroup(
  { rules = [], labels }: z.output<typeof ruleGroupSchema>,
  group: string,
  lineOf: LineOf,
): ReadRule[] {
  return rules.flatMap((content, index) => {
    // A dash that nothing follows is nothing, to Prometheus as well.
    if (content === null) return [];
    const line = lineOf(content);
    const place = `${group}, rule ${index + 1}`;
    const parsed = readBySchema(ruleSchema, content);
    if ("problem" in parsed) {
      const { path, words } = parsed.problem;
      return problems([`${place}: ${path.map(String).join(".")} ${words}`], line);
    }
    const { data } = parsed;
    // A rule's own label goes before that of its group.
    const read = readRule({ ...data, labels: { ...labels, ...data.labels } }, place);
    if ("problem" in read) return problems([read.problem], line);
    const name = data.alert ?? data.record;
    const odd = ruleOddities(data).map((each) => `${name}: ${each}`);
    return [read, ...problems(odd, line)];
  });
}

function problems(sentences: readonly string[], line?: number): ReadRule[] {
  return sentences.map((problem) => ({ problem, line }));
}

function readRule(written: z.output<typeof ruleSchema>, place: string): ReadRule {
  const { alert, record, expr, labels, annotations } = written;
  const name = alert ?? record;
  if (name === undefined) return { problem: `${place}: it has neither alert nor record` };
  if (alert !== undefined && record !== undefined) {
    return { problem: `${place}: it has both alert and record` };
  }
  const forMs = readRuleDuration(written.for);
  const keepFiringMs = readRuleDuration(written.keep_firing_for);
  if (forMs === undefined || keepFiringMs === undefined) {
    const odd = forMs === undefined ? written.for : written.keep_firing_for;
    return { problem: `${name}: "${odd}" is not a valid duration (example: 5m)` };
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
