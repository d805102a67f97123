/** How bad something is, in a colour and a word: never in colour alone. */

import { SEVERITY_MARKS, STATE_MARKS } from "../../block-kit/state-marks.ts";
import { line } from "../../block-kit/text.ts";
import { rankOfSeverity } from "../../incidents/severity.ts";

const SEVERITY_WORD = 20;

/** By rank: what is worse than a warning wakes people. */
const MARKS: readonly string[] = [
  SEVERITY_MARKS.critical,
  SEVERITY_MARKS.critical,
  SEVERITY_MARKS.warning,
  SEVERITY_MARKS.info,
];

/** The colour and the word of a severity; "FIRING" where none is given. */
export function severityWordsOf(severity: string): { mark: string; word: string } {
  const shown = line(severity, SEVERITY_WORD);
  const mark = MARKS[rankOfSeverity(shown)] ?? STATE_MARKS.unknown;
  return { mark, word: shown === "" || shown === "unknown" ? "FIRING" : shown.toUpperCase() };
}

/** "🟠 WARNING" */
export function severityMark(severity: string): string {
  const { mark, word } = severityWordsOf(severity);
  return severity === "" ? mark : `${mark} ${word}`;
}
