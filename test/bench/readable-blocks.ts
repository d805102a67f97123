/** Blocks, told from the source alone: those of ReadMe.com are objects of JSON and HTML as a text. */

const BLOCK =
  /^([ \t>]*(?:`{3,}|~{3,}))[\s\S]*?^\1|\[block:([\w-]+)\]\s*(\{[\s\S]*?\})\s*\[\/block\]|<HTMLBlock[^<>]*>\s*\{`([\s\S]*?)`\}\s*<\/HTMLBlock>/gm;

/** What a site shows of them; the rest of an object says how. */
const SHOWN = /^(?:title|name|body|caption|html|(?:h|\d+)-\d+)$/;

/** The text with what its blocks show in their places; a block that is no JSON stays. */
export function withReadmeBlocks(text: string): string {
  return text.replace(BLOCK, (all, fence?: string, kind?: string, json = "", html?: string) => {
    if (fence !== undefined) return all;
    if (kind === undefined) return (html ?? "").replace(/\\`/g, "&#96;");
    try {
      const value: unknown = JSON.parse(json);
      return shownOf(value).join("\n\n");
    } catch {
      return all;
    }
  });
}

function shownOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    if (typeof part !== "string") return shownOf(part);
    if (key === "code") return [`\n\`\`\`\n${part}\n\`\`\`\n`];
    return SHOWN.test(key) ? [part] : [];
  });
}

/** `<p align="center"` without an end, before the next line's tag, was meant to have one. */
export function withEndedTags(prose: string): string {
  return prose.replace(
    /(<[a-z][\w-]*(?:[ \t]+[\w-]+="[^"<>\n]*")+)[ \t]*\n(?=[ \t]*<[a-z])/gi,
    "$1>\n",
  );
}

/** DocFX shows a picture's text and a name, and neither which readers a part is for nor where code lies. */
export function withoutExtensions(text: string): string {
  if (!text.includes(":::")) return text;
  return text
    .replace(/^[ \t>]*:::[ \t]*(?:zone|moniker|row|column)(?:-end)?\b.*$/gm, " ")
    .replace(
      /:::[ \t]*(?:image|no-loc|code|video)\s(?:"[^"\n]*"|[^":\n]|:(?!::))*:::/g,
      (written) =>
        [...written.matchAll(/\s(?:alt-text|text)="([^"]*)"/g)].map(([, words]) => words).join(" "),
    );
}

/** Logseq's signs of blocks, and the properties that it never shows. */
export function withoutOutline(text: string): string {
  if (!/^[ \t]*(?:- )?(?:#\+BEGIN_\w|[\w.-]+:: )|^[ \t]*- .*\(\([\da-f]{8}-/im.test(text))
    return text;
  return text
    .replace(/#\+BEGIN_QUERY[\s\S]*?#\+END_QUERY/gi, " ")
    .replace(
      /(?<!`)#\+BEGIN_(?:SRC|EXAMPLE|EXPORT)[^\n]*(\n[\s\S]*?\n)[ \t]*#\+END_\w+/gi,
      "\n```$1```\n",
    )
    .replace(/(?<!`)#\+(?:BEGIN|END)_\w+/gi, " ")
    .replace(
      /^([ \t]*(?:- )?)(?:id|collapsed|heading|created-at|updated-at|background-\w+|query-[\w-]+|logseq\.[\w.-]+|hl-[\w-]+|ls-type|card-[\w-]+|exclude-from-[\w-]+|public)::.*$/gm,
      "$1",
    )
    .replace(/\(\([\da-f]{8}-[\da-f-]{27}\)\)/g, " ");
}

/** Of what a division is given, its title is shown. */
export function withTitle(_: string, before: string, given: string): string {
  return `${before} ${/(?<![\w-])title="([^"]*)"/.exec(given)?.[1] ?? ""}`;
}

/** Wikis of GitHub and Dendron have the words of a link first, and its page behind them. */
export function isWordsFirst(text: string): boolean {
  const links = [...text.matchAll(/\[\[([^\][|\n]+)\|([^\][|\n]+)\]\]/g)];
  const count = (isPage: (words: string, page: string) => boolean) =>
    links.filter(([, words = "", page = ""]) => isPage(words.trim(), page.trim())).length;
  const isPage = (words: string, page: string): boolean =>
    (words.includes(" ") &&
      page.replace(/#.*/, "").toLowerCase() === words.toLowerCase().replace(/\s+/g, "-")) ||
    /^\.{0,2}\/\S+$|^[a-z][\w-]*(?:\.[a-z][\w-]*){2,}$/.test(page.replace(/#.*/, ""));
  return count(isPage) > count((words, page) => isPage(page, words));
}

/** `[[page#heading|label]]` is shown as its label or its names, an image as its name at most. */
export function wikiWords(link: string, page: string, label?: string): string {
  // An address stands last.
  if (/^[a-z]+:\/\/\S+$/.test(label ?? "")) return page;
  if (label !== undefined) return link.startsWith("!") ? " " : label;
  return link.startsWith("!") ? " " : page.replace(/#\^[\w-]+$/, "").replace(/^#/, "");
}

/** In what is preformatted, words in brackets are no link. */
export const PREFORMATTED = /^ {0,3}<pre\b[\s\S]*?<\/pre>/gm;

/** Code, in which nothing is taken away; a remark of Obsidian around code, and what an element of a site's own is given in several lines. */
const DATA =
  /^([ \t>]*(?:`{3,}|~{3,}))[^`\n]*\n[\s\S]*?^\1|^%%[\s\S]*?%%|(?<=^[ \t]*<[a-z]+-[a-z\d-]+\s(?:[^<>"']|"[^"\n]*"|'[^'\n]*')*=)(?:"[^"\n]*\n[^"]*"|'[^'\n]*\n[^']*')/gm;

/** The text without what is no words of it and looks like code. */
export function withoutData(text: string): string {
  return text.replace(DATA, (all, fence?: string) => {
    // No remark ends within code that begins in it.
    const marks = all.match(/^[ \t>]*(?:`{3}|~{3})/gm) ?? [];
    return fence === undefined && marks.length % 2 === 0 ? '""' : all;
  });
}

/** The text below what its site is told of it. */
export function withoutFrontMatter(text: string): string {
  // MarkBind's stands between tags, anywhere.
  return text
    .replace(
      /^[ \t]*<frontmatter>\n[\s\S]*?<\/frontmatter>|<variable name="highlightStyle">\w*<\/variable>/gm,
      " ",
    )
    .replace(
      // Bartholomew's is TOML from the first line on, up to three dashes.
      /^(?:(?:(?:[a-z]\w*[ \t]*=[ \t]*\S.*|\[[\w.-]+\][ \t]*|[ \t]*|#.*)\n)+---|(?:title|date|layout|tags|categories|permalink|author):.*\n(?:(?:[a-z][\w-]*:|[ \t]+\S|- ).*\n)*---|---(?:[ \t]*|js|javascript|json|ya?ml)\n(?:[\s\S]*?\n)?-{3,}|(?:[ \t]*\n)*\+\+\+[ \t]*\n(?:[\s\S]*?\n)?\+\+\+)[ \t]*(?:\n|$)/,
      "",
    );
}
