/**
 * Values that a page itself gives a name, `{% set title = "Workflow" %}` of Nunjucks and `{% assign v = "1.2" %}` of
 * Liquid: where the page then says `{{ title }}`, its site shows the words. As many lines as before.
 */

import { linesOfFences } from "../lines/fences.ts";
import { mayBeIndentedCode } from "../lines/indentation.ts";
import { withWordsBetween } from "./code-spans.ts";

const SET =
  /^[ \t]*\{%-?\s*(?:set|assign)\s+([a-z_]\w*)\s*=\s*(?:"([^"{}`]{1,300})"|'([^'{}`]{1,300})')\s*-?%\}[ \t]*$/gim;
/** Whatever else gives a name something. */
const OTHER = /\{%-?\s*(?:set|assign|for|capture|increment|decrement)\s+([a-z_]\w*)/gi;

/** The same lines, with values that they set once in their places among words. */
export function withSetValues(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => /\{%-?\s*(?:set|assign)\s/.test(line))) return lines;
  const values = valuesOf(lines.join("\n"));
  if (values.size === 0) return lines;
  const isCode = linesOfFences(lines);
  const named = /\{\{-?\s*([a-z_]\w*)\s*-?\}\}/gi;
  return lines.map((line, at) => {
    if (isCode[at] === true || mayBeIndentedCode(line) || !line.includes("{{")) return line;
    return withWordsBetween(line, (words) =>
      words.replace(named, (all, name: string) => values.get(name) ?? all),
    );
  });
}

function valuesOf(text: string): ReadonlyMap<string, string> {
  const times = new Map<string, number>();
  for (const [, name = ""] of text.matchAll(OTHER)) times.set(name, (times.get(name) ?? 0) + 1);
  return new Map(
    Array.from(
      text.matchAll(SET),
      ([, name = "", double, single]) => [name, double ?? single ?? ""] as const,
    ).filter(([name]) => times.get(name) === 1),
  );
}
