/** The shipped rules with every wait shortened, so that a test need not last for days. */
import { stringify } from "yaml";
import { RULE_FILES, readRuleFile } from "./rule-files.ts";

/**
 * How often the rules are evaluated: at every second scrape, as a rule of 30 s does with scrapes of 15 s.
 * It is nearly all of what promtool has to do.
 */
export const EVALUATION = "4s";

/** In seconds: 2m -> 8s, 5m -> 15s, 10m -> 30s, and 45 s must do for all that looks back longer. */
const SCALE = { divisor: 20, least: 8, most: 45 };

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * All rule files as one, as YAML: `for` becomes 2s and `interval` 4s, ranges and offsets shorter. Every
 * threshold stays as it is, and so does everything else.
 */
export function shortRules(): string {
  const groups = RULE_FILES.flatMap((file) => readRuleFile(file).groups);

  return stringify({
    groups: groups.map((group) => ({
      ...group,
      interval: EVALUATION,
      rules: group.rules.map((rule) => ({
        ...rule,
        expr: shortenExpr(rule.expr),
        ...("for" in rule && { for: "2s" }),
      })),
    })),
  });
}

/** What a subquery compares with belongs to the times in it: it stays, and is too long to be fulfilled. */
const TIMES = /\([^()]*\)\[\d+[smhd]:\d+[smhd]\]|(\[|offset )(\d+)([smhd])/g;

function shortenExpr(expr: string): string {
  return expr.replace(TIMES, (text, before, count, unit) =>
    before === undefined ? text : `${before}${shorten(count, unit)}`,
  );
}

function shorten(count: string, unit: string): string {
  const { divisor, least, most } = SCALE;
  const seconds = Number(count) * (SECONDS[unit] ?? Number.NaN);
  return `${Math.min(most, Math.max(least, Math.round(seconds / divisor)))}s`;
}
