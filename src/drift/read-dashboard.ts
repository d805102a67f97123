/** What a dashboard names: its queries, its variables' queries and its links. */

import type { PageProblem } from "../knowledge/page.ts";
import { isHedged, type Mention, type MentionedName } from "./mention.ts";
import type { SourceFile } from "./read-page-mentions.ts";
import { readYamlValues, type YamlValue } from "./yaml-values.ts";

export interface DashboardFile {
  readonly uid: string | undefined;
  readonly mentions: readonly Mention[];
  readonly problems: readonly PageProblem[];
}

/** JSON is YAML, and the YAML reader knows the lines. */
export function readDashboard({ file, text }: SourceFile): DashboardFile {
  const read = readYamlValues(text);
  if (read.kind === "broken") {
    const problem = { file, line: read.line, reason: `not JSON: ${read.reason}` };
    return { uid: undefined, mentions: [], problems: [problem] };
  }
  const descriptions = read.values.filter(({ path }) => path.at(-1) === "description");
  const whole = descriptions.find(({ path }) => path.length === 1)?.value ?? "";
  return {
    uid: read.values.find(({ path }) => path.length === 1 && path[0] === "uid")?.value,
    mentions: read.values.flatMap((value) => {
      const panel = descriptions.find((each) => isOfPanel(each, value))?.value ?? "";
      const hedged = isHedged(panel) || isHedged(whole);
      return namesOf(value).map(
        (name): Mention => ({ file, line: value.line, place: "dashboard", hedged, ...name }),
      );
    }),
    problems: [],
  };
}

/** A panel's own description, also that of a panel inside a row. */
function isOfPanel(description: YamlValue, { path }: YamlValue): boolean {
  const owner = description.path.slice(0, -1);
  return owner.length >= 2 && owner.every((step, at) => path[at] === step);
}

function namesOf({ path, value }: YamlValue): MentionedName[] {
  const key = String(path.at(-1));
  if (key === "url") return [{ kind: "link", target: value }];
  if (key === "expr" && value !== "") {
    return [{ kind: "expression", text: withoutVariables(value), mode: "query" }];
  }
  if (path[0] !== "templating" || (key !== "query" && key !== "definition")) return [];
  const selector = /^label_values\((.+),\s*\w+\)$/.exec(value)?.[1];
  if (selector === undefined) return [];
  return [{ kind: "expression", text: withoutVariables(selector), mode: "series" }];
}

/** Grafana puts a duration in their place; what stands inside quotes may stay. */
function withoutVariables(query: string): string {
  return query.replace(/\$__(?:rate_)?interval\b|\$__range\b/g, "5m");
}
