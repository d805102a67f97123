/** Backticks that begin and end no code within their paragraph: any site shows them as they are written. */

const FENCE = /^[ \t]*(?:(?:>|[-*+]|\d+[.)])[ \t]+)*(?:`{3,}[^`]*$|~{3,})/m;

/** The shown line without three and more of them at its edges that the paragraph in the file leaves alone, too. */
export function withoutLoneMarks(line: string, source: string): string {
  if (!/^\s*`{3}|`{3}\w*\s*$/.test(line)) return line;
  const lone = loneMarks(source);
  return line.replace(/^(\s*)`{3,}|`{3,}(?=\w*\s*$)/g, (mark, _space, at: number) => {
    const end = at + mark.length;
    return lone.has(keyOf(mark.trim(), line.slice(0, at), line.slice(end))) ? " " : mark;
  });
}

let known: { source: string; lone: ReadonlySet<string> } | undefined;

function loneMarks(source: string): ReadonlySet<string> {
  if (known?.source === source) return known.lone;
  const lone = new Set<string>();
  for (const block of source.split(/\n[ \t]*\n/)) {
    if (!block.includes("```") || FENCE.test(block)) continue;
    for (const line of withPlainCode(block).split("\n")) {
      for (const { 0: mark, index } of line.matchAll(/`{3,}/g))
        lone.add(keyOf(mark, line.slice(0, index), line.slice(index + mark.length)));
    }
  }
  known = { source, lone };
  return lone;
}

/** Code ends with as many backticks as it begins with. */
function withPlainCode(block: string): string {
  return block.replace(/(?<![`\\])(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g, "…");
}

/** The letters around it, wherever its line is parted. */
function keyOf(mark: string, before: string, after: string): string {
  const letters = (text: string): string => text.replace(/\P{L}/gu, "");
  return `${letters(before).slice(-12)}${mark}${letters(after).slice(0, 12)}`;
}
