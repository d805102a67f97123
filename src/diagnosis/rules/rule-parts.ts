/** The lines of a rule file that each rule takes, found without reading the YAML around them. */

export interface RulePart {
  /** Lines of the file: from the first on, up to the last without it. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** The name of a group that stands before it, as it is written. */
  readonly group: string | undefined;
}

/** Begins a rule, by any of its keys. */
const RULE =
  /^( *)- +(?:[&!]\S+ +)?["']?(?:alert|record|expr|for|keep_firing_for|labels|annotations)["']?\s*(?::|$)/;
const GROUP_NAME = /^ *- +name *: *["']?([^"'#]*)/;
/** What makes a rule of it. */
const NAMED = /^\s*(?:- +)?(?:[&!]\S+ +)?["']?(?:alert|record)["']?\s*:/m;

/** Each part goes from the line that begins it to the next one that is not indented more. */
export function rulePartsOf(lines: readonly string[]): RulePart[] {
  const parts: RulePart[] = [];
  let group: string | undefined;
  for (let from = 0; from < lines.length; from++) {
    const line = lines[from] ?? "";
    group = GROUP_NAME.exec(line)?.[1]?.trim() ?? group;
    const indent = RULE.exec(line)?.[1]?.length;
    if (indent === undefined) continue;
    const to = endOf(lines, from, indent);
    const text = lines.slice(from, to).join("\n");
    if (NAMED.test(text)) parts.push({ from, to, text, group });
    from = to - 1;
  }
  return parts;
}

function endOf(lines: readonly string[], from: number, indent: number): number {
  for (let at = from + 1; at < lines.length; at++) {
    const own = lines[at]?.search(/[^ ]/) ?? -1;
    if (own !== -1 && own <= indent && lines[at]?.[own] !== "#") return at;
  }
  return lines.length;
}
