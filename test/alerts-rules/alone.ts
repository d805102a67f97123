/**
 * A shipped file of tests for promtool, with the same tests and no rule that they do not ask about:
 * promtool evaluates every rule at every step of every test, and a test asks about one or two of fifty.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { ALERTS } from "./rule-files.ts";

/** Every value is text, since in a series `0x20` is a zero and 20 more, and no number in hexadecimal. */
const AS_WRITTEN = { schema: "failsafe", aliasDuplicateObjects: false } as const;

const RULE = z.looseObject({
  alert: z.string().optional(),
  record: z.string().optional(),
  expr: z.string(),
});
const RULES = z.looseObject({ groups: z.array(z.looseObject({ rules: z.array(RULE) })) });
const TEST = z.looseObject({
  alert_rule_test: z.array(z.looseObject({ alertname: z.string() })).optional(),
  promql_expr_test: z.array(z.looseObject({ expr: z.string() })).optional(),
});
const TESTS = z.looseObject({ rule_files: z.array(z.string()), tests: z.array(TEST).min(1) });

type AnyRule = z.infer<typeof RULE>;

/** Writes each test of the file into the folder, beside its rules; returns the names for promtool. */
export function writeAlone(folder: string, file: string): string[] {
  const { rule_files: ruleFiles, tests, ...rest } = TESTS.parse(readYaml(file));
  const groups = ruleFiles.flatMap((name) => RULES.parse(readYaml(name)).groups);
  return tests.map((test, n) => {
    const wanted = rulesFor(
      test,
      groups.flatMap(({ rules }) => rules),
    );
    const kept = groups.map((group) => ({
      ...group,
      rules: group.rules.filter((rule) => wanted.has(rule)),
    }));
    const [rules, name] = [`${n}.rules.yml`, `${n}.test.yml`];
    writeYaml(join(folder, rules), { groups: kept });
    writeYaml(join(folder, name), { ...rest, rule_files: [rules], tests: [test] });
    return name;
  });
}

function readYaml(name: string): unknown {
  return parse(readFileSync(join(ALERTS, name), "utf8"), AS_WRITTEN);
}

function writeYaml(path: string, content: object): void {
  writeFileSync(path, stringify(content, AS_WRITTEN));
}

/** The rules that a test names, and those whose series these read. Throws for an alert that no rule has. */
function rulesFor(test: z.infer<typeof TEST>, rules: readonly AnyRule[]): ReadonlySet<AnyRule> {
  const wanted = new Set<AnyRule>();
  for (const { alertname } of test.alert_rule_test ?? []) {
    const found = rules.filter(({ alert }) => alert === alertname);
    if (found.length === 0) throw new Error(`no rule is called ${alertname}`);
    for (const rule of found) wanted.add(rule);
  }
  let exprs = [...(test.promql_expr_test ?? []), ...wanted].map(({ expr }) => expr);
  while (exprs.length > 0) {
    const isRead = (rule: AnyRule): boolean => exprs.some((expr) => reads(expr, rule));
    const more = rules.filter((rule) => !wanted.has(rule) && isRead(rule));
    for (const rule of more) wanted.add(rule);
    exprs = more.map(({ expr }) => expr);
  }
  return wanted;
}

/** Whatever fires is a series, too, which other rules may read. */
function reads(expr: string, { record }: AnyRule): boolean {
  return record === undefined ? /\bALERTS(?:_FOR_STATE)?\b/.test(expr) : expr.includes(record);
}
