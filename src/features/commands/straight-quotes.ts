/**
 * Slack and phones make straight quotes curly, which PromQL does not know. They are made straight
 * again where they stand around a string; inside of one, an apostrophe stays what it is.
 */

const DOUBLE = "“”„‟";
const SINGLE = "‘’‚‛";

/** The text with the quotes around its strings straight. */
export function withStraightQuotes(text: string): string {
  let out = "";
  let at = 0;
  while (at < text.length) {
    const end = stringEnd(text, at);
    if (end === undefined) {
      out += text.charAt(at);
      at += 1;
      continue;
    }
    const mark = straightOf(text.charAt(at));
    out += `${mark}${withStraightEscapes(text.slice(at + 1, end))}${mark}`;
    at = end + 1;
  }
  return out;
}

/** A quote that was escaped was a straight one: no other needs it. */
function withStraightEscapes(text: string): string {
  return text.replace(/\\([“”„‟])/g, '\\"').replace(/\\([‘’‚‛])/g, "\\'");
}

/**
 * Where the string that begins here ends, by the index of its closing quote; undefined when none
 * begins here, or when it has no end: then its quote is made straight on its own.
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

/** A straight quote is closed by a straight one, unless only a curly one follows. */
function closingOf(mark: string, text: string, start: number): string | undefined {
  const family = familyOf(mark);
  if (family === undefined) return undefined;
  const isStraight = mark === '"' || mark === "'";
  return isStraight && text.includes(mark, start + 1) ? mark : family;
}

function familyOf(mark: string): string | undefined {
  if (mark === '"' || (mark !== "" && DOUBLE.includes(mark))) return `"${DOUBLE}`;
  return mark === "'" || (mark !== "" && SINGLE.includes(mark)) ? `'${SINGLE}` : undefined;
}

function straightOf(mark: string): string {
  if (mark === "`") return mark;
  return familyOf(mark)?.charAt(0) ?? mark;
}

function found(index: number): number | undefined {
  return index === -1 ? undefined : index;
}
