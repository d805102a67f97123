/** Whether a page has anything in it that a site generator adds: most have nothing, and need no second look. */

import { SMALL_NAMES } from "./ended-tags.ts";

/** What a line begins with. */
const BEGINNINGS: readonly RegExp[] = [
  // Admonitions, tabs, directives, snippets and quotes: MkDocs, Docusaurus, PyMdown, GitLab.
  /(?:(?:[-*+]|\d+[.)])[ \t]+)?(?:!!!|\?\?\?)|===? |(?:>[ \t]*|[-*+][ \t]+)*:::|\/\/\/|>>>|--8<--|::(?:include|[a-z]+\s)/,
  // Jekyll, MDX, MyST.
  /\{%|import |export |<\/?[A-Z]|[`~]{3,}\{|\+{3}(?: \{|[ \t]*$)/,
  // Tables of contents, remarks written as definitions, includes.
  /\[\[?_?TOC|\[\/\/\]|\[comment\]|\[_\]|(?:>[ \t]*|[-*+][ \t]+)*<include[\s>]/,
  // A heading without its space.
  /#{2,6}(?:\w|[^ -~\s]|\*\*)/,
  // Attributes of what stands above.
  /\{[#.]|\{\s*[\w-]+=\S/,
];

/** What stands anywhere in a line. */
const SIGNS: readonly RegExp[] = [
  // Shortcodes, values and attributes: Hugo, Vue, Jekyll, Pandoc, kramdown.
  /\{\{|\{%|\{ ?[#.][\w-]|\{(?:width|height)=|\)\{|\]\{|\{:/,
  // Remarks of MDX and Obsidian; callouts, wiki links and marked words.
  /\{\/\*|%%|\[!\w+|\[\[|==\S/,
  // Components, and tags that only components have.
  /<[A-Z]\w*[\s/>]|<\/[A-Z]|<[a-z][^<>\n]*=\{|<xref\s/,
  /<[a-z]+-[a-z][^<>\n]*=(?:"[^"<>\n]*|'[^'<>\n]*)$/,
  /<[a-z][^<>\n]*\s@[a-z][\w:.-]*=/,
  /<[a-z][^<>\n]*\s(?:href|src)=[^\s"'{<>]/,
  // Notes as tags, directives on one line, tabs of DocFX and Docsify.
  new RegExp(`</(?:${SMALL_NAMES})\\s*>|<(?:${SMALL_NAMES})\\s[^<>\\n]*/>`),
  /:::[a-z]|\]\(#tab\/|<!--\s*tabs:start/,
  // Addresses with blanks or escapes in them.
  /\]\([^()\s]+ [^()\n]*\.\w|https?:\/\/[^\s<>]*&(?:amp|lt|#\d{2,5});/,
  // Names of paragraphs in Obsidian; roles and targets of MyST; keys of PyMdown.
  /\s\^[A-Za-z][\w-]*[ \t]*$|\{[a-zA-Z][\w:.+-]*\}`|:[a-z]+:`|^\([^()\n]+\)=|\+\+["a-z\d]/,
];

/** One search finds whichever stands first. */
const HABITS = new RegExp(`^[ \\t]*(?:${anyOf(BEGINNINGS)})|${anyOf(SIGNS)}`, "m");

/** Whether there is anything that plain Markdown lacks. */
export function hasHabits(text: string): boolean {
  return HABITS.test(text);
}

function anyOf(patterns: readonly RegExp[]): string {
  return patterns.map(({ source }) => source).join("|");
}
