/**
 * Tags of site generators: shortcodes of Hugo, tags of Liquid, components of MDX. What they hold is
 * text of the page; their own words are shown where they are a title, an alternative text or a link.
 */

import { keysInWords } from "./quarto.ts";
import { isRemark, remark } from "./remarks.ts";
import { isCodeName, isShown, readsAsWords } from "./shown-names.ts";
import { type Attribute, attribute, attributesIn } from "./tag-attributes.ts";

export interface SiteTag {
  readonly name: string;
  /** Its arguments or attributes, as written. */
  readonly words: string;
  readonly isClosing: boolean;
  readonly isSelfClosing: boolean;
  /** It may have a body that another tag ends. */
  readonly syntax: "shortcode" | "liquid" | "jsx";
}

/** Some end one twice: `{{< tab >}} >}}`, `{% endtab %}%}`. */
const SHORTCODE =
  /\{\{[<%]\s*(\/?)\s*([\w./-]+)\s*((?:(?![%>]\}\}|\{\{[<%]).)*?)\s*(\/?)\s*[%>]\}\}(?: ?[%>]\}\})?/;
const LIQUID = /\{%-?\s*(end)?(@?[\w/-]+)\s*((?:(?!%\}|\{%).)*?)\s*()-?%\}(?:%\})?/;
const ATTRIBUTES = `(?:\\s+[\\w:-]+(?:=(?:"[^"]*"|'[^']*'|\\{[^}]*\\}))?)*`;
const JSX = new RegExp(`<(\\/?)([A-Z][\\w.]*)(${ATTRIBUTES})\\s*(\\/?)>`);

export const SITE_SYNTAXES = [
  ["shortcode", SHORTCODE],
  ["liquid", LIQUID],
  ["jsx", JSX],
] as const;

/** The tag that a pattern of a syntax has found; undefined for a placeholder. */
export function siteTagOf(match: RegExpExecArray, syntax: SiteTag["syntax"]): SiteTag | undefined {
  const [, closing = "", name = "", words = "", selfClosing = ""] = match;
  const tag: SiteTag = {
    name: name.split(/[./]/).at(-1) ?? name,
    words: words.trim(),
    isClosing: closing !== "",
    isSelfClosing: selfClosing !== "",
    syntax,
  };
  return syntax === "jsx" && !isComponent(tag) ? undefined : tag;
}

/** What ends the body of a tag. */
export function tagEnd({ name, syntax }: SiteTag): RegExp {
  const own = name.replace(/[^\w-]/g, ".");
  switch (syntax) {
    case "shortcode":
      return new RegExp(`\\{\\{[<%]\\s*/\\s*(?:[\\w./-]*[./])?${own}\\s*[%>]\\}\\}`);
    case "liquid":
      return new RegExp(`\\{%-?\\s*end${own}\\s*-?%\\}`);
    case "jsx":
      return new RegExp(`</(?:[\\w]+\\.)*${own}\\s*>`);
  }
}

/** Components whose tags are junk and whose bodies are text. */
const COMPONENTS =
  /^(?:Tabs|Tab|TabItem|Admonition|Callout|Note|Info|Tip|Warning|Danger|Caution|Steps?|Cards?|CardGroup|Accordion|AccordionGroup|CodeGroup|CodeBlock|Frame|Details|Image|Icon|Badge|Columns?|Grid|Layout|Outlet|Highlight|CardGrid|LinkCard|LinkButton|FileTree|Aside|ClientOnly)$/;

/**
 * A capital alone is a placeholder, such as `<Topic>`; a component is known, has attributes, or ends:
 * no placeholder does.
 */
function isComponent({ name, words, isClosing, isSelfClosing }: SiteTag): boolean {
  return COMPONENTS.test(name) || words.includes("=") || isClosing || isSelfClosing;
}

export function isTab({ name }: SiteTag): boolean {
  return /^(?:tab|tabitem|tab-item|content-tab)$/i.test(name);
}

export function isCode({ name }: SiteTag): boolean {
  return /^(?:highlight|code|code-?block|code-?toggle|prism|clients-example)$/i.test(name);
}

/** What readers never see. */
export function isComment({ name }: SiteTag): boolean {
  return /^comment$/i.test(name);
}

/** The name of a tab. */
export function tabTitle({ words, syntax }: SiteTag): string {
  const label = attribute(words, "label") ?? titleIn(words);
  const bare = /^["']([^"']+)["']$/.exec(words)?.[1];
  return label ?? bare ?? (syntax === "jsx" ? attribute(words, "value") : undefined) ?? "Tab";
}

/** The language of code. */
export function languageOfTag({ words }: SiteTag): string {
  const named = attribute(words, "language") ?? attribute(words, "lang");
  const first = /^["']?([\w+-]+)["']?(?=\s|$)/.exec(words)?.[1];
  return (named ?? first ?? "").replace(/[^\w+-]/g, "");
}

/** The title of code, as sites write it behind the language. */
export function codeTitleOfTag({ words }: SiteTag): string {
  const title = attribute(words, "title") ?? attribute(words, "description") ?? "";
  return title === "" ? "" : ` title="${title.replace(/["`]/g, "'")}"`;
}

/** "Warning: Watch out" of a tag that makes a remark; undefined for another. */
export function remarkOfTag(tag: SiteTag): string | undefined {
  if (!isRemark(tag.name)) return undefined;
  const { words } = tag;
  const bare = /^["']([^"']+)["']$/.exec(words)?.[1];
  const title = titleIn(words) ?? (bare === undefined || isRemark(bare) ? undefined : bare);
  return remark(kindIn(words) ?? tag.name, title);
}

/** What is shown for a file that a page takes words from. */
export function includedFile(file: string): string {
  return `Included file: ${file}`;
}

/** The words of a tag that has no body: an image, a link, a title, what is included. */
export function wordsOfTag({ name, words, syntax }: SiteTag): string {
  if (/^(?:include|include_relative|readfile|embed|import)$/.test(name)) {
    const url = attribute(words, "url");
    if (url !== undefined) return `<${url}>`;
    const [file = "", ...given] = words.replace(/\{\{[^{}]*\}\}\/?/g, "").split(/\s+/);
    const said = shownWords(attributesIn(given.join(" ")));
    return said.length > 0 ? said.join(" ") : includedFile(file.replace(/^["']|["']$/g, ""));
  }
  if (name === "kbd") return keysInWords(words);
  // A value of the site's, by its name: `{{< nic-version >}}`, `{{< skew currentVersion >}}`.
  if (syntax === "shortcode" && words === "" && VERSION.test(name)) return `\`${name}\``;
  if (syntax === "shortcode" && name === "skew") return `\`${words.replace(/["']/g, "")}\``;
  if (name === "param") return words === "" ? "" : `\`${words.replace(/^["']|["']$/g, "")}\``;
  if (/^(?:ref|relref|link|post_url|page)$/.test(name)) {
    return /^["']?([^\s"']+)/.exec(words)?.[1] ?? "";
  }
  const names = /^(?:figure|img|image)$/i.test(name) ? ["alt", ...HEADLINES] : HEADLINES;
  const title = names.map((each) => attribute(words, each)).find((each) => each !== undefined);
  if (/^(?:figure|img|image)$/i.test(name)) {
    const source = attribute(words, "src") ?? /^["']?([^\s"'=]+)["']?/.exec(words)?.[1] ?? "";
    const captions = ["title", "caption", "words"].map((each) => attribute(words, each));
    const more = captions.filter((each) => each !== undefined && each !== title);
    return [`![${title ?? ""}](${source})`, ...new Set(more)].join(" ");
  }
  const value = attribute(words, "value") ?? "";
  const said =
    title ??
    wordsIn(words, "text") ??
    wordsIn(words, "content") ??
    (readsAsWords(value) ? value : "");
  const linked = linkOfTag({ name, words }, said);
  return [linked, ...moreWordsOfTag({ words })].filter((part) => part !== "").join(": ");
}

const VERSION = /(?:^|[-_])version(?:$|[-_])|Version$/;

/** `text=true` is a switch. */
function wordsIn(words: string, name: string): string | undefined {
  const value = attribute(words, name);
  return value === undefined || /^(?:true|false)$/.test(value) ? undefined : value;
}

/** What a tag is called by, the first that it has. */
const HEADLINES = ["title", "header", "summary", "alt", "label", "caption"];
const NAMED = new RegExp(`^(?:${HEADLINES.join("|")}|text|content)$`);

/** What a component says besides its title. */
export function moreWordsOfTag({ words }: Pick<SiteTag, "words">): string[] {
  const given = attributesIn(words);
  const title = given.find(([name]) => NAMED.test(name))?.[0];
  return shownWords(given.filter(([name]) => name !== title));
}

function shownWords(given: readonly Attribute[]): string[] {
  return given
    .filter(([name, value]) => isShown(name, value))
    .map(([name, value]) => (isCodeName(name) ? `\`${value}\`` : value));
}

/** The name of a parameter and what it takes: `<ParamField path="id" type="string" required>`. */
export function fieldOfTag({ name, words, syntax }: SiteTag): string | undefined {
  if (syntax !== "jsx" || !name.endsWith("Field")) return undefined;
  const own = ["name", "path", "query", "body", "header"]
    .map((each) => attribute(words, each))
    .find((each) => each !== undefined && each !== "");
  if (own === undefined) {
    // Options of a command line are written as a type without a name.
    const type = attribute(words, "type") ?? "";
    return type === "" ? undefined : `\`${type}\``;
  }
  const standard = attribute(words, "default") ?? "";
  const facts = [
    attribute(words, "type") ?? "",
    /(?:^|\s)required(?=\s|=|$)/.test(words) ? "required" : "",
    standard === "" ? "" : `default ${standard}`,
  ].filter((fact) => fact !== "");
  return `\`${own}\`${facts.length === 0 ? "" : ` (${facts.join(", ")})`}`;
}

/** What a card or a file is called, as a link where it leads somewhere. */
function linkOfTag({ name, words }: Pick<SiteTag, "name" | "words">, said: string): string {
  const target = ["href", "to", "link", ...(name === "file" ? ["src"] : [])]
    .map((each) => attribute(words, each))
    .find((each) => each !== undefined);
  if (target !== undefined && name === "file") return `[${said === "" ? target : said}](${target})`;
  const address = attribute(words, "url");
  if (said === "" && address !== undefined && /^https?:/.test(address)) return `<${address}>`;
  return target === undefined || said === "" ? said : `[${said}](${target})`;
}

/** Tags within a line: their words stay, and the body of each. */
export function withoutTags(text: string): string {
  return SITE_SYNTAXES.reduce((rest, [syntax, pattern]) => {
    /** What open components say besides what they hold, such as the words of a tooltip. */
    const open: string[] = [];
    const isEndedIn = endsIn(rest);
    const plain = rest.replace(new RegExp(pattern, "g"), (...found) => {
      const match = found.slice(0, 5) as unknown as RegExpExecArray;
      const tag = siteTagOf(match, syntax);
      if (tag === undefined) return match[0] ?? "";
      const isEnded = syntax === "shortcode" && isEndedIn(tag);
      const isAlone = syntax === "jsx" || isEnded ? tag.isSelfClosing : !tag.isClosing;
      if (isBranch(tag)) return " ";
      if (isAlone) return syntax === "jsx" ? apart(wordsOfTag(tag), found) : wordsOfTag(tag);
      if (isEnded && isNote(tag)) return tag.isClosing ? "" : `**${remarkOfTag(tag) ?? ""}:** `;
      if (tag.isClosing) return inBrackets(open.pop());
      // Around words, a label of one word names what they belong to.
      const words = isEnded ? tag.words.replace(/\blabel="[^"\s]*"/, "") : tag.words;
      open.push(wordsOfTag({ ...tag, words }));
      return "";
    });
    return plain + open.map(inBrackets).join("");
  }, text);
}

/** Whether words of its body may stand beside it; `{{< check >}}` is a picture there. */
export function isNote({ name }: SiteTag): boolean {
  return /^(?:note|tip|hint|info|important|warning|caution|danger|alert|call-?out)$/i.test(name);
}

/** Whether a text ends a tag: it is searched once for each name. */
function endsIn(text: string): (tag: SiteTag) => boolean {
  const known = new Map<string, boolean>();
  return (tag) => {
    const isEnded = known.get(tag.name) ?? tagEnd(tag).test(text);
    known.set(tag.name, isEnded);
    return isEnded;
  };
}

/** A picture or an icon says its words apart from those beside it. */
function apart(words: string, [all = "", , , , , at, text = ""]: readonly string[]): string {
  const from = Number(at);
  if (words === "") return "";
  const before = /[\p{L}\d>]$/u.test(text.slice(0, from).slice(-2)) ? " " : "";
  return `${before}${words}${/^[\p{L}\d<]/u.test(text.slice(from + all.length)) ? " " : ""}`;
}

/** Liquid shows one of several texts; all of them are written behind each other. */
function isBranch({ name, syntax }: SiteTag): boolean {
  return syntax === "liquid" && /^(?:else|elsif|elseif|when)$/.test(name);
}

function inBrackets(words = ""): string {
  return words === "" ? "" : ` (${words})`;
}

function kindIn(words: string): string | undefined {
  const kind = attribute(words, "type") ?? attribute(words, "color") ?? attribute(words, "context");
  if (kind !== undefined) return kind;
  const look = ["style", "class"].map((name) => attribute(words, name) ?? "").find(isRemark);
  if (look !== undefined) return look;
  const first = /^["']?([\w-]+)["']?(?:\s|$)/.exec(words)?.[1];
  return first !== undefined && isRemark(first) ? first : undefined;
}

function titleIn(words: string): string | undefined {
  for (const name of ["title", "name", "header", "summary"]) {
    const named = attribute(words, name);
    if (named !== undefined) return named;
  }
  const quoted = /(?:^|\s)"([^"]+)"/.exec(words)?.[1];
  return quoted !== undefined && !isRemark(quoted) ? quoted : undefined;
}
