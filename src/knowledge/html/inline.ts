/**
 * Links, images, code and bold words of Markdown within the words of a block of HTML. CommonMark leaves
 * them as they stand there; sites that read MDX, and authors, do not.
 */

/** A tag, a remark or an address in angle brackets; what is between two of them are words. */
const MARKUP = /(<!--[\s\S]*?-->|<\/?[a-zA-Z][^<>]*>)/;
/** Their words are nobody's Markdown. */
const VERBATIM = /^<(\/?)(?:pre|code|script|style|textarea|kbd|samp)\b/i;

const ADDRESS = /^<(https?:\/\/[^\s<>]+)>$/;
/**
 * Code, which may show how a link is written, or a link, whose label may be code. Each part has an end, since a
 * hostile page begins it a hundred thousand times.
 */
const CODE_OR_LINK =
  /(?<!`)(`+)(?!`)([^`]+)\1(?!`)|(!?)\[((?:[^[\]`]|`[^`]{0,200}`){1,500})\]\(\s{0,99}([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)(?:\s{1,99}"[^"]*")?\s{0,99}\)/g;
const BOLD = /\*\*(?=\S)([^*]+?)(?<=\S)\*\*/g;

/** Two spaces end a line, where words go on in the next. */
const LINE_END = /(?<=\S) {2,9}\n(?=\S)/g;

/** The same HTML, in which they are elements. */
export function withInlineMarkdown(html: string): string {
  if (!/`|\]\(|\*\*|<https?:/.test(html)) return html;
  let verbatim = 0;
  return withTagsInCode(html)
    .split(MARKUP)
    .map((part, index) => {
      if (index % 2 === 0) return verbatim > 0 ? part : inElements(part);
      const tag = VERBATIM.exec(part);
      if (tag !== null) verbatim = Math.max(0, verbatim + (tag[1] === "/" ? -1 : 1));
      return part.replace(ADDRESS, '<a href="$1">$1</a>');
    })
    .join("");
}

const CODE = /(?<!`)`(?!`)([^`\n]*)`(?!`)/g;

/** What a tag is in code: signs of it. */
function withTagsInCode(html: string): string {
  if (!/`[^`\n]*<[^`\n]*`/.test(html)) return html;
  let verbatim = 0;
  return html
    .split(TAG_OF_CODE)
    .map((part, index) => {
      if (index % 2 === 0) return verbatim > 0 ? part : partWithTagsInCode(part);
      verbatim = Math.max(0, verbatim + (part.startsWith("</") ? -1 : 1));
      return part;
    })
    .join("");
}

/** Outside backticks, in which such a tag is code itself. */
const TAG_OF_CODE = /(?<!`)(<\/?(?:pre|code|script|style|textarea)\b[^<>]*>)(?!`)/i;

function partWithTagsInCode(html: string): string {
  return html.replace(CODE, (all, code: string) =>
    code.includes("<") && hasItsBeginnings(code)
      ? `<code>${code.replace(/&(?!#?\w+;)/g, "&amp;").replace(/</g, "&lt;")}</code>`
      : all,
  );
}

/** The end of what began before it shows that a backtick is no beginning of code. */
function hasItsBeginnings(code: string): boolean {
  return Array.from(code.matchAll(/<\/([a-zA-Z][\w.-]*)/g)).every(({ 1: name, index }) =>
    code.slice(0, index).includes(`<${name}`),
  );
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
    .replace(BOLD, "<strong>$1</strong>")
    .replace(LINE_END, "<br>\n");
}

function quoted(words: string): string {
  return words.replace(/"/g, "&quot;");
}
