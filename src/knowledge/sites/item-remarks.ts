/**
 * A remark at the left between an item's words and its code, as formatters are told something: it ends the item,
 * and the fence that is indented below it is no fence any more.
 */

import { fenceOf, linesOfFences } from "../lines/fences.ts";
import { indentOf } from "../lines/indentation.ts";

const REMARK = /^<!--(?:(?!-->).)*-->\s*$/;
const ITEM = /^(?:[-*+]|\d{1,9}[.)]) {1,4}(?=\S)/;

/** The same lines, with such remarks in their items. */
export function indentRemarks(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => REMARK.test(line))) return lines;
  const isCode = linesOfFences(lines);
  let item = 0;
  return lines.map((line, at) => {
    if (isCode[at] === true || line.trim() === "") return line;
    if (item > 0 && REMARK.test(line) && isBeforeFence(lines, at, item)) {
      return " ".repeat(item) + line;
    }
    if (indentOf(line) === 0) item = ITEM.exec(line)?.[0].length ?? 0;
    return line;
  });
}

function isBeforeFence(lines: readonly string[], at: number, item: number): boolean {
  const next = lines.slice(at + 1, at + 3).find((line) => line.trim() !== "") ?? "";
  return indentOf(next) >= item && /^\s*[`~]/.test(next) && fenceOf(next) !== undefined;
}
