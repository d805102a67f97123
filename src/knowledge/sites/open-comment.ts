/** A comment of MDX or Hugo that its line does not end: `{/*`, `{{/*`. */

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
