/**
 * One line as a site generator reads it. Sources: the manuals of MkDocs Material and PyMdown Extensions
 * (admonitions, content tabs, blocks), Docusaurus (admonitions, tabs), MyST (directives), Hugo
 * (shortcodes), Jekyll (tags), kramdown (attribute lists), Obsidian (callouts, links, comments), GitHub
 * (alerts), GitLab (includes) and DocFX (alerts, tabs, extensions).
 */

import { slug } from "github-slugger";
import { labelLine, remark } from "./site-remarks.ts";
import {
  isCode,
  isComment,
  isTab,
  languageOfTag,
  remarkOfTag,
  type SiteTag,
  type SiteTagPair,
  tabTitle,
  tagAlone,
  tagEnd,
  tagPair,
  withoutTags,
  wordsOfTag,
} from "./site-tags.ts";

export interface SiteLine {
  /** The line in plain Markdown; "" for a line that only a generator needs. */
  readonly text?: string;
  /** A line of its own in bold: what kind of remark follows. */
  readonly label?: string;
  /** A tab's name, which becomes a heading. */
  readonly tab?: string;
  /** What follows, indented, is the body of this line. */
  readonly opensBody?: true;
  /** What follows is code, or nobody's to see, until this. */
  readonly until?: { readonly kind: "code" | "comment"; readonly end: RegExp };
  /** The anchor of the heading before this line. */
  readonly anchor?: string;
  /** Lines of options may follow, such as `:class: warning`. */
  readonly hasOptions?: true;
}

const NOTHING: SiteLine = { text: "" };

/** The level of a heading that begins with "#", and stands in no code. */
export function headingLevel(line: string): number | undefined {
  return /^ {0,3}(#{1,6})\s/.exec(line)?.[1]?.length;
}

/** Reads a line outside code. */
export function plainLine(line: string): SiteLine {
  return (
    commentLine(line) ??
    moduleLine(line) ??
    mkdocsLine(line) ??
    docfxLine(line) ??
    directiveLine(line) ??
    quoteLine(line) ??
    tagLine(line) ??
    attributeLine(line) ?? { text: inlineText(line) }
  );
}

/** `%%` of Obsidian, `{/*` of MDX, `{{/*` of Hugo, and definitions that only hold a remark. */
function commentLine(line: string): SiteLine | undefined {
  if (/^\s*\[(?:\/\/|comment|_)\]:\s*(?:#|<>)\s*(?:\(.*\)|".*"|'.*')?\s*$/i.test(line)) {
    return NOTHING;
  }
  if (/^\s*%%(?:(?!%%).)*$/.test(line)) {
    return { text: "", until: { kind: "comment", end: /%%\s*$/ } };
  }
  const at = Math.max(line.lastIndexOf("{/*"), line.lastIndexOf("{{/*"));
  if (at === -1 || line.includes("*/}", at)) return undefined;
  const before = line.slice(0, line.startsWith("{{/*", at - 1) ? at - 1 : at);
  return { text: inlineText(before), until: { kind: "comment", end: /\*\/\}\}?/ } };
}

/** What MDX imports and exports. */
function moduleLine(line: string): SiteLine | undefined {
  const isModule =
    /^import\s+(?:[\w*{][^'"]*\s+from\s+)?['"][^'"]+['"];?\s*$/.test(line) ||
    /^export\s+(?:const|default|function|let|async)\b/.test(line);
  return isModule ? NOTHING : undefined;
}

function mkdocsLine(line: string): SiteLine | undefined {
  const admonition = /^\s*(?:!!!|\?\?\?\+?)\s+([\w-]+)[^"]*?(?:"(.*)")?\s*$/.exec(line);
  if (admonition !== null) {
    return { label: remark(admonition[1] ?? "", admonition[2]), opensBody: true };
  }
  const tab = /^\s*===[!+]?\s+"(.+)"\s*$/.exec(line);
  if (tab !== null) return { tab: tab[1] ?? "", opensBody: true };
  const included =
    /^\s*(?:--8<--|;--8<--)\s+"([^"]+)"/.exec(line) ?? /^\s*::include\{file=([^}]+)\}/.exec(line);
  if (included !== null) return { text: `Included file: ${included[1]}` };
  const block = /^\s*\/{3,}(?:\s+([\w-]+)\s*(?:\|\s*(.*?))?)?\s*$/.exec(line);
  if (block === null) return undefined;
  const [, kind, title = ""] = block;
  if (kind === undefined) return NOTHING;
  return kind === "tab"
    ? { tab: title, hasOptions: true }
    : { label: remark(kind, title), hasOptions: true };
}

/** `:::image … :::`, `[!INCLUDE [x](y)]`, `[!VIDEO …]`, and what only lays out. */
function docfxLine(line: string): SiteLine | undefined {
  const extension = /^\s*:::\s*([\w-]+)\s+(.+?):::\s*$/.exec(line);
  if (extension !== null) {
    const [, name = "", attributes = ""] = extension;
    const own = (key: string) => new RegExp(`${key}="([^"]*)"`).exec(attributes)?.[1] ?? "";
    return name === "code"
      ? { text: `Included file: ${own("source")}` }
      : { text: `![${own("alt-text")}](${own("source")})` };
  }
  if (/^\s*:::\s*(?:zone|moniker|row|column)(?:-end)?\b/.test(line)) return NOTHING;
  const included = /^\s*\[!(?:INCLUDE|code[\w-]*)\s*\[[^\]]*\]\s*\(([^)]+)\)\s*\]/i.exec(line);
  if (included !== null) return { text: `Included file: ${included[1]}` };
  const video = /^\s*\[!VIDEO\s+(\S+?)\]\s*$/i.exec(line)?.[1];
  return video === undefined ? undefined : { text: `<${video}>` };
}

/** `:::warning Title`, `:::note[Title]`, `:::{admonition} Title`, and the colons that close. */
function directiveLine(line: string): SiteLine | undefined {
  const match = /^\s*:{3,}\s*(?:\{?\.?([\w-]+)[^}\]]*?\}?)?\s*(?:\[(.*?)\])?\s*(.*?)\s*$/.exec(
    line,
  );
  if (match === null) return undefined;
  const [, kind, title, rest = ""] = match;
  if (kind === undefined) return NOTHING;
  const label = remark(kind, title ?? rest.replace(/^\{.*\}$/, ""));
  return { label, hasOptions: true };
}

/** `> [!CAUTION]` of GitHub, `> [!note]- Title` of Obsidian, `> [!div class="x"]` of DocFX. */
function quoteLine(line: string): SiteLine | undefined {
  const match = /^(\s*(?:>\s*)+)\[!([\w-]+)(\s[^\]]*)?\][+-]?\s*(.*?)\s*$/.exec(line);
  if (match === null) return undefined;
  const [, marks = "", kind = "", attributes, title] = match;
  if (attributes?.includes("=") === true) return { text: marks.trimEnd() };
  return { text: `${marks}${labelLine(remark(kind, title))}` };
}

function tagLine(line: string): SiteLine | undefined {
  const tag = tagAlone(line);
  if (tag !== undefined) return aloneLine(tag);
  const pair = tagPair(line);
  return pair === undefined ? undefined : { text: pairText(pair) };
}

function aloneLine(tag: SiteTag): SiteLine {
  if (tag.isClosing) return NOTHING;
  const isOpen = !tag.isSelfClosing;
  if (isComment(tag)) return { text: "", until: { kind: "comment", end: tagEnd(tag) } };
  if (isCode(tag) && isOpen) {
    const until = { kind: "code", end: tagEnd(tag) } as const;
    return { text: `\`\`\`${languageOfTag(tag)}`, until };
  }
  if (isTab(tag) && isOpen) return { tab: tabTitle(tag) };
  const label = remarkOfTag(tag);
  if (label !== undefined) return { label };
  const words = wordsOfTag(tag);
  // A component that holds something names it by its title.
  return tag.syntax === "jsx" && isOpen && words !== "" ? { label: words } : { text: words };
}

function pairText({ tag, body }: SiteTagPair): string {
  if (isComment(tag)) return "";
  if (isCode(tag)) return `\`${body}\``;
  const title = isTab(tag) ? tabTitle(tag) : remarkOfTag(tag);
  const text = inlineText(body);
  return title === undefined ? text : `**${title}:** ${text}`;
}

const ATTRIBUTE = `(?:[#.][\\w:-]+|[\\w-]+=(?:"[^"]*"|'[^']*'|[^\\s"'{}]+))`;
const ATTRIBUTES = new RegExp(
  `^\\s*\\{(?::[^{}]*|\\s*${ATTRIBUTE}(?:\\s+${ATTRIBUTE})*\\s*)\\}\\s*$`,
);

/** Kramdown's `{: #id .class }` on a line of its own, and tables of contents. */
function attributeLine(line: string): SiteLine | undefined {
  if (ATTRIBUTES.test(line)) {
    const anchor = /#([\w:.-]+)/.exec(line)?.[1];
    return anchor === undefined ? NOTHING : { text: "", anchor };
  }
  return /^\s*(?:\[\[?_?TOC_?\]\]?|\$\{toc\}|\{\{?\s*toc\s*\}?\})\s*$/i.test(line)
    ? NOTHING
    : undefined;
}

const INLINE = /\{\{[<%]|\[\[|\{:|\{\{?\/\*|\{%|<\/?[A-Z]|%%|==\S|\s\^[A-Za-z]|\]\(#tab\//;

/** What stands within a line; code in backticks stays as it is. */
function inlineText(line: string): string {
  if (!INLINE.test(line)) return line;
  return line
    .split(/(`+[^`]*`+)/)
    .map((part) => (part.startsWith("`") ? part : inlinePart(part)))
    .join("");
}

function inlinePart(text: string): string {
  const plain = text
    .replace(/\{\{?\/\*[\s\S]*?\*\/\}\}?/g, "")
    .replace(/%%(?:(?!%%).)+%%/g, "")
    .replace(WIKI_LINK, wikiLink)
    .replace(/\[([^\]]+)\]\(#tab\/[^)]*\)/g, "$1")
    .replace(/(?<![=\w])==(?=\S)([^=\n]+?)(?<=\S)==(?!=)/g, "**$1**")
    .replace(/\s\^[A-Za-z][\w-]*\s*$/, "")
    .replace(/^(#{1,6}\s.*?)\s*\{:\s*([^}]*)\}\s*$/, headingAnchor)
    .replace(/\{:[^}]*\}/g, "");
  return withoutTags(plain);
}

/** `[[Page#Heading|label]]` and `![[image.png]]`; `[[1]](address)`, `[[ -f x ]]` are none. */
const WIKI_LINK = /(!?)\[\[(?!\s|\d+\]\])([^\][|#\\]*)(#[^\]|\\]+)?(?:\\?\|([^\]]+))?\]\](?![([])/g;

const IMAGE = /\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$/i;

/** The same as Markdown's link, so that it shows where it leads. */
function wikiLink(
  ...[, mark, page, headings = "", label]: [string, string, string, string?, string?]
): string {
  const name = page.trim();
  const size = label !== undefined && /^\d+(?:x\d+)?$/.test(label);
  if (mark === "!" && IMAGE.test(name)) {
    return `![${size ? name : (label ?? name)}](${destination(name)})`;
  }
  const path = headings.split("#").filter((heading) => heading !== "");
  const words = label?.trim() ?? [name, ...path].filter((part) => part !== "").join(" > ");
  const last = path.at(-1) ?? "";
  const anchor = last === "" || last.startsWith("^") ? "" : `#${slug(last)}`;
  if (name === "") return anchor === "" ? words : `[${words}](${anchor})`;
  const file = /\.\w{1,8}$/.test(name) ? name : `${name}.md`;
  return `[${words}](${destination(file + anchor)})`;
}

function destination(path: string): string {
  return /[\s()<>]/.test(path) ? `<${path.replace(/[<>]/g, "")}>` : path;
}

function headingAnchor(_: string, heading: string, attributes: string): string {
  const anchor = /#([\w:.-]+)/.exec(attributes)?.[1];
  return anchor === undefined ? heading : `${heading} {#${anchor}}`;
}
