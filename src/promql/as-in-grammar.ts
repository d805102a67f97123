/**
 * What the grammar for editors does not know and Prometheus reads, in words of the same length that it
 * knows. The tree is made of these, and every part of it is read from the text as it was written.
 */

const STRING_OR_NAME =
  /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|`[^`]*`|[a-zA-Z_:][\w:]*|0X(?=[\da-fA-F])|(?<![\w.])\d+\.(?!\d)/g;

/** A function that was renamed in Prometheus 3.0, and one with as long a name. */
const RENAMED: ReadonlyMap<string, string> = new Map([["holt_winters", "day_of_month"]]);

/** A text of the same length. Strings stay as they are. */
export function asInGrammar(text: string): string {
  const known = text.replace(STRING_OR_NAME, (found) => {
    if (found === "0X") return "0x";
    return /^\d/.test(found) ? `${found.slice(0, -1)}0` : (RENAMED.get(found) ?? found);
  });
  return OFFSET.test(known) ? withOffsetNamed(known) : known;
}

const OFFSET = /\boffset\b/i;
/** Strings, names, numbers with what may stand in them, and single signs. */
const TOKEN =
  /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|`[^`]*`|[a-zA-Z_:][\w:]*|\d[\w.]*|[^\s\w]/g;
/** Signs that an operand follows, and words that one follows unless they are one themselves. */
const BEFORE_OPERAND = /^[-+*/%^<>=!,([]$/;
const WORD_BEFORE_OPERAND = /^(?:and|or|unless|atan2)$/i;
/** Neither is ever an operand; behind the labels of the last ones it is still to come. */
const BOOL = /^bool$/i;
const MATCHING = /^(?:on|ignoring|group_left|group_right)$/i;

/**
 * `offset` may be a metric's name, as `by` and `and` may: it is one wherever an operand is expected. There it
 * is written as a name that is no word of the language.
 */
function withOffsetNamed(text: string): string {
  let isExpected = true;
  let last = "";
  const isOfMatching: boolean[] = [];
  return text.replace(TOKEN, (token) => {
    const isName = isExpected && token.toLowerCase() === "offset";
    if (token === "(") isOfMatching.push(MATCHING.test(last));
    last = token;
    if (token === ")") isExpected = isOfMatching.pop() ?? false;
    else if (!MATCHING.test(token)) isExpected = isOperandAfter(token, isExpected);
    return isName ? "offse_" : token;
  });
}

function isOperandAfter(token: string, isExpected: boolean): boolean {
  if (WORD_BEFORE_OPERAND.test(token)) return !isExpected;
  return BEFORE_OPERAND.test(token) || BOOL.test(token);
}
