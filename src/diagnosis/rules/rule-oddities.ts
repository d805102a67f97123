/** What Prometheus refuses in a rule that can be judged all the same: its words, its labels, its fields. */

import type { z } from "zod";
import { annotationProblem } from "../annotations/expand-annotation.ts";
import { beside, RULE_FIELDS, type ruleSchema } from "./rule-schema.ts";

type Written = z.output<typeof ruleSchema>;

/** A sentence for each. */
export function ruleOddities(rule: Written): string[] {
  const { record, labels, annotations } = rule;
  return [
    ...beside(rule, RULE_FIELDS).map((field) => `Prometheus knows no field ${field} there`),
    ...(record === undefined ? [] : recordOddities(rule, record)),
    ...Object.keys(labels)
      .filter((name) => name === "" || name === "__name__")
      .map((name) => `"${name}" cannot be set as a label`),
    ...templateOddities("label", labels),
    ...templateOddities("annotation", annotations),
  ];
}

function templateOddities(what: string, templates: Readonly<Record<string, string>>): string[] {
  return Object.entries(templates).flatMap(([name, template]) => {
    const problem = annotationProblem(template);
    return problem === undefined ? [] : [`${what} ${name}: ${problem}`];
  });
}

/** Only an alert has these; braces in a name are an expression in the wrong place. */
function recordOddities(rule: Written, record: string): string[] {
  const ofAlerts = [
    ...(isSet(rule.for) ? ["for"] : []),
    ...(isSet(rule.keep_firing_for) ? ["keep_firing_for"] : []),
    ...(Object.keys(rule.annotations).length > 0 ? ["annotations"] : []),
  ];
  return [
    ...ofAlerts.map((field) => `a rule that records has no ${field}`),
    ...(record === "" || /[{}]/.test(record) ? ["the name that it records is none"] : []),
  ];
}

function isSet(duration: string): boolean {
  return !["", "0", "0s"].includes(duration);
}
