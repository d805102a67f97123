/** Fences of code: where one begins and ends (CommonMark 4.5), also in quotes and right behind a list's mark. */

const OPENS = /^\s*(?:(?:>|[-*+]|\d{1,9}[.)])\s+|>)*(`{3,}(?=[^`]*$)|~{3,})/;
const ENDS = /^\s*(?:> ?)*\s*(`{3,}|~{3,})\s*$/;

/** The signs that open a fence in this line; undefined when none does. */
export function fenceOf(line: string): string | undefined {
  return hasMark(line) ? OPENS.exec(line)?.[1] : undefined;
}

/** Whether the line ends the fence that these signs opened. */
export function endsFence(line: string, mark: string): boolean {
  const found = hasMark(line) ? ENDS.exec(line)?.[1] : undefined;
  return found !== undefined && found[0] === mark[0] && found.length >= mark.length;
}

/** Most lines have none, and are not looked at further. */
function hasMark(line: string): boolean {
  return line.includes("```") || line.includes("~~~");
}

/** Which lines stand in code that is fenced, its marks included. */
export function linesOfFences(lines: readonly string[]): boolean[] {
  let mark: string | undefined;
  return lines.map((line) => {
    if (mark === undefined) {
      mark = fenceOf(line);
      return mark !== undefined;
    }
    if (endsFence(line, mark)) mark = undefined;
    return true;
  });
}

const VERBATIM = /^\s*<(pre|script|style|textarea)\b/i;

/** Fences and tags around code, whose lines are no Markdown, and blocks of HTML to their blank line. */
export function followVerbatim(): { holds(line: string): boolean } {
  let fence: string | undefined;
  let end: RegExp | undefined;
  return {
    holds(line) {
      if (fence !== undefined) {
        if (endsFence(line, fence)) fence = undefined;
        return true;
      }
      if (end !== undefined) {
        if (end.test(line)) end = undefined;
        return true;
      }
      fence = fenceOf(line);
      if (fence !== undefined) return true;
      end = endOfHtml(line);
      if (end?.test(line)) end = undefined;
      return /^\s*</.test(line);
    },
  };
}

function endOfHtml(line: string): RegExp | undefined {
  if (!/^\s*</.test(line)) return undefined;
  const name = VERBATIM.exec(line)?.[1];
  if (name !== undefined) return new RegExp(`</${name}`, "i");
  return /^\s*<!--/.test(line) ? /-->/ : /^\s*$/;
}
