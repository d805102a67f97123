/**
 * `<aside class="note">` and a heading of HTML right below it, as mdBook's books and themes of Bootstrap write
 * them: it says what kind of remark follows, and what stands below the remark belongs to the section before.
 */

const OPENS =
  /^\s*<(?:aside|div)\s[^<>]*\bclass=["'](?:[^"'<>]*[\s-])?(?:note|tip|hint|warning|caution|danger|important|alert|callout|admonition)(?![\w])[^"'<>]*["'][^<>]*>\s*(?=<h|$)/;
const TITLE = /^(\s*)<h([1-6])(?:\s[^<>]*)?>\s*((?:(?!<\/?h[1-6]).)*?)\s*<\/h\2>/;

/** The same lines, as many as before. */
export function plainNoteTitles(lines: readonly string[]): readonly string[] {
  let isBelow = false;
  return lines.map((line) => {
    const opening = OPENS.exec(line)?.[0];
    if (opening === undefined && !isBelow) return line;
    const rest = line.slice(opening?.length ?? 0);
    isBelow = rest.trim() === "";
    return (opening ?? "") + rest.replace(TITLE, "$1<p><strong>$3</strong></p>");
  });
}
