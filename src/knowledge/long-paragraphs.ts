/** Paragraphs that the parser would take too long for: they are found before it begins. */

import { endsFence, fenceOf } from "./site-fences.ts";

/**
 * The parser's time grows with the square of what opens within one paragraph: 16,000 tags take 3 seconds,
 * 32,000 take 9 (measured). A section that holds a quarter of this already takes too long to show.
 */
const MOST_OPENED = 10_000;

/** Rows of a table, items of a list, headings and HTML each begin something of their own. */
const BEGINS = /^\s*(?:$|[|<#>]|[-+*]\s|\d{1,9}[.)]\s|[`~]{3})/;

/** The line, from 1, in which a paragraph of more links and tags than that begins. */
export function firstLongParagraph(markdown: string): number | undefined {
  let fence: string | undefined;
  let begin = 1;
  let opened = 0;
  for (const [at, line] of markdown.split("\n").entries()) {
    if (fence !== undefined) {
      if (endsFence(line, fence)) fence = undefined;
      continue;
    }
    fence = fenceOf(line);
    const isHtml = /^\s*<(?:div|table|pre|p|ul|ol|section|article|main|body|html|!)/i.test(line);
    if (BEGINS.test(line)) {
      begin = line.trim() === "" ? at + 2 : at + 1;
      opened = 0;
    }
    if (!isHtml) opened += openedIn(line);
    if (opened > MOST_OPENED) return begin;
  }
  return undefined;
}

function openedIn(line: string): number {
  let count = 0;
  for (const sign of ["[", "<"]) {
    for (let at = line.indexOf(sign); at !== -1; at = line.indexOf(sign, at + 1)) count += 1;
  }
  return count;
}
