/**
 * `<aside class="note">` and a heading of HTML right below it, as mdBook's books and themes of Bootstrap write
 * them: it says what kind of remark follows, and what stands below the remark belongs to the section before.
 */

import { linesOfFences } from "../lines/fences.ts";
import { mayBeIndentedCode } from "../lines/indentation.ts";

const OPENS =
  /^\s*<(?:aside|div)\s[^<>]*\bclass=["'](?:[^"'<>]*[\s-])?(?:note|tip|hint|warning|caution|danger|important|alert|callout|admonition)(?![\w])[^"'<>]*["'][^<>]*>\s*(?=<h|$)/;
const TITLE = /^(\s*)<h([1-6])(?:\s[^<>]*)?>\s*((?:(?!<\/?h[1-6]).)*?)\s*<\/h\2>/;

/** The same lines, as many as before. */
export function plainNoteTitles(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => OPENS.test(line))) return lines;
  const isCode = linesOfFences(lines);
  let isBelow = false;
  return lines.map((line, at) => {
    const mayOpen = isCode[at] !== true && !mayBeIndentedCode(line);
    const opening = mayOpen ? OPENS.exec(line)?.[0] : undefined;
    if (opening === undefined && !isBelow) return line;
    const rest = line.slice(opening?.length ?? 0);
    isBelow = rest.trim() === "";
    return (opening ?? "") + rest.replace(TITLE, "$1<p><strong>$3</strong></p>");
  });
}
