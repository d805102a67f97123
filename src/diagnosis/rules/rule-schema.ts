/** The form of a rule file (Prometheus, model/rulefmt), and what other systems add to it. */

import { z } from "zod";

/** Null and an empty scalar are what is left where a list or map would begin. */
const nothing = z.union([z.null(), z.literal("")]);
const list = z.union([z.array(z.unknown()), nothing.transform(() => [])]);
const textOrNothing = z.union([z.string(), z.null().transform(() => "")]);
/** Nothing written is no duration; an empty text is a wrong one. */
const duration = z.union([z.string(), z.null().transform(() => "0s")]).default("0s");
/** An empty name is none. */
const name = textOrNothing
  .optional()
  .transform((written) => (written === "" ? undefined : written));
const texts = z.union([
  z.record(z.string(), textOrNothing),
  nothing.transform((): Record<string, string> => ({})),
]);

/** As an operator keeps it in Kubernetes: PrometheusRule, OpenShift's AlertingRule, VMRule. */
const kubernetesRules = z
  .looseObject({ spec: z.looseObject({ groups: list }) })
  .transform(({ spec }) => ({ groups: spec.groups, others: [] as string[] }));

const plainFile = z.union([
  z
    .looseObject({ groups: list })
    .transform((file) => ({ groups: file.groups, others: beside(file, FILE_FIELDS) })),
  z.strictObject({}).transform(() => ({ groups: [], others: [] as string[] })),
  nothing.transform(() => ({ groups: [], others: [] as string[] })),
]);

/** One file, or several in a list, as `kubectl get prometheusrules -o yaml` writes them. */
export const ruleFilesSchema = z.union([
  z
    .looseObject({ kind: z.string(), items: z.array(kubernetesRules) })
    .transform(({ items }) => items),
  kubernetesRules.transform((file) => [file]),
  plainFile.transform((file) => [file]),
]);

export const ruleGroupSchema = z.looseObject({
  name,
  interval: duration,
  query_offset: duration,
  limit: textOrNothing.default(""),
  rules: list.optional(),
  labels: texts.default({}),
});

export const ruleSchema = z.looseObject({
  alert: name,
  record: name,
  expr: z.string(),
  for: duration,
  keep_firing_for: duration,
  labels: texts.default({}),
  annotations: texts.default({}),
});

/** With the namespace of Mimir, Loki and their tools. */
const FILE_FIELDS = new Set(["groups", "namespace"]);

/** Those of Prometheus, then of Thanos, Mimir and vmalert, which read the same files. */
export const GROUP_FIELDS: ReadonlySet<string> = new Set(
  (
    "name interval query_offset limit rules labels partial_response_strategy " +
    "evaluation_delay source_tenants align_evaluation_time_on_interval " +
    "type concurrency params headers notifier_headers tenant eval_offset eval_delay eval_alignment debug " +
    "extra_filter_labels"
  ).split(" "),
);

/** With those of vmalert at the end. */
export const RULE_FIELDS: ReadonlySet<string> = new Set(
  "alert record expr for keep_firing_for labels annotations debug update_entries_limit".split(" "),
);

/** What stands in a part of the file beside its known fields: Prometheus refuses the file for it. */
export function beside(part: object, known: ReadonlySet<string>): string[] {
  return Object.keys(part).filter((field) => !known.has(field));
}
