/**
 * What Markdoc adds within a line: values, `{% $user.name %}`, and what a heading, an item or a cell is given,
 * `{% #its-anchor .look %}`. Its tags are read as those of Liquid. Source: markdoc.dev/docs/syntax.
 */

import { linesOfFences } from "../lines/fences.ts";
import { withWordsBetween } from "./code-spans.ts";

const GIVEN =
  /[ \t]*(?<!["=])\{%-?\s*((?:[#.][\w-]+|[\w-]+=(?:"[^"]*"|[\w.]+)(?=\s))(?:\s+(?:[#.][\w-]+|[\w-]+=(?:"[^"]*"|[\w.]+)))*)\s*-?%\}/g;
const VALUE = /\{%-?\s*\$([\w-]+(?:\.[\w-]+|\[["'\w-]+\])*)\s*\/?-?%\}/g;
const HAS = /\{%-?\s*(?:[#.$][\w-]|[\w-]+=["\w])/;

/** A heading that only says what the page is called, of whichever site: its front matter has the words. */
const TITLE =
  /^#\s+(?:\{%\s*\$(?:markdoc\.)?frontmatter\.title\s*%\}|\{\{-?\s*\$?(?:(?:page|(?:page\.)?frontmatter)\.)?title\s*-?\}\}|\{(?:props\.)?front[mM]atter\.title\})\s*$/;

/** The same lines in Markdown and Liquid, as many as before. */
export function plainMarkdoc(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => HAS.test(line) || TITLE.test(line))) return lines;
  const isCode = linesOfFences(lines);
  return lines.map((line, at) => {
    if (isCode[at] === true) return line;
    if (TITLE.test(line)) return "";
    return HAS.test(line) ? withWordsBetween(line, (words) => plainWords(words, line)) : line;
  });
}

function plainWords(words: string, line: string): string {
  const isHeading = /^#{1,6}\s/.test(line);
  return words
    .replace(GIVEN, (_, given: string) => {
      const anchor = /#([\w-]+)/.exec(given)?.[1];
      return isHeading && anchor !== undefined ? ` {#${anchor}}` : "";
    })
    .replace(VALUE, (_, path: string) => `\`${path.replace(/^.*[.[]["']?(?=\w)|["'\]]+$/g, "")}\``);
}
