/** The text of a Prometheus rule file -> the rules in it; one odd rule costs itself only. */

import type { z } from "zod";
import { readBySchema } from "../../knowledge/schema-words.ts";
import { parsePromql } from "../../promql/parse.ts";
import { PromqlError } from "../../promql/promql-error.ts";
import type { LoadedRules, RecordingRule, Rule } from "./rule.ts";
import { readRuleDuration } from "./rule-duration.ts";
import { groupOddities, ruleOddities, unknownField } from "./rule-oddities.ts";
import { ruleFilesSchema, ruleGroupSchema, ruleSchema } from "./rule-schema.ts";
import { readRuleYaml } from "./rule-yaml.ts";

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
  let documents: readonly unknown[];
  try {
    documents = readRuleYaml(text);
  } catch (error) {
    return [{ problem: error instanceof Error ? error.message : String(error) }];
  }
  const files = documents.map((content) => ruleFilesSchema.safeParse(content).data);
  // Beside the rules an application's other objects may stand, as they are given to Kubernetes.
  if (files.every((file) => file === undefined)) return problems(["it has no list of groups"]);
  return files
    .flatMap((file) => file ?? [])
    .flatMap(({ groups, others }) => [
      ...problems(others.map(unknownField)),
      ...readGroups(groups),
    ]);
}

function readGroups(groups: readonly unknown[]): ReadRule[] {
  const names = new Set<string>();
  return groups.flatMap((content, at) => {
    if (content === null) return [];
    const parsed = ruleGroupSchema.safeParse(content);
    if (!parsed.success) return [{ problem: `groups[${at}] has no list of rules` }];
    const { name = `groups[${at}]` } = parsed.data;
    const odd = groupOddities(parsed.data).map((each) => `${name}: ${each}`);
    if (names.has(name)) odd.push(`two groups are called ${name}`);
    names.add(name);
    return [...problems(odd), ...readGroup(parsed.data, name)];
  });
}

function readGroup(
  { rules = [], labels }: z.output<typeof ruleGroupSchema>,
  group: string,
): ReadRule[] {
  return rules.flatMap((content, index) => {
    // A dash that nothing follows is nothing, to Prometheus as well.
    if (content === null) return [];
    const place = `${group}, rule ${index + 1}`;
    const parsed = readBySchema(ruleSchema, content);
    if ("problem" in parsed) {
      const { path, words } = parsed.problem;
      return problems([`${place}: ${path.map(String).join(".")} ${words}`]);
    }
    const { data } = parsed;
    // A rule's own label goes before that of its group.
    const read = readRule({ ...data, labels: { ...labels, ...data.labels } }, place);
    if ("problem" in read) return [read];
    const name = data.alert ?? data.record;
    return [read, ...problems(ruleOddities(data).map((odd) => `${name}: ${odd}`))];
  });
}

function problems(sentences: readonly string[]): ReadRule[] {
  return sentences.map((problem) => ({ problem }));
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
