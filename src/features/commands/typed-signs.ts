/**
 * Slack, phones and keyboards of other languages make typographic signs of what PromQL and options are
 * written with: “ ” « » 「 」 of straight quotes, − of a minus, ≥ of `>=`. They are made plain again;
 * inside of a string, an apostrophe or a dash stays what it is.
 */

import { isPromql } from "../../promql/is-promql.ts";

const DOUBLE = "“”„‟«»「」『』〝〞″＂";
const SINGLE = "‘’‚‛‹›′＇";

/** All that stands around a word to mark it: quotes of every kind, and backticks. */
export const QUOTES = `"'\`${DOUBLE}${SINGLE}`;
const DOUBLE_QUOTES = `"${DOUBLE}`;
const SINGLE_QUOTES = `'${SINGLE}`;
/** What opens a quotation is closed by a sign of its family. */
export const QUOTE_FAMILIES = [DOUBLE_QUOTES, SINGLE_QUOTES, "`"] as const;

/** A name in quotes within a sentence: what stands before it, and the name in the group of its family. */
export const QUOTED_NAMES = new RegExp(
  `(^|\\s)(?:${QUOTE_FAMILIES.map((family) => `[${family}]+([^${family}]*)[${family}]+`).join("|")})(?=[\\s?!.,]|$)`,
  "gu",
);

/** Signs that PromQL does not have, and what they were typed as. An em dash may be one minus or two. */
const SIGNS: Readonly<Record<string, string>> = {
  "−": "-",
  "–": "-",
  "≥": ">=",
  "≤": "<=",
  "≠": "!=",
};

/**
 * Without the marks that nobody sees and that come along with a copied text (zero-width space, BOM). No
 * others: what is typed may be PromQL, whose strings are label values to the letter.
 */
export function withoutUnseen(text: string): string {
  return text.replace(/[\u200b\u2060\ufeff]/g, "");
}

/**
 * The text with plain quotes around its strings, and plain signs outside of them. Where straight and
 * typographic quotes are mixed, a string ends where an expression results: the same sign may close one
 * string and stand inside of another.
 */
export function withPlainSigns(text: string): string {
  const readings = new Set([stringEnd, sameMarkEnd, anyMarkEnd].map((end) => plainBy(text, end)));
  const [first = text] = readings;
  return readings.size === 1 ? first : ([...readings].find(isPromql) ?? plainBy(text, sameMarkEnd));
}

type StringEnd = (text: string, start: number) => number | undefined;

function plainBy(text: string, stringEndOf: StringEnd): string {
  let out = "";
  let at = 0;
  while (at < text.length) {
    const end = stringEndOf(text, at);
    const sign = text.charAt(at);
    if (end === undefined) {
      out += SIGNS[sign] ?? sign;
      at += 1;
      continue;
    }
    const mark = plainOf(sign);
    out += `${mark}${withPlainEscapes(insideOf(sign, text.slice(at + 1, end)))}${mark}`;
    at = end + 1;
  }
  return out;
}

/** A French keyboard puts a blank that does not break inside of « and ». */
function insideOf(mark: string, text: string): string {
  return mark === "«" ? text.replace(/^[\u00a0\u202f]|[\u00a0\u202f]$/g, "") : text;
}

const ESCAPED_DOUBLE = new RegExp(`\\\\[${DOUBLE}]`, "g");
const ESCAPED_SINGLE = new RegExp(`\\\\[${SINGLE}]`, "g");

/** A quote that was escaped was a straight one: no other needs it. */
function withPlainEscapes(text: string): string {
  return text.replace(ESCAPED_DOUBLE, '\\"').replace(ESCAPED_SINGLE, "\\'");
}

/** Behind a string there is the rest of a list, of a matcher or of a call, an option of the command, or nothing. */
const BEHIND_STRING = /^(?:\s*(?:[,})=!]|$)|\s+(?:[\p{L}-]+[:：]|--\p{L}))/u;
/** Behind the value of an option, as in `target:"my server"`, there is the next word, or nothing. */
const BEHIND_VALUE = /^(?:\s|$)/;

/**
 * Where the string that begins here ends, by the index of its closing quote; undefined when none
 * begins here, or when it has no end: then its quote is left as it is. A quote closes it behind which
 * an expression can go on; where there is none, its own mark does.
 */
export function stringEnd(text: string, start: number): number | undefined {
  const family = familyOf(text.charAt(start));
  const behind = /[:：]/.test(text.charAt(start - 1)) ? BEHIND_VALUE : BEHIND_STRING;
  const end =
    family === undefined
      ? undefined
      : closedBy(family, text, {
          start,
          isEnd: (at) => behind.test(text.slice(at + 1, at + 1 + FURTHEST_BEHIND)),
        });
  return end ?? sameMarkEnd(text, start);
}

/** Blanks behind a string in which what follows is sought: more is no way to write. */
const FURTHEST_BEHIND = 20;

/** A straight quote is closed by a straight one, unless only a typographic one follows. */
function sameMarkEnd(text: string, start: number): number | undefined {
  const mark = text.charAt(start);
  if (mark === "`") return found(text.indexOf("`", start + 1));
  const isStraight = mark === '"' || mark === "'";
  return isStraight && text.includes(mark, start + 1)
    ? closedBy(mark, text, { start })
    : anyMarkEnd(text, start);
}

/** Any sign of the family closes it. */
function anyMarkEnd(text: string, start: number): number | undefined {
  const mark = text.charAt(start);
  if (mark === "`") return found(text.indexOf("`", start + 1));
  const family = familyOf(mark);
  return family === undefined ? undefined : closedBy(family, text, { start });
}

function closedBy(
  marks: string,
  text: string,
  { start, isEnd = () => true }: { start: number; isEnd?: (at: number) => boolean },
): number | undefined {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text.charAt(at) === "\\") at += 1;
    else if (marks.includes(text.charAt(at)) && isEnd(at)) return at;
  }
  return undefined;
}

function familyOf(mark: string): string | undefined {
  if (mark === "") return undefined;
  return [DOUBLE_QUOTES, SINGLE_QUOTES].find((family) => family.includes(mark));
}

function plainOf(mark: string): string {
  return mark === "`" ? mark : (familyOf(mark)?.charAt(0) ?? mark);
}

function found(index: number): number | undefined {
  return index === -1 ? undefined : index;
}
