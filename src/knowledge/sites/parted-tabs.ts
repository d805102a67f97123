/**
 * Tabs that are named where all of them begin and parted by a line, as the manual of Redis writes them:
 * `{{< multitabs id="a" tab1="RESP2" tab2="RESP3" >}}`, `-tab-sep-`, `{{< /multitabs >}}` -> a tag for each.
 */

import { linesOfFences } from "../lines/fences.ts";
import { attributesIn } from "./tag-attributes.ts";

const OPENS = /^\s*\{\{[<%]\s*([\w-]+)\s(?=.*\S)(?!.*\{\{)/;
const PARTS = /^\s*-tab-sep-\s*$/;
const NAME = /^tab\d+$/;
/** The names may stand on lines of their own. */
const MOST_LINES = 12;

/** The same lines, as many as before. */
export function plainPartedTabs(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => PARTS.test(line))) return lines;
  const isCode = linesOfFences(lines);
  const plain = [...lines];
  let names: string[] = [];
  for (const [at, line] of lines.entries()) {
    if (isCode[at] === true) continue;
    if (PARTS.test(line)) {
      plain[at] = tabNamed(names.shift());
      continue;
    }
    const opening = openingAt(lines, at);
    if (opening === undefined) continue;
    names = opening.names;
    plain.fill("", at, at + opening.length);
    plain[at] = tabNamed(names.shift());
  }
  return plain;
}

function tabNamed(name = "Tab"): string {
  return `{{< tab "${name}" >}}`;
}

/** The names of the tabs whose opening begins there, and how many lines it takes. */
function openingAt(
  lines: readonly string[],
  at: number,
): { names: string[]; length: number } | undefined {
  if (!OPENS.test(lines[at] ?? "")) return undefined;
  const below = lines.slice(at, at + MOST_LINES);
  const last = below.findIndex((line) => /[>%]\}\}\s*$/.test(line));
  const words = below.slice(0, last + 1).join(" ");
  const names = attributesIn(words).flatMap(([name, value]) => (NAME.test(name) ? [value] : []));
  return names.length === 0 ? undefined : { names, length: last + 1 };
}
