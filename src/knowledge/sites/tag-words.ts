/** What a tag of a site generator says by itself: a picture, a link, a title, what it includes. */

import { includedFile } from "./included-file.ts";
import { keysInWords } from "./quarto.ts";
import { fileGiven, wordsOfShortcode } from "./shortcode-words.ts";
import { isCodeName, isShown, readsAsWords } from "./shown-names.ts";
import type { SiteTag } from "./site-tag.ts";
import { type Attribute, attribute, attributesIn, unnamedIn } from "./tag-attributes.ts";
import { interfaceCallOf } from "./tag-operations.ts";
import { filmOf } from "./videos.ts";

/** The words of a tag that has no body: an image, a link, a title, what is included. */
export function wordsOfTag(tag: SiteTag): string {
  const { name, words } = tag;
  const film = filmOf(INCLUDES.test(name) ? includedTag(words) : tag);
  if (film !== undefined) return filmWords(words, film);
  const operation = interfaceCallOf(tag);
  if (operation !== undefined) return operation;
  const isContent = tag.syntax === "shortcode" && CONTENT.test(name) && /^["']/.test(words);
  if (isContent || INCLUDES.test(name)) return included(words);
  if (name === "kbd") return keysInWords(words);
  if (/^(?:ref|relref|link|post_url|page)$/.test(name) && !/^\w+=/.test(words)) {
    return firstWord(words);
  }
  if (/^(?:figure|img|image|imgproc)(?:_\w+)?$/i.test(name)) return pictureOf(words);
  const said = valueOfSite(tag) ?? titleWithWords(tag);
  if (isPicture(tag, said)) return pictureOf(words);
  if (said === "") return fileShown(tag) || wordsOfShortcode(tag);
  const isCalled = tag.syntax === "shortcode" && !said.startsWith("[");
  return (isCalled ? fileGiven(words, said) : undefined) ?? said;
}

/** Jekyll, MkDocs (include-markdown), Shopify and others. */
const INCLUDES =
  /^(?:include(?:[-_](?:relative|cached|markdown|file|code))?|render|readfile|embed(?:[-_]md)?|import|code[-_]snippet)$/;

/** `{{% content "set-up" %}}` of Clever Cloud's manual. */
const CONTENT = /^content(?:-raw)?$/;

/** `{% include youtube.html id="a" %}` is a tag of the file's name. */
function includedTag(words: string): Pick<SiteTag, "name" | "words"> {
  const [file = "", ...given] = words.split(/\s+/);
  const name =
    file
      .replace(/["']/g, "")
      .split("/")
      .at(-1)
      ?.replace(/\.\w+$/, "") ?? "";
  return { name, words: given.join(" ") };
}

function filmWords(words: string, film: string): string {
  const title = firstOf(words, HEADLINES);
  if (title === undefined && film.includes("://")) return `<${film}>`;
  return `[${title ?? film}](${film})`;
}

const MERE_SIGN = /(?:Avatar|Badge|Emoji|Glyph|Icon|Logo)$/i;
const PICTURE_FILE = /[^\s{}]\.(?:avif|gif|jpe?g|png|svg|webp)(?:[?#]\S*)?$/i;

/** `<ZoomImage src="/a.png" alt="The lag" />`, whatever it is called: it says nothing but what the picture shows. */
function isPicture({ name, words }: SiteTag, said: string): boolean {
  if (MERE_SIGN.test(name) || !PICTURE_FILE.test(attribute(words, "src") ?? "")) return false;
  return said === "" || [attribute(words, "alt"), attribute(words, "caption")].includes(said);
}

const FILE_SHOWN = /(?:Sample|Snippet|Code\w*|Include|Partial|Example)$/;

/** `<Snippet file="steps.mdx" />` and `<CodeSample filename="a/b.tf" />` show what stands in a file. */
function fileShown({ name, words, syntax, isSelfClosing }: SiteTag): string {
  if (syntax !== "jsx" || !isSelfClosing || !FILE_SHOWN.test(name)) return "";
  const file = firstOf(words, ["file", "filename", "src", "path", "source"]) ?? "";
  return /\.\w{1,8}$/.test(file) ? includedFile(file) : "";
}

function firstWord(words: string): string {
  return /^["']?([^\s"']+)/.exec(words)?.[1] ?? "";
}

/** What a site puts around its words: a button that copies the code above, a table of contents. */
const CONTROL =
  /(?:^|[/_-])(?:copy|toc|nav|navigation|sidebar|breadcrumbs?|head|header|footer|scripts?|styles?|analytics)(?:[_-][\w-]+)?\.html["']?$/;

/** What an included file is given, or where it is. */
function included(words: string): string {
  const url = attribute(words, "url");
  if (url !== undefined) return addressGiven(words, url);
  const named = ["file", "filename", "path"].map((each) => attribute(words, each));
  const own = named.find((each) => each !== undefined && each !== "");
  if (own !== undefined && /^[\w-]+=/.test(words)) return includedFile(own);
  const [file = "", ...given] = words.replace(/\{\{[^{}]*\}\}\/?/g, "").split(/\s+/);
  const said = shownWords(attributesIn(given.join(" ")));
  if (said.length === 0 && CONTROL.test(file)) return "";
  return said.length > 0 ? said.join(" ") : includedFile(file.replace(/^["']|["']$/g, ""));
}

/** An address that an included file is given, under its title; of a variable, nobody knows where it leads. */
function addressGiven(words: string, url: string): string {
  const title = firstOf(words, HEADLINES);
  if (!/(?:^|\s)url=["']/.test(words) && !/[/:]/.test(url)) return title ?? "";
  if (title !== undefined) return `[${title}](${url})`;
  return /^[a-z][\w+.-]*:/i.test(url) ? `<${url}>` : `[${url}](${url})`;
}

/** A value of the site's, by its name: `{{< nic-version >}}`, `{{< skew currentVersion >}}`. */
function valueOfSite(tag: SiteTag): string | undefined {
  const { name, words, syntax } = tag;
  if (name === "param") return words === "" ? "" : `\`${words.replace(/^["']|["']$/g, "")}\``;
  const data = name === "data" && syntax === "liquid" ? dataOf(words) : undefined;
  const state = data ?? stateOf(tag);
  if (state !== undefined) return state;
  if (syntax === "jsx") return namedLabel(tag);
  if (syntax !== "shortcode") return undefined;
  if (name === "skew") return `\`${words.replace(/["']/g, "")}\``;
  return words === "" && VERSION.test(name) ? `\`${name}\`` : undefined;
}

/** What a setting is: `{{< required >}}`, `<Optional />`, `<CloudOnlyBadge />`. */
const STATE =
  /^(?:required|optional|nullable|deprecated|removed|experimental|alpha|beta|preview|unstable|obsolete)$/i;
const BADGE = /^([A-Z]\w*)Badge$/;

/** `{% data variables.product.name %}` and `{% data reusables.disks.note %}` of GitHub's manual. */
function dataOf(words: string): string {
  const name = words.replace(/\s.*$/, "");
  return name.startsWith("reusables.")
    ? includedFile(name)
    : `\`${name.split(".").at(-1) ?? name}\``;
}

/** Only the tag's name says so. */
function stateOf({ name, words, syntax, isSelfClosing }: SiteTag): string | undefined {
  if (words.trim() !== "" || (syntax === "jsx" && !isSelfClosing)) return undefined;
  const badge = syntax === "jsx" ? BADGE.exec(name)?.[1] : undefined;
  if (badge === undefined && !STATE.test(name)) return undefined;
  return `\`${(badge ?? name).replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase()}\``;
}

/** A picture that says nothing, beside words that do. */
const MERE_PICTURE = /^(?:\w*Awesome\w*|\w{0,2}Icon|Glyph|Emoji|Logo|Avatar|Image|Img)$/;

/** `<ItemDefault defaultValue="60s" />`: of what stands above, and a site writes it out. */
const DEFAULT = /^default(?:Value)?=(?:"([^"]+)"|'([^']+)')$/;

/** `Open the <ConsoleLabel name="overview" /> page`: only the component knows the word, and has nothing else. */
function namedLabel({ name, words, isSelfClosing }: SiteTag): string | undefined {
  const [, double, single] = /^name=(?:"([\w .-]+)"|'([\w .-]+)')$/.exec(words.trim()) ?? [];
  const own = double ?? single;
  const standard = DEFAULT.exec(words.trim());
  if (standard !== null && isSelfClosing) {
    const value = (standard[1] ?? standard[2] ?? "").replace(/&quot;/g, '"');
    return `Default: \`${value.replace(/`/g, "'")}\``;
  }
  return own === undefined || !isSelfClosing || MERE_PICTURE.test(name) ? undefined : `\`${own}\``;
}

function pictureOf(words: string): string {
  const title =
    firstOf(words, ["alt", ...HEADLINES]) ?? unnamedIn(words).slice(1).find(readsAsWords);
  const named = firstOf(words, ["src", "filename", "file", "path"]);
  const source = named ?? /^["']?([^\s"'=]+)(?=["'\s]|$)/.exec(words)?.[1] ?? "";
  const captions = ["title", "caption", "words"].map((each) => attribute(words, each));
  const more = captions.filter((each) => each !== undefined && each !== title);
  if (source === "" && title === undefined) return "";
  return [`![${title ?? ""}](${source})`, ...new Set(more)].join(" ");
}

function titleWithWords(tag: SiteTag): string {
  const { words } = tag;
  const value = attribute(words, "value") ?? "";
  const said =
    firstOf(words, HEADLINES) ??
    wordsIn(words, "text") ??
    wordsIn(words, "content") ??
    (readsAsWords(value) ? value : "");
  // At the left, a name to be filled in would begin HTML, and take the lines below it along.
  const linked = linkOfTag(tag, said.replace(/^<(?=[a-z]+(?:-[a-z]+)+>)/, "\\<"));
  return [linked, ...moreWordsOfTag({ words })].filter((part) => part !== "").join(": ");
}

/** The first of these attributes that a tag has. */
function firstOf(words: string, names: readonly string[]): string | undefined {
  return names.map((each) => attribute(words, each)).find((each) => each !== undefined);
}

const VERSION = /(?:^|[-_])version(?:$|[-_])|Version$/;

/** `text=true` is a switch. */
function wordsIn(words: string, name: string): string | undefined {
  const value = attribute(words, name);
  return value === undefined || /^(?:true|false)$/.test(value) ? undefined : value;
}

/** What a tag is called by, the first that it has. */
const HEADLINES = ["title", "cardTitle", "header", "summary", "alt", "label", "caption"];
const NAMES = [...HEADLINES, "text", "content"];

/** What a component says besides its title. */
export function moreWordsOfTag({ words }: Pick<SiteTag, "words">): string[] {
  const given = attributesIn(words);
  const title = NAMES.find((each) => given.some(([name]) => name === each));
  return shownWords(given.filter(([name]) => name !== title));
}

function shownWords(given: readonly Attribute[]): string[] {
  return given
    .filter(([name, value]) => isShown(name, value))
    .map(([name, value]) => (isCodeName(name) ? `\`${value}\`` : value));
}

/** In Hugo, a page is named as its references name it. */
export const PAGES = ["relref", "ref", "page"];

/** What a card or a file is called, as a link where the tag leads somewhere; "" for no words. */
export function linkOfTag({ name, words, syntax }: SiteTag, said: string): string {
  const own = name === "file" ? ["src"] : ["url", "titleUrl"];
  const pages = syntax === "shortcode" ? PAGES : [];
  const target = firstOf(words, ["href", "to", "link", ...own, ...pages]);
  if (target !== undefined && name === "file") {
    const label = said === "" ? (attribute(words, "name") ?? target) : said;
    return `[${label}](${target})`;
  }
  const called = attribute(words, "name");
  if (said === "" && target !== undefined && called !== undefined) return `[${called}](${target})`;
  const address = attribute(words, "url");
  if (said === "" && address !== undefined && /^https?:/.test(address)) return `<${address}>`;
  return target === undefined || said === "" ? said : `[${said}](${target})`;
}
