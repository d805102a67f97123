/**
 * What MyST adds within a line and between paragraphs: roles, words with attributes, names of places, remarks
 * and breaks between cells. Source: MyST's specification of its syntax.
 */

/** Their content is words; of any other role it is code. */
const WORDS =
  /^(?:ref|numref|doc|term|abbr|abbreviation|acronym|sub|sup|subscript|superscript|guilabel|menuselection|emphasis|strong|title-reference|download|eq|cite(?::\w+)?|any|index|fa[bsr]?|octicon|bdg[\w-]*|rfc|pep|u|del|small|smallcaps|youtube|attribution)$/;
/** As reStructuredText writes them; `:smile:` is none. */
const COLON_ROLE =
  /^(?:ref|numref|doc|term|abbr|download|any|file|command|option|envvar|code|math|kbd|guilabel|menuselection|program|samp|(?:py|c|cpp|js|rst):\w+|class|func|meth|mod|attr|exc|data|obj|const|issue|pr)$/;
/** A role in front of code, as the text of a pattern. */
export const ROLE_SIGN = String.raw`(?<![$\\{/.=-])\{[a-zA-Z][\w:.+-]*\}|(?<![\w\\:]):[a-z]+(?::[a-z]+)?:`;

/** What is shown of a role and its code; undefined for what is no role. */
export function roleWords(sign: string, code: string): string | undefined {
  const name = sign.slice(1, -1);
  if (sign.startsWith(":") && !COLON_ROLE.test(name)) return undefined;
  const content = code.replace(/^`+ ?| ?`+$/g, "").replace(/\s+/g, " ");
  const [, label = "", target = ""] = /^(.*?\S)\s*<([^<>]*)>$/.exec(content) ?? [];
  if (/^sub|^sup/.test(name)) {
    const tag = name.slice(0, 3);
    return `<${tag}>${content}</${tag}>`;
  }
  const isLink = label !== "" && (WORDS.test(name) || name.includes(":") || sign.startsWith(":"));
  if (name === "doc")
    return documentLink(label === "" ? content : label, label === "" ? content : target);
  if (isLink && /^(?:ref|numref)$/.test(name)) return `[${label}](#${slugOf(target)})`;
  if (isLink && name === "download") return `[${label}](<${target}>)`;
  if (WORDS.test(name)) return label === "" ? plainWords(content) : plainWords(label);
  return isLink ? `\`${label}\`` : code;
}

function plainWords(words: string): string {
  return words.replace(/[*_<]/g, "\\$&");
}

function documentLink(words: string, path: string): string {
  const file = /\.\w{1,5}$/.test(path) ? path : `${path}.md`;
  return `[${words}](<${file}>)`;
}

function slugOf(target: string): string {
  return target.trim().replace(/[\s()<>]/g, "-");
}

/** What a span is given in its braces: with other names, `[5m]{job="a"}` may be a query. */
export const SPAN_ATTRIBUTES = String.raw`\s*(?:[.#][\w:-]|(?:class|custom-style|dir|id|lang|style|title|unknown-type|data-[\w-]{1,40})=)(?:"[^"\n]*"|[^{}"\n])*`;

/** `[words]{.class}`, also of Pandoc; the words may hold a link. */
const SPAN = new RegExp(String.raw`\[((?:[^[\]\n]|\[[^[\]\n]*\])*)\]\{${SPAN_ATTRIBUTES}\}`, "g");

/** A span that stands beside the text, right behind a word: `so[but not there]{.aside}`. */
const ASIDE =
  /(?<=[\p{L}\p{N}*_)])(?=\[(?:[^[\]\n]|\[[^[\]\n]*\])*\]\{\s*\.(?:aside|column-margin)\b)/gu;

/** The text without MyST's attributes of words, links and addresses; the words stay. */
export function withoutSpans(text: string): string {
  if (!/[\]\0>]\{/.test(text)) return text;
  return text
    .replace(ASIDE, " ")
    .replace(SPAN, "$1")
    .replace(/(?<=\0|<https?:[^<>\s]{1,200}>)\{\s*[.#][a-z][^{}\n]*\}/gi, "");
}

const SIGNS =
  /^\s*(?:`{3,}|~{3,}|:{3,})\s*\{[a-z][\w:-]+\}|(?<![\w$\\])\{[a-z][\w:-]+\}`|^\([\w:./ -]+\)=\s*$|^\+\+\+ \{/;

const BREAK = /^\+{3}[ \t]*$/;

/** Between two cells of a notebook, or above front matter that nothing ends. */
function isLoneBreak(line: string, above = "", below = ""): boolean {
  return BREAK.test(line) && above.trim() === "" && /^\s*$|^\w+ = /.test(below);
}

/** A reader of lines outside code: what is shown of those that are MyST's own. */
export function followMyst(lines: readonly string[]): (line: string) => string | undefined {
  if (!lines.some((line) => SIGNS.test(line))) {
    const hasBreaks = lines.some((line, at) => isLoneBreak(line, lines[at - 1], lines[at + 1]));
    return (line) => (hasBreaks && BREAK.test(line) ? "" : undefined);
  }
  return (line) => {
    if (/^%(?!%)/.test(line) || /^\+\+\+(?:\s.*)?$/.test(line)) return "";
    const place = /^\s*\(([\w:./ -]+)\)=\s*$/.exec(line)?.[1];
    return place === undefined ? undefined : `<!----><a id="${slugOf(place)}"></a>`;
  };
}
