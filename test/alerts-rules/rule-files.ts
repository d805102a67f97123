/** The shipped rule files, read as Prometheus reads them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

export const ALERTS = join(import.meta.dirname, "..", "..", "alerts");

const ALERT = z.object({
  alert: z.string(),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.object({
    severity: z.enum(["critical", "warning", "info", "none"]),
    service: z.literal("streamline"),
  }),
  annotations: z.strictObject({
    summary: z.string().min(1),
    description: z.string().min(1),
    runbook_url: z.string(),
    dashboard: z.string(),
  }),
});
const RECORD = z.strictObject({ record: z.string(), expr: z.string() });
const FILE = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      interval: z.string().optional(),
      rules: z.array(z.union([ALERT, RECORD])),
    }),
  ),
});

export type RuleFile = z.infer<typeof FILE>;
export type Rule = z.infer<typeof ALERT> & { readonly file: string };

const NAMES = readdirSync(ALERTS).toSorted();

export const RULE_FILES = NAMES.filter((name) => name.endsWith(".rules.yml"));
export const TEST_FILES = NAMES.filter((name) => name.endsWith(".test.yml"));

/** One file as data; throws where it has not the form that every rule of ours must have. */
export function readRuleFile(name: string): RuleFile {
  return FILE.parse(parse(readFileSync(join(ALERTS, name), "utf8")));
}

/** Every alerting rule of every file, with the file it stands in. */
export const RULES: readonly Rule[] = RULE_FILES.flatMap((file) =>
  readRuleFile(file).groups.flatMap(({ rules }) =>
    rules.flatMap((rule) => ("alert" in rule ? [{ ...rule, file }] : [])),
  ),
);
