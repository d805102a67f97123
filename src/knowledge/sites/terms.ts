/**
 * Lists of terms, as PHP Markdown Extra, kramdown, Pandoc and MkDocs read them: `: what it means` below a
 * term. GitHub has none, so that a term and all its meanings would run into one line.
 */

import { followVerbatim } from "../lines/fences.ts";

const MEANING = /^( {0,3}):(?=(?: {1,3}|\t)\S)/;
const HAS_TABLE = /^ {0,3}:\s+\|.*\|\s*$/;
/** Below a table or a picture it is a caption, and below these there is no term. */
const NO_TERM = /^\s*(?:[|+!<>#:]|[-*+]\s|\d+[.)]\s|\[[^\]]*\]:)|\|/;
/** A continuation of what stands above. */
const GOES_ON = /^(?: {2,}|\t)\S/;

/** The same lines, as many as before: terms in bold, and their meanings as items. */
export function plainTerms(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => MEANING.test(line))) return lines;
  const verbatim = followVerbatim();
  const written = [...lines];
  /** The line of the term that a meaning may belong to, and whether it has one already. */
  let term: number | undefined;
  let isDefined = false;
  let isInTable = false;
  for (const [at, line] of lines.entries()) {
    const isMeaning = term !== undefined && MEANING.test(line);
    // Its fence begins only behind the mark of an item.
    const item = isMeaning ? line.replace(MEANING, "$1-") : line;
    const isCode = verbatim.holds(item);
    isInTable = isMeaning ? HAS_TABLE.test(line) : isInTable && line.startsWith("|");
    if (term !== undefined && isMeaning) {
      if (!isDefined) written[term] = inBold(lines[term] ?? "");
      written[at] = item;
      isDefined = true;
    } else if (isCode) term = undefined;
    // Other rows of a table belong to its item.
    else if (isInTable) written[at] = `  ${line}`;
    else if (line.trim() === "" || (isDefined && GOES_ON.test(line))) {
      if (!isDefined && lines[at - 1]?.trim() === "") term = undefined;
    } else {
      const isBelowText = (lines[at - 1] ?? "").trim() !== "" && !isDefined;
      term = NO_TERM.test(line) || isBelowText ? undefined : at;
      isDefined = false;
    }
  }
  return written;
}

function inBold(term: string): string {
  const words = term.trim();
  return /[*_`[\]<>\\]/.test(words) ? term : `**${words}**`;
}
