/**
 * Slack, phones and keyboards of other languages make typographic signs of what PromQL and options are
 * written with: “ ” « » 「 」 of straight quotes, − of a minus, ≥ of `>=`. They are made plain again;
 * inside of a string, an apostrophe or a dash stays what it is.
 */

const DOUBLE = "“”„‟«»「」″＂";
const SINGLE = "‘’‚‛‹›′＇";

/** All that stands around a word to mark it: quotes of every kind, and backticks. */
export const QUOTES = `"'\`${DOUBLE}${SINGLE}`;
/** What opens a quotation in two signs, and what closes it. */
export const DOUBLE_QUOTES = `"${DOUBLE}`;
export const SINGLE_QUOTES = `'${SINGLE}`;

/** Signs that PromQL does not have, and what they were typed as. An em dash may be one minus or two. */
const SIGNS: Readonly<Record<string, string>> = {
  "−": "-",
  "–": "-",
  "≥": ">=",
  "≤": "<=",
  "≠": "!=",
};

/** Without the marks that nobody sees and that come along with a copied text (zero-width space, BOM). */
export function withoutUnseen(text: string): string {
  return text.replace(/[\u200b\u2060\ufeff]/g, "");
}

/** The text with plain quotes around its strings, and plain signs outside of them. */
export function withPlainSigns(text: string): string {
  let out = "";
  let at = 0;
  while (at < text.length) {
    const end = stringEnd(text, at);
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

/**
 * Where the string that begins here ends, by the index of its closing quote; undefined when none
 * begins here, or when it has no end: then its quote is left as it is.
 */
export function stringEnd(text: string, start: number): number | undefined {
  const mark = text.charAt(start);
  if (mark === "`") return found(text.indexOf("`", start + 1));
  const closing = closingOf(mark, text, start);
  if (closing === undefined) return undefined;
  for (let at = start + 1; at < text.length; at += 1) {
    if (text.charAt(at) === "\\") at += 1;
    else if (closing.includes(text.charAt(at))) return at;
  }
  return undefined;
}

/** A straight quote is closed by a straight one, unless only a typographic one follows. */
function closingOf(mark: string, text: string, start: number): string | undefined {
  const family = familyOf(mark);
  if (family === undefined) return undefined;
  const isStraight = mark === '"' || mark === "'";
  return isStraight && text.includes(mark, start + 1) ? mark : family;
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
