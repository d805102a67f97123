/**
 * A page's title whose author puts no space behind the signs of headings: `#Disk full`, and below it `##Steps`. By
 * itself, a word behind one sign is a tag of Obsidian or a channel.
 */

const TITLE = /^#(?=[\p{L}\p{N}`*])/u;
const HEADING = /^#{2,6}[^\s#]/;
const OTHER_TAG = /\s#\S/;

/** The same lines, with the space in the first that says anything. */
export function withSpacedTitle(lines: readonly string[]): readonly string[] {
  const at = lines.findIndex((line) => line.trim() !== "");
  const title = lines[at] ?? "";
  if (!TITLE.test(title) || OTHER_TAG.test(title)) return lines;
  if (!lines.some((line) => HEADING.test(line))) return lines;
  return lines.with(at, title.replace(TITLE, "# "));
}
