/** What Prometheus refuses in a rule that can be judged all the same: its words, its labels, its fields. */

import type { z } from "zod";
import { oddSpace } from "../../promql/comments.ts";
import { annotationProblem } from "../annotations/expand-annotation.ts";
import { readRuleDuration } from "./rule-duration.ts";
import {
  beside,
  GROUP_FIELDS,
  RULE_FIELDS,
  type ruleGroupSchema,
  type ruleSchema,
} from "./rule-schema.ts";

type RuleContent = z.output<typeof ruleSchema>;
type GroupContent = z.output<typeof ruleGroupSchema>;

/** What Prometheus refuses in a group whose rules can be judged all the same. */
export function groupOddities(group: GroupContent): string[] {
  const durations = ["interval", "query_offset"] as const;
  return [
    ...(group.name === undefined ? ["it has no name"] : []),
    ...beside(group, GROUP_FIELDS).map(unknownField),
    ...durations
      .filter((field) => readRuleDuration(group[field]) === undefined)
      .map((field) => `${field}: "${group[field]}" is not a valid duration (example: 1m)`),
    ...(!isLimit(group.limit) ? [`limit: "${group.limit}" is not a number`] : []),
    ...nameOddities("label", group.labels),
  ];
}

const WHOLE = /^(?:|[-+]?(?:0x[\da-f]+|0b[01]+|0o[0-7]+|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?))$/i;

/** As YAML 1.1 writes numbers; one that is too large for 64 bits is none. */
function isLimit(written: string): boolean {
  const plain = written.replaceAll("_", "");
  return WHOLE.test(plain) && !(Math.abs(Number(plain.replace(/^[-+]/, ""))) > 2 ** 63);
}

/** A field that Prometheus does not know where it stands. */
export function unknownField(field: string): string {
  return `Prometheus knows no field ${field} there`;
}

/** A sentence for each. */
export function ruleOddities(rule: RuleContent): string[] {
  const { record, labels, annotations } = rule;
  const space = oddSpace(rule.expr);
  return [
    ...beside(rule, RULE_FIELDS).map(unknownField),
    ...(space === undefined
      ? []
      : [`expr: Prometheus refuses the space ${space}: write a plain one`]),
    ...(record === undefined ? [] : recordOddities(rule, record)),
    ...nameOddities("label", labels),
    ...nameOddities("annotation", annotations),
    ...templateOddities("label", labels),
    ...templateOddities("annotation", annotations),
  ];
}

function nameOddities(what: string, texts: Readonly<Record<string, string>>): string[] {
  return Object.keys(texts)
    .filter((name) => name === "" || (what === "label" && name === "__name__"))
    .map((name) => `"${name}" cannot be set as ${what}`);
}

function templateOddities(what: string, templates: Readonly<Record<string, string>>): string[] {
  return Object.entries(templates).flatMap(([name, template]) => {
    const problem = annotationProblem(template);
    return problem === undefined ? [] : [`${what} ${name}: ${problem}`];
  });
}

/** Only an alert has these; braces in a name are an expression in the wrong place. */
function recordOddities(rule: RuleContent, record: string): string[] {
  const ofAlerts = [
    ...(["for", "keep_firing_for"] as const).filter((field) => readRuleDuration(rule[field]) !== 0),
    ...(Object.keys(rule.annotations).length > 0 ? ["annotations"] : []),
  ];
  return [
    ...ofAlerts.map((field) => `a rule that records has no ${field}`),
    ...(/[{}]/.test(record) ? ["the name that it records is none"] : []),
  ];
}
