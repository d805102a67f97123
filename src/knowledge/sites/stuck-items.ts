/**
 * Items that go on counting right below words: "2." begins no list there (CommonMark 5.3), so that what stands
 * in the item is code. The empty line above the words goes below them, with as many lines as before.
 */

import { followVerbatim } from "../lines/fences.ts";

const NUMBER = /^(\d{1,9})[.)] +\S/;
const WORDS = /^[\p{L}!["'«“(]/u;
/** What would take words right below it for more of itself. */
const GOES_ON = /^\s*[|<>]/;
const HEADING = /^#{1,6}\s/;

/** The same lines, in which the next item of a list begins one. */
export function itemsBelowWords(lines: readonly string[]): readonly string[] {
  if (!lines.some((_, at) => isStuck(lines, at))) return lines;
  const verbatim = followVerbatim();
  const written = [...lines];
  let last = 0;
  for (const [at, line] of lines.entries()) {
    if (verbatim.holds(line)) continue;
    if (HEADING.test(line)) last = 0;
    const number = NUMBER.exec(line)?.[1];
    if (number === undefined) continue;
    const isNext = last > 0 && Number(number) === last + 1;
    last = Number(number);
    if (!isNext || !isStuck(lines, at)) continue;
    written[at - 2] = lines[at - 1] ?? "";
    written[at - 1] = "";
  }
  return written;
}

/** Whether an item stands right below a line of words, and that below an empty one. */
function isStuck(lines: readonly string[], at: number): boolean {
  return (
    NUMBER.test(lines[at] ?? "") &&
    WORDS.test(lines[at - 1] ?? "") &&
    lines[at - 2]?.trim() === "" &&
    !GOES_ON.test(lines[at - 3] ?? "")
  );
}

const LONE_DASH = /^\s*-\s*$/;

/** Below words, the mark of an item that only its site fills in would make a heading of them: it says so. */
export function filledItems(lines: readonly string[], given: readonly string[]): readonly string[] {
  const isLost = (at: number): boolean =>
    LONE_DASH.test(lines[at] ?? "") &&
    !LONE_DASH.test(given[at] ?? "") &&
    (lines[at - 1] ?? "").trim() !== "";
  if (!lines.some((_, at) => isLost(at))) return lines;
  return lines.map((line, at) => (isLost(at) ? `${line.trimEnd()} …` : line));
}
