/** A cell of a table that is drawn with signs, in which blocks may stand -> one line of a table's row. */

import { codeTitle } from "../markdown/code-titles.ts";
import { asCode } from "./jsx-literals.ts";
import { divisionLabel } from "./quarto.ts";

const FENCE = /^(`{3,}|~{3,})(.*)$/;
const HEADING = /^#{1,6}\s+(.*?)(?:\s*\{[^{}]*\})?$/;

/** One line of a cell's lines: code, items and headings keep lines of their own, others go on. */
export function cellText(lines: readonly string[]): string {
  let fence: string | undefined;
  let text = "";
  let isApart = true;
  const add = (words: string, begins: boolean): void => {
    text += `${text === "" ? "" : begins || isApart ? "<br>" : " "}${words}`;
    isApart = false;
  };
  const addAlone = (words: string): void => {
    if (words !== "") add(`**${words}**`, true);
    isApart = true;
  };
  for (const line of lines) {
    const words = line.trim();
    const [, mark, info = ""] = FENCE.exec(words) ?? [];
    if (fence !== undefined) {
      if (mark === fence) [fence, isApart] = [undefined, true];
      else if (words !== "") add(codeOf(line.trimEnd().replace(/^ /, "")), true);
    } else if (mark !== undefined) {
      fence = mark;
      addAlone(codeTitle({ lang: info, meta: "" }) ?? "");
    } else if (words === "") isApart = true;
    else if (words.startsWith(":::")) addAlone(divisionLabel(words) ?? "");
    else if (HEADING.test(words)) addAlone(words.replace(HEADING, "$1"));
    else {
      const item = words.replace(/^[-*+]\s+/, "• ");
      add(item.replace(/(?<!\\)\|/g, "\\|"), item !== words || /^\d+[.)]\s/.test(words));
    }
    if (words.endsWith("\\") && fence === undefined) {
      text = text.slice(0, -1).trimEnd();
      isApart = true;
    }
  }
  return text;
}

function codeOf(line: string): string {
  return asCode(line.replace(/\|/g, "\\|"));
}

/** A row of GitHub's tables for each, dashes below the first of them (GFM 4.10). */
export function gfmRows(rows: readonly (readonly string[])[]): string[] {
  const [head = "", ...body] = rows.map((row) => `| ${row.join(" | ")} |`);
  return [head, `|${" --- |".repeat(rows[0]?.length ?? 0)}`, ...body];
}

/** As the head of a table that has none. */
export function emptyRow(width: number): string[] {
  return Array.from({ length: width }, () => " ");
}
