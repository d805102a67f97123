/** Emphasis, told from the source alone: words that it parts are one. */

/** Emphasis within a block: items and headings begin others. Stars that are escaped or alone are signs in it, and a word in bold may stand in it. */
const STARS =
  /(?<![\\*])(\*{1,3})(?![\s*])((?:(?!\n\s*\n|\n[ \t>]*(?:[-*+]|\d+[.)]|#{1,6})[ \t])(?:\\\*|[^*]|(?<=\s)\*(?=\s)|(?<=\s)\*\*[^\s*]+\*\*(?=\s)))*[^\s*\\])\1(?!\*)/g;
/** Punctuation, the signs in the places of code, and halves of pictures. */
const SIGN = /[\p{P}\p{S}\uE000\uE001\uD800-\uDFFF]/u;

/** Between a letter and a sign, stars neither begin nor end emphasis, and words are apart there. */
function wordsOfEmphasis(
  all: string,
  stars: string,
  words: string,
  at: number,
  text: string,
): string {
  // What begins before a link does not end within its words: `**[a**b](c)`, nor the other way round.
  if (/^[^[\]]*\]\(|^[^\]]*\[[^\]]*$/.test(words)) return all.replaceAll(stars, " ");
  const before = text[at - 1] ?? " ";
  const after = text[at + all.length] ?? " ";
  const begins = !SIGN.test(words[0] ?? "") || /\s/.test(before) || SIGN.test(before);
  const ends = !SIGN.test(words.at(-1) ?? "") || /\s/.test(after) || SIGN.test(after);
  // An address is a word by itself, and would go on over the stars to the letter.
  if (ADDRESS_AT_END.test(words) && /\p{L}/u.test(after)) return `${words} `;
  return begins && ends ? words : all.replaceAll(stars, " ");
}

const ADDRESS_AT_END = /(?:^|[\s(])(?:https?:\/\/|www\.)\S+$/;

/** The same where links still stand, whose brackets are signs beside stars. */
export function withoutBold(text: string): string {
  return text
    .replace(ADDRESS, (all) => all.replaceAll("*", ""))
    .replace(/(\p{L})(\*\p{Lu}\p{L}+ [\p{L} ]{1,60}\p{Ll}\*)(?=\p{Lu})/gu, "$1 $2 ")
    .replace(STUCK_LABEL, "$1 ")
    .replace(/(?<=\S\* ?\*\p{Lu}[\p{L} ]{1,60}\p{Ll}\*)(?=\p{Lu})/gu, " ")
    .replace(BEFORE_BOLD, "$1")
    .replace(STARS, wordsOfEmphasis);
}

/** What may stand in an address: brackets in each other that are balanced, as CommonMark asks. */
export const ADDRESS_PART = String.raw`(?:[^()\s]|\((?:[^()\s]|\((?:[^()\s]|\((?:[^()\s]|\((?:[^()\s]|\([^()]*\))*\))*\))*\))*\))*`;

/** A label that its author has stuck to the word before it is a word by itself: `on*Default*: off`. */
const STUCK_LABEL =
  /(\p{L}(?=\*\p{Lu}\p{Ll}+\*:)|[^\s*]\*(?=\*\p{Lu}(?:\p{Ll}+\*:|[\p{L} ]{1,60}\p{Ll}\*\p{Lu})))/gu;

/** Right before bold letters, as before any sign, it ends; in bold letters itself, it is before none. */
const BEFORE_BOLD = /(?<![\p{L}\d_\\*])_(\p{L}+)_(?=\*\*\p{L})/gu;

/** Where a link leads, in which a star is no sign of anything. */
const ADDRESS = new RegExp(String.raw`\]\(${ADDRESS_PART}`, "g");

/** The text without the signs of emphasis. */
export function withoutEmphasis(text: string): string {
  return (
    text
      .replace(/(?<![\\*])\*\*(?=\w+\*\w+\*{3}(?!\*))(\w+)\*(\w+)\*{3}/g, "$1$2")
      .replace(/(?<![\\*])\*{3}(?![\s*])([^*\n]+)\*\*(?!\*)([^*\n]+)\*(?!\*)/g, "$1$2")
      .replace(/(?<![\p{L}\d_\\])_(?=\p{L})((?:(?!\n\s*\n)[^_])*[^\s_\\])_(?![\p{L}\d_])/gu, "$1")
      // Right behind code, as behind any sign, it begins.
      .replace(/(?<=\uE001)_(?=\uE000)((?:(?!\n\s*\n)[^_])*[^\s_\\])_(?![\p{L}\d_])/gu, "$1")
      .replace(STARS, wordsOfEmphasis)
      .replace(/(?<=\p{L})~~(?=\p{L})/gu, "")
  );
}

/** `[x]{% if a %}(#b){% else %}(c.md){% endif %}` */
const CHOSEN_ADDRESS =
  /\]\{%-?\s*if\s[^%{}]*%\}(?:\((?:[^(){}]|\{\{[^{}]*\}\}|\{%(?:[^%{}]|\{\{[^{}]*\}\})*%\})*\)\{%-?\s*(?:else|elsif|endif)\b[^%{}]*%\})+/g;

/** A component in an address is a part of it, whatever it fills in: `[x](https://a.example/v<Version />/b)`. */
const FILLED_ADDRESS = /(\]\([^()\s<>]*<[A-Z][\w.]*)\s+(?=\/>[^()\s<>]*\))/g;

/** The text in which a condition chooses no address, and no space stands before or in a computed one. */
export function withPlainAddresses(text: string): string {
  return text
    .replace(CHOSEN_ADDRESS, "](a)")
    .replace(/\] (?=\(\{\{[^{}]*\}\}[^\s(){}]*\))/g, "]")
    .replace(FILLED_ADDRESS, "$1");
}
