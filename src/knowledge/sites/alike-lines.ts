/**
 * Lines that begin alike, one below the other: `a) …`, `(1) …`, `Step 2: …`, `1.Log in`, `• …`, `✅ …`. To Markdown
 * they are one paragraph; their authors count or list something. Each keeps its end here.
 */

import { columnsOf } from "../lines/fences.ts";
import { widthOf } from "../lines/indentation.ts";
import { linesOfProse } from "./prose.ts";

/** What a line begins with, by its kind: only such of one kind go on from each other. */
interface Beginning {
  readonly kind: string;
  /** Where it counts; undefined for a sign. */
  readonly count: number | undefined;
}

const STEP =
  /^(?:\*\*|__)?((?:Step|Schritt|[EÉ]tape|Paso|Passo|Krok|Шаг|步骤|ステップ|단계)) ?(\d{1,2})\b/i;
const NUMBER = /^(\d{1,2})([.)．、])(?: |(?=[\p{Lu}\p{Lo}`*[]|\p{Ll}{2}))/u;
const LETTER = /^\(?([a-z])([.)]) /;
const IN_BRACKETS = /^[(（](\d{1,2})[)）]/;
const CIRCLED = /^[①-⑳]/;
/** Signs that people type or paste in place of Markdown's. */
const BULLET = /^[•●○◦▪■□‣]\s?\S/;
const SIGN = /^(?:→|➜|➔|►|✓|✗|✘|☐|☑|\p{Extended_Pictographic}|:[a-z_\d]+:(?=\s))/u;
const MAY_BEGIN =
  /^\s*(?:\d{1,2}[.)．、]|\(?[a-z][.)] |[(（]\d|[①-⑳•●○◦▪■□‣→➜➔►✓✗✘☐☑]|:[a-z_\d]+: |\p{Extended_Pictographic}|(?:\*\*|__)?(?:Step|Schritt|[EÉ]tape|Paso|Passo|Krok|Шаг|步骤|ステップ|단계) ?\d)/iu;

const HEADING = /^ {0,3}#{1,6}\s/;
const ENDS_LINE = /(?: {2}|\\|<br\s*\/?>)\s*$/;
/** Nothing of a paragraph, or a line that another one goes on from by itself. */
const NO_WORDS = /^\s*(?:$|#{1,6}\s|[|<>]|={3,}\s*$|-{3,}\s*$)/;

/** The same lines, as many as before. */
export function plainAlikeLines(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => MAY_BEGIN.test(line))) return lines;
  const isProse = linesOfProse(lines);
  const isItem = itemsOf(lines, isProse);
  const written = [...lines];
  for (const [at, line] of lines.entries()) {
    const above = lines[at - 1] ?? "";
    if (isProse[at] !== true || isProse[at - 1] !== true || !isAlike(lines, at)) continue;
    if (NO_WORDS.test(above) || NO_WORDS.test(line) || ENDS_LINE.test(above)) continue;
    if (isItem[at] === true) continue;
    // Two spaces say nothing where the line begins a block of its own after all.
    written[at - 1] = `${(written[at - 1] ?? "").trimEnd()}  `;
  }
  return written;
}

const ITEM = /^\s*(?:[-*+]|\d{1,9}[.)]) {1,4}(?=\S)/;
/** Below words, no other number begins a list (CommonMark 5.3). */
const INTERRUPTS = /^\s*(?:[-*+]|0*1[.)])\s/;

/** Which lines Markdown sees items in: the first of a list, or one below the words of another. */
function itemsOf(lines: readonly string[], isProse: readonly boolean[]): boolean[] {
  /** Where the text of the outermost item begins; 0 outside of lists. */
  let column = 0;
  let isBelowWords = false;
  return lines.map((line, at) => {
    const isBlank = line.trim() === "";
    const isInItem = isBlank || widthOf(line) >= column;
    if (isBlank || isProse[at] !== true || HEADING.test(line)) {
      // A fence at the left of its item ends it.
      if (!isInItem) column = 0;
      isBelowWords = false;
      return false;
    }
    if (!isInItem && !isBelowWords && !ITEM.test(line)) column = 0;
    const begins = column > 0 || !isBelowWords || INTERRUPTS.test(line);
    isBelowWords = true;
    const mark = begins ? ITEM.exec(line)?.[0] : undefined;
    if (mark === undefined) return false;
    column = column > 0 && widthOf(line) >= column ? column : columnsOf(mark);
    return true;
  });
}

/** Whether the line goes on from one above it in its paragraph, or begins what a line below goes on from. */
function isAlike(lines: readonly string[], at: number): boolean {
  const own = beginningOf(lines[at]);
  if (own === undefined) return false;
  if (own.kind === "bullet") return true;
  return goesOn(lines, at, -1, own) || goesOn(lines, at, 1, own);
}

const MOST_LINES = 8;

function goesOn(lines: readonly string[], at: number, by: 1 | -1, own: Beginning): boolean {
  for (let row = at + by; Math.abs(row - at) <= MOST_LINES; row += by) {
    if ((lines[row] ?? "").trim() === "") return false;
    const other = beginningOf(lines[row]);
    if (other?.kind !== own.kind) continue;
    return own.count === undefined || other.count === own.count + by;
  }
  return false;
}

function beginningOf(line = ""): Beginning | undefined {
  const text = line.trimStart();
  const step = STEP.exec(text);
  if (step !== null) return { kind: `step ${step[1]}`, count: Number(step[2]) };
  const number = NUMBER.exec(text);
  if (number !== null) return { kind: `number ${number[2]}`, count: Number(number[1]) };
  const letter = LETTER.exec(text);
  if (letter !== null) return { kind: `letter ${letter[2]}`, count: letter[1]?.charCodeAt(0) };
  const inBrackets = IN_BRACKETS.exec(text)?.[1];
  if (inBrackets !== undefined) return { kind: "brackets", count: Number(inBrackets) };
  if (CIRCLED.test(text)) return { kind: "circled", count: text.charCodeAt(0) };
  if (BULLET.test(text)) return { kind: "bullet", count: undefined };
  return SIGN.test(text) ? { kind: "sign", count: undefined } : undefined;
}
