/** Comments of MDX and Hugo that their line does not end, `{/*` and `{{/*`, and those of Handlebars. */

import { NOTHING, type SiteLine } from "./line.ts";

const BEGINS = /\{(?:\{-?\s*)?\/\*/g;
const ENDS = /\*\/\s*[-%>]?\}/g;

/** What stands before it; undefined when the line ends all of its comments. Each sign is looked at once. */
export function beforeOpenComment(line: string): string | undefined {
  if (!line.includes("/*")) return undefined;
  const lastEnd = [...line.matchAll(ENDS)].at(-1)?.index ?? -1;
  for (const { 0: begin, index } of line.matchAll(BEGINS)) {
    if (index + begin.length > lastEnd) return line.slice(0, index);
  }
  return undefined;
}

const HANDLEBARS = /^ {0,3}\{\{!(--|)(?=\s|$)/;

/** `{{! what a template asks its author }}` and `{{!-- … --}}`, alone on its lines. */
export function handlebarsRemark(line: string): SiteLine | undefined {
  const [opening, dashes] = HANDLEBARS.exec(line) ?? [];
  if (opening === undefined) return undefined;
  const end = `${dashes}}}`;
  const at = line.indexOf(end, opening.length);
  if (at === -1) return { text: "", until: { kind: "comment", end: new RegExp(end) } };
  return line.slice(at + end.length).trim() === "" ? NOTHING : undefined;
}
