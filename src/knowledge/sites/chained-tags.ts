/** A component that begins right behind the end of another, with its attributes below: it begins there. */

import { linesOfFences } from "../lines/fences.ts";

const CHAINED = /^(\s*\/?>)\s*(<[A-Z][\w.]*)\s*$/;

/** As many lines as before. */
export function partChainedTags(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => CHAINED.test(line))) return lines;
  const isCode = linesOfFences(lines);
  let opening = "";
  return lines.map((line, at) => {
    const own = opening === "" ? line : `${opening} ${line.trimStart()}`;
    opening = "";
    const [, end = "", begins = ""] = CHAINED.exec(own) ?? [];
    if (end === "" || isCode[at] === true || lines[at + 1] === undefined) return own;
    opening = begins;
    return end;
  });
}
