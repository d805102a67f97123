/**
 * What YFM, the Markdown of Yandex's documentation, has of its own: tables over several lines, `#|`, rows between
 * `||` and cells between `|`, up to `|#`; links that take the title of their page, `[{#T}](a.md)`; names behind
 * a tag, `{% cut "More" %}{#more}`. Tables become HTML, which may hold blocks; as many lines as before.
 */

import { linesOfFences } from "../lines/fences.ts";

const SIGNS = /^\s*#\|\s*$|\[\{#T\}\]|%\}\{[#.]/;
const BEGINS = /^(\s*)#\|\s*$/;
const ENDS = /^(\s*)\|#\s*(?:\{[^{}]*\}\s*)?$/;
/** Code and signs that are escaped stay. */
const TOKEN = /(?<!`)(`+)(?!`)[^`]+\1(?!`)|\\\||\|\||\|/g;
/** `##mono##`, outside code. */
const MONO =
  /(?<!`)(`+)(?!`)[^`]+\1(?!`)|(?<![#\w])##([^\s#](?:[^#\n`]{0,80}[^\s#`])?)##(?![#\w])/g;
/** A cell that goes on from the left or from above, and the name or look of one. */
const MERGED = /(<t[dh]>)\s*[>^]\s*(?=<\/t|$)/g;
const LOOK = /(?<!\s)\s*\{[#.][\w:.-]+(?:\s+[^{}]*)?\}\s*(?=<\/t|$)/g;

interface OpenTable {
  rows: number;
  isInRow: boolean;
}

/** The same lines in plain Markdown and HTML. */
export function plainYfm(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => SIGNS.test(line))) return lines;
  const isCode = linesOfFences(lines);
  let left = lines.filter((line, at) => isCode[at] !== true && ENDS.test(line)).length;
  const open: OpenTable[] = [];
  return lines.map((line, at) => {
    if (isCode[at] === true) return line;
    const indent = BEGINS.exec(line)?.[1];
    // A table that nobody ends is none.
    if (indent !== undefined && left > open.length) {
      open.push({ rows: 0, isInRow: false });
      return `${indent}<table>`;
    }
    const table = open.at(-1);
    if (ENDS.test(line)) {
      left -= 1;
      if (open.pop() !== undefined) return line.replace(ENDS, "$1</table>");
    }
    return table === undefined ? plainNames(line) : rowLine(plainNames(line), table);
  });
}

function rowLine(line: string, table: OpenTable): string {
  const html = line.replace(TOKEN, (sign) => {
    const cell = table.rows === 0 ? "th" : "td";
    if (sign === "|" && table.isInRow) return `</${cell}><${cell}>`;
    if (sign !== "||") return sign;
    table.isInRow = !table.isInRow;
    if (table.isInRow) return `<tr><${cell}>`;
    table.rows += 1;
    return `</${cell}></tr>`;
  });
  return html.replace(LOOK, "").replace(MERGED, "$1");
}

function plainNames(line: string): string {
  return line
    .replace(/(%\})\{[#.][^{}]*\}\s*$/, "$1")
    .replace(MONO, (all, _mark, mono?: string) => (mono === undefined ? all : `\`${mono}\``))
    .replace(/\[\{#T\}\]\(([^()\s]*)\)/g, (_, to: string) => `[${nameOf(to)}](${to})`);
}

/** The page or the heading that an address leads to. */
function nameOf(address: string): string {
  const last = address.replace(/^.*[/#](?=.)/, "").replace(/\.md$/, "");
  return last === "" ? address : last;
}
