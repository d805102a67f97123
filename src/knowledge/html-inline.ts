/**
 * Links, images, code and bold words of Markdown within the words of a block of HTML. CommonMark leaves
 * them as they stand there; sites that read MDX, and authors, do not.
 */

/** A tag, a remark or an address in angle brackets; what is between two of them are words. */
const MARKUP = /(<!--[\s\S]*?-->|<\/?[a-zA-Z][^<>]*>)/;
/** Their words are nobody's Markdown. */
const VERBATIM = /^<(\/?)(?:pre|code|script|style|textarea|kbd|samp)\b/i;

const ADDRESS = /^<(https?:\/\/[^\s<>]+)>$/;
/** Code, which may show how a link is written, or a link, whose label may be code. */
const CODE_OR_LINK =
  /(`+)([^`]+)\1(?!`)|(!?)\[((?:[^[\]`]|`[^`]*`)+)\]\(\s*([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)(?:\s+"[^"]*")?\s*\)/g;
const BOLD = /\*\*(?=\S)([^*]+?)(?<=\S)\*\*/g;

/** The same HTML, in which they are elements. */
export function withInlineMarkdown(html: string): string {
  if (!/`|\]\(|\*\*|<https?:/.test(html)) return html;
  let verbatim = 0;
  return html
    .split(MARKUP)
    .map((part, index) => {
      if (index % 2 === 0) return verbatim > 0 ? part : inElements(part);
      const tag = VERBATIM.exec(part);
      if (tag !== null) verbatim = Math.max(0, verbatim + (tag[1] === "/" ? -1 : 1));
      return part.replace(ADDRESS, '<a href="$1">$1</a>');
    })
    .join("");
}

function inElements(words: string): string {
  return words
    .replace(CODE_OR_LINK, (...found: string[]) => {
      const [, , code, mark, label = "", address = ""] = found;
      if (code !== undefined) return `<code>${code}</code>`;
      const target = quoted(address);
      return mark === "!"
        ? `<img src="${target}" alt="${quoted(label)}">`
        : `<a href="${target}">${inElements(label)}</a>`;
    })
    .replace(BOLD, "<strong>$1</strong>");
}

function quoted(words: string): string {
  return words.replace(/"/g, "&quot;");
}
