/**
 * What a person asks to see of the metrics: a pattern of names or any PromQL, with or without
 * backticks, and the options and the target around it.
 *
 *     lag        *bytes* orders       sum(rate(streamline_records_total[5m])) target:orders last:2h
 *
 * Blanks inside of brackets and quotes belong to the expression. Which blanks outside of them do is
 * settled by the grammar of PromQL: what is left behind a whole expression is a target's name.
 */

import { isPromql } from "../../promql/is-promql.ts";
import type { SeriesText } from "./command-row.ts";
import type { OptionKey } from "./option-keys.ts";
import { nearKey, unquoted } from "./read-words.ts";
import { stringEnd, withPlainSigns } from "./typed-signs.ts";

export interface SplitSeries {
  /** Undefined when nothing but options was written. */
  readonly series: SeriesText | undefined;
  /** Options and bare words around it. */
  readonly others: readonly string[];
}

/** A word of the command: a run of characters without a blank outside of brackets and quotes. */
interface Piece {
  readonly text: string;
  readonly isMarked: boolean;
}

/** Bare words that can stand behind an expression: a target and a mistyped option. */
const MOST_BEHIND = 2;

/** What stands in PromQL and in no name. */
const SIGNS = /[(){}[\]=<>+/^%@!"'`]/;

/** Splits what follows the command's name. */
export function splitSeries(
  typed: string,
  keys: readonly OptionKey[],
  isTarget: (name: string) => boolean,
): SplitSeries {
  const pieces = piecesOf(typed);
  const isOption = ({ text }: Piece): boolean => {
    const [, colon, flag] = /^(?:([a-z]+)[:：]|--([a-z]+))/i.exec(unquoted(text)) ?? [];
    const key = (colon ?? flag)?.toLowerCase();
    return keys.some((each) => each === key);
  };
  const options = pieces.filter(isOption).map(({ text }) => text);
  const rest = pieces.filter((piece) => !isOption(piece));
  const [first, ...behind] = rest;
  if (first === undefined) return { series: undefined, others: options };
  if (first.isMarked) {
    const text = insideMarks(first.text);
    const series = text === "" ? undefined : seriesOf(text);
    return { series, others: [...behind.map((each) => each.text), ...options] };
  }
  const count = expressionLength(
    rest.map(({ text }) => text),
    { keys, isTarget },
  );
  const text = rest
    .slice(0, count)
    .map((each) => each.text)
    .join(" ");
  const others = rest.slice(count).map((each) => each.text);
  return { series: seriesOf(text), others: [...others, ...options] };
}

/** How many of the words are the expression. */
function expressionLength(
  words: readonly string[],
  {
    keys,
    isTarget,
  }: {
    readonly keys: readonly OptionKey[];
    readonly isTarget: (name: string) => boolean;
  },
): number {
  const whole = words.join(" ");
  if (isPromql(whole)) return words.length;
  for (let behind = 1; behind <= MOST_BEHIND && behind < words.length; behind += 1) {
    const text = words.slice(0, -behind).join(" ");
    if (isPromql(text) || isPattern(text)) return words.length - behind;
  }
  // Words without a sign of the language are a pattern and names, or a sentence.
  if (!SIGNS.test(whole)) return 1;
  // No expression: what is certainly none of it is left out, so that the error speaks of the rest.
  const last = words.at(-1) ?? "";
  const key = /^([a-z]+):/i.exec(last)?.[1]?.toLowerCase();
  const isOther = isTarget(last) || (key !== undefined && nearKey(key, keys) !== undefined);
  return isOther && words.length > 1 ? words.length - 1 : words.length;
}

/** Part of a name, with globs and label matchers: what `metrics` reads, too. */
const PATTERN = /^[\w:*?.-]*\s*(\{(?:[^"'{}]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*\})?$/s;

function isPattern(text: string): boolean {
  return text.trim() !== "" && PATTERN.test(text);
}

function seriesOf(text: string): SeriesText {
  const isName = !SIGNS.test(text) && !/\s/.test(text);
  return { kind: isName || isPattern(text) ? "pattern" : "promql", text };
}

/** Splits at blanks outside of brackets and strings; where brackets lack their ends, at every blank. */
function piecesOf(typed: string): Piece[] {
  const pieces: Piece[] = [];
  let rest = typed.trim();
  while (rest !== "") {
    const marked = markedEnd(rest);
    const end = marked ?? pieceEnd(rest) ?? blankIn(rest);
    const piece = rest.slice(0, end);
    pieces.push({
      text: marked === undefined ? withPlainSigns(piece) : piece,
      isMarked: marked !== undefined,
    });
    rest = rest.slice(end).trimStart();
  }
  return pieces;
}

/** The end of what stands in backticks as a whole: a run of them that a blank or the end follows. */
function markedEnd(text: string): number | undefined {
  const [run] = /^`+/.exec(text) ?? [];
  if (run === undefined) return undefined;
  let at = text.indexOf(run, run.length);
  while (at !== -1) {
    const end = at + run.length;
    if (end === text.length || /\s/.test(text.charAt(end))) return end;
    at = text.indexOf(run, at + 1);
  }
  return undefined;
}

/** The language that some write behind the first backticks is none of the expression. */
function insideMarks(text: string): string {
  const inside = text.replace(/^```(?:promql|text)\n/, "").replace(/^`+|(?<!`)`+$/g, "");
  return withPlainSigns(inside).trim();
}

/** Where the piece that begins the text ends; undefined when a bracket in it has no end. */
function pieceEnd(text: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const end = stringEnd(text, at);
    if (end !== undefined) at = end;
    else if ("([{".includes(char)) depth += 1;
    else if (")]}".includes(char)) depth -= 1;
    else if (depth <= 0 && /\s/.test(char)) return at;
  }
  return depth <= 0 ? text.length : undefined;
}

function blankIn(text: string): number {
  const blank = text.search(/\s/);
  return blank === -1 ? text.length : blank;
}
