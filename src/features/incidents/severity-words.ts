/** How bad something is, in a colour and a word: never in colour alone. */

import { line } from "../../block-kit/text.ts";

const SEVERITY_WORD = 20;

const SEVERITY_MARKS: ReadonlyMap<string, string> = new Map([
  ["critical", "🔴"],
  ["error", "🔴"],
  ["warning", "🟠"],
  ["info", "🔵"],
]);

/** The colour and the word of a severity; "FIRING" where none is given. */
export function severityWordsOf(severity: string): { mark: string; word: string } {
  const shown = line(severity, SEVERITY_WORD);
  const mark = SEVERITY_MARKS.get(shown.toLowerCase()) ?? "⚪";
  return { mark, word: shown === "" || shown === "unknown" ? "FIRING" : shown.toUpperCase() };
}

/** "🟠 WARNING" */
export function severityMark(severity: string): string {
  const { mark, word } = severityWordsOf(severity);
  return severity === "" ? mark : `${mark} ${word}`;
}
