/** An annotation of an alert rule -> its text for one result, as Prometheus renders it. */

import type { Labels } from "../../exposition/sample.ts";
import { PatternError } from "../../history/pattern.ts";
import { parseTemplate } from "./parse-template.ts";
import { runTemplate } from "./run-template.ts";
import { TemplateData, TemplateError, type TemplateValue } from "./template-value.ts";
import { unknownTemplateName } from "./unknown-names.ts";

/** What a rule found: the labels and the value of one result of its expression. */
export interface RuleResult {
  readonly labels: Labels;
  readonly value: number;
}

export type ExpandedAnnotation =
  | { readonly kind: "text"; readonly text: string }
  /** `problem` says what is wrong with the template, or which function is refused. */
  | { readonly kind: "refused"; readonly problem: string };

/** What Prometheus sets before a template begins. */
const VARIABLES = ["$labels", "$externalLabels", "$externalURL", "$value"];

/** Templates of Go with `$labels`, `$externalLabels`, `$externalURL` and `$value`. Never throws. */
export function expandAnnotation(
  template: string,
  { labels, value }: RuleResult,
): ExpandedAnnotation {
  if (!template.includes("{{")) return { kind: "text", text: template };
  try {
    const own: TemplateValue = new Map(Object.entries(labels));
    const none: TemplateValue = new Map();
    const data = new TemplateData([
      ["Labels", own],
      ["ExternalLabels", none],
      ["ExternalURL", ""],
      ["Value", value],
    ]);
    const parsed = parseTemplate(template);
    const problem = unknownTemplateName(parsed, VARIABLES);
    if (problem !== undefined) return { kind: "refused", problem };
    const text = runTemplate(parsed, data, {
      $labels: own,
      $externalLabels: none,
      $externalURL: "",
      $value: value,
    });
    return { kind: "text", text };
  } catch (error) {
    if (!(error instanceof TemplateError || error instanceof PatternError)) throw error;
    return { kind: "refused", problem: error.message };
  }
}

/** What Prometheus would refuse when it loads the rule; undefined when nothing. */
export function annotationProblem(template: string): string | undefined {
  if (!template.includes("{{")) return undefined;
  try {
    return unknownTemplateName(parseTemplate(template), VARIABLES);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return error.message;
  }
}
