/** What a file in alerts/ names: rules, their tests, and configurations of Prometheus and Alertmanager. */

import { findNames } from "../knowledge/find-names.ts";
import type { PageProblem } from "../knowledge/page.ts";
import { alertnamesIn, isHedged, type Mention, type MentionedName } from "./mention.ts";
import type { SourceFile } from "./read-page-mentions.ts";
import { readYamlValues, siblings, type YamlValue } from "./yaml-values.ts";

export interface DeclaredAlert {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly runbookUrl: string | undefined;
}

export interface RuleFile {
  readonly alerts: readonly DeclaredAlert[];
  /** Names of recording rules. */
  readonly records: readonly string[];
  readonly mentions: readonly Mention[];
  readonly problems: readonly PageProblem[];
}

/**
 * The names that the file declares and uses; where it is no YAML, that problem with its line and nothing
 * else.
 */
export function readRuleFile({ file, text }: SourceFile): RuleFile {
  const read = readYamlValues(text);
  if (read.kind === "broken") {
    const problem = { file, line: read.line, reason: `not YAML: ${read.reason}` };
    return { alerts: [], records: [], mentions: [], problems: [problem] };
  }
  const { values } = read;
  const rules = values.filter(({ path }) => path[0] === "groups" && path[2] === "rules");
  const keyed = (key: string): YamlValue[] => rules.filter(({ path }) => path.at(-1) === key);
  return {
    alerts: keyed("alert").map((value) => ({
      name: value.value,
      file,
      line: value.line,
      runbookUrl: siblings(values, value).get("annotations.runbook_url"),
    })),
    records: keyed("record").map(({ value }) => value),
    mentions: values.flatMap((value) => mentionsOf(value, { file, text, values })),
    problems: [],
  };
}

interface RuleFileContext {
  readonly file: string;
  readonly text: string;
  readonly values: readonly YamlValue[];
}

const LINK_KEYS: ReadonlySet<string> = new Set(["runbook_url", "dashboard"]);

function mentionsOf(value: YamlValue, context: RuleFileContext): Mention[] {
  const hedged = isHedgedValue(value, context);
  return namesOf(value).map((name) => ({
    file: context.file,
    line: value.line,
    place: "rule",
    hedged,
    ...name,
  }));
}

function namesOf({ path, value }: YamlValue): MentionedName[] {
  const key = String(path.at(-1));
  if (key === "expr") return [{ kind: "expression", text: value, mode: "query" }];
  if (key === "series") return [{ kind: "expression", text: value, mode: "series" }];
  if (key === "alertname") return [{ kind: "alert", name: value }];
  if (LINK_KEYS.has(key)) return [{ kind: "link", target: value }];
  if (path.includes("rule_files")) return [{ kind: "link", target: value }];
  const matched = alertnamesIn(value);
  if (matched.length > 0) return matched.map((name) => ({ kind: "alert", name }));
  return path.includes("annotations") || path.includes("exp_annotations")
    ? findNames(value).map(({ name }) => name)
    : [];
}

/**
 * An alert says it in its description. A recording rule has none, so a comment before it counts;
 * tests of rules repeat the rules and need not say it again.
 */
function isHedgedValue(value: YamlValue, { text, values }: RuleFileContext): boolean {
  if (value.path[0] !== "groups") return true;
  const own = siblings(values, { ...value, path: [...value.path.slice(0, 4), ""] });
  const description = own.get("annotations.description");
  return isHedged(description ?? commentBefore(text, value.line));
}

/** The comment lines above the rule that the line belongs to. */
function commentBefore(text: string, line: number): string {
  const lines = text.split("\n").slice(0, line);
  const rule = lines.findLastIndex((each) => /^\s*- /.test(each));
  const start = lines.slice(0, rule).findLastIndex((each) => !/^\s*#/.test(each));
  return lines.slice(start + 1, rule).join(" ");
}
