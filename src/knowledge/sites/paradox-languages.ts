/**
 * `@scala[one]@java[the other]` of Paradox, words for those who write one language: nobody chooses here, so all of
 * them are read. They may hold brackets in brackets, and go on to the end of their paragraph.
 * Source: developer.lightbend.com/docs/paradox, "Groups".
 */

import { withoutCode } from "./code-spans.ts";

const SIGNS = /\\.|@(?:scala|java|span):?\[|[[\]]/g;
const ANOTHER = /^@(?:scala|java):?\[/;

interface Sign {
  readonly row: number;
  readonly at: number;
  readonly sign: string;
}

/** The lines without the signs around such words, as many as before; those that stand side by side are parted. */
export function plainLanguages(lines: readonly string[], isProse: readonly boolean[]): string[] {
  const vain = new Map<number, Sign[]>();
  const drop = (sign: Sign): void => {
    const known = vain.get(sign.row);
    if (known === undefined) vain.set(sign.row, [sign]);
    else known.push(sign);
  };
  let open: Sign[] = [];
  for (const [row, line] of lines.entries()) {
    if (isProse[row] !== true || line.trim() === "") open = [];
    if (isProse[row] !== true || !/[[\]]/.test(line)) continue;
    for (const { 0: sign, index: at } of withoutCode(line).matchAll(SIGNS)) {
      if (sign.endsWith("[") && !sign.startsWith("\\")) open.push({ row, at, sign });
      const begun = sign === "]" ? open.pop() : undefined;
      if (begun === undefined || begun.sign === "[") continue;
      drop(begun);
      drop({ row, at, sign });
    }
  }
  return lines.map((line, row) => without(line, vain.get(row) ?? []));
}

function without(line: string, signs: readonly Sign[]): string {
  let text = "";
  let from = 0;
  for (const { at, sign } of signs.toSorted((one, other) => one.at - other.at)) {
    const isParted = sign === "]" && ANOTHER.test(line.slice(at + 1, at + 9));
    text += line.slice(from, at) + (isParted ? " / " : "");
    from = at + sign.length;
  }
  return text + line.slice(from);
}
