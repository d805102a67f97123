/**
 * What a shortcode of Hugo says by arguments that only its own site knows. Sources: the shortcodes of Kubernetes'
 * documentation (glossary_tooltip, feature-state, api-reference, code_sample), Docsy (readfile), Hugo Book
 * (button) and OpenTelemetry (config_option); any other is told by the shape of what it is given.
 */

import { includedFile } from "./included-file.ts";
import { readsAsWords } from "./shown-names.ts";
import type { SiteTag } from "./site-tag.ts";
import { attribute, attributesIn, unnamedIn } from "./tag-attributes.ts";
import { fieldOfTag } from "./tag-titles.ts";

/** The words of a shortcode that has no title, text or picture; "" where it has none. */
export function wordsOfShortcode(tag: SiteTag): string {
  const { name, words, syntax } = tag;
  if (syntax === "jsx") return featureOf(name, words) ?? "";
  if (LAYS_OUT.test(name)) return "";
  if (syntax === "liquid") return wordsOfLiquid(tag);
  return (
    fieldOfTag(tag) ??
    termOf(name, words) ??
    featureOf(name, words) ??
    fileOf(name, words) ??
    pageOf(words) ??
    saidIn(words)
  );
}

/** What a program does, and no reader sees. */
const ACTS =
  /^(?:els|if|end)\w*$|^(?:assign|autoescape|block|call|capture|case|cycle|decrement|do|extends|filter|for|form|from|import|include\w*|increment|layout|link|liquid|load|macro|paginate|post_url|raw|schema|sections?|set|static|style\w*|tablerow|unless|url|when|with)$/;

/** `{% slack_channel "db-help" %}`, `{% page-ref page="a.md" %}`: what any other tag is given in quotes. */
function wordsOfLiquid({ name, words }: SiteTag): string {
  if (ACTS.test(name)) return "";
  const given = Array.from(words.matchAll(QUOTED), ([, double, single]) => double ?? single ?? "");
  return fileOf(name, words) ?? pageOf(words) ?? given.map(shown).join(" ");
}

const QUOTED = /(?<=^|\s)(?:"([^"]*\w[^"]*)"|'([^']*\w[^']*)')/g;

function shown(words: string): string {
  return readsAsWords(words) ? words : `\`${words.replace(/`/g, "'")}\``;
}

/** `fixed in {{< issue 123 >}}`: only its site knows the word, and a sentence lacks it; "" where it has none. */
export function argumentsOf({ name, words, syntax }: SiteTag): string {
  if (syntax !== "shortcode" || LAYS_OUT.test(name)) return "";
  const given = unnamedIn(words);
  return given.length === 0 || given.length > 3 ? "" : shown(given.join(" "));
}

/** What only looks, lays out or leads around. */
const LAYS_OUT =
  /^(?:tabs|cols?|columns?|rows?|grid|toc|fa|br|hr|ref|clear|spacer|anchor|nav|children|ref|relref|highlight)$|(?:icon|emoji|logo|badge|svg|space|break|anchor|toc|menu)s?$/i;

/** `{{< glossary_tooltip term_id="control-plane" >}}` shows the term of that name. */
function termOf(name: string, words: string): string | undefined {
  const term = attribute(words, "term_id") ?? attribute(words, "term");
  if (name === "heading") return /^["']?([\w-]+)["']?$/.exec(words)?.[1];
  return term === undefined ? undefined : term.replace(/[-_]/g, " ");
}

/** `{{< feature-state for_k8s_version="v1.2" state="beta" >}}` */
function featureOf(name: string, words: string): string | undefined {
  if (!/^(?:feature[-_]|Feature(?=State|Status|Gate))/.test(name)) return undefined;
  const values = attributesIn(words).map(([, value]) => `\`${value}\``);
  const said = name
    .slice(1)
    .replace(/[-_]|(?=[A-Z])/g, " ")
    .toLowerCase();
  return values.length === 0 ? undefined : `F${said}: ${values.join(" ")}`;
}

const FILES = ["file", "filename", "path", "lookup", "src", "source", "include"];
const FILE = /^[\w./{}$@-]*\.(?!html?$)[a-zA-Z]\w{0,7}$/;
const PLAYED = /\.(?:cast|m4[av]|mov|mp[34]|ogg|pdf|wav|webm)$/i;
const LEADS = /^(?:href|link|page|ref|relref|to|url)$/;
const PAGE = /^[\w./-]+\.(?:mdx?|markdown)$/;
const PICTURE = /\.(?:apng|avif|gif|jpe?g|png|svg|webp)$/i;

/** A file that is shown there: `{{% code_sample file="a/b.yaml" %}}`, `{{< snippet "a/b.md" >}}`. */
function fileOf(tag: string, words: string): string | undefined {
  const name = /^(?:file|folder)$/.test(tag) ? attribute(words, "name") : undefined;
  if (name !== undefined) return `\`${name}\``;
  const [first = ""] = unnamedIn(words);
  const given = fileGiven(words);
  return given ?? (isFile(first) && first.includes(".") ? shownFile(first) : undefined);
}

/** The picture or the file that an attribute names, with what it is called; undefined where none does. */
export function fileGiven(words: string, title = ""): string | undefined {
  const named = FILES.map((each) => attribute(words, each)).find(isFile);
  // So is a page under any other name that does not say where something leads.
  const page = attributesIn(words).find(([name, value]) => !LEADS.test(name) && PAGE.test(value));
  const file = named ?? page?.[1];
  return file === undefined ? undefined : shownFile(file, title);
}

function shownFile(file: string, title = ""): string {
  if (PICTURE.test(file)) return `![${title}](${file})`;
  if (title === "") return includedFile(file);
  return PLAYED.test(file) ? `[${title}](${file})` : `${title}: ${includedFile(file)}`;
}

function isFile(value: string | undefined): boolean {
  return value !== undefined && FILE.test(value) && !/^\d[\d.]*$/.test(value);
}

/** `{{< api-reference page="workload/pod-v1" anchor="PodSpec" >}}` leads to a page, and is called by it. */
function pageOf(words: string): string | undefined {
  const page = attribute(words, "page");
  if (page === undefined || !/^[\w./-]*[a-zA-Z][\w./-]*$/.test(page)) return undefined;
  const part = attribute(words, "anchor");
  const name = part ?? page.split("/").at(-1) ?? page;
  return `[${name}](${page}${part === undefined ? "" : `#${part}`})`;
}

/** `{{< command-output "You should see:" >}}`, `{{< button "https://a.example" "Try it" >}}` */
function saidIn(words: string): string {
  const given = unnamedIn(words);
  const said = given.filter((each) => readsAsWords(each) && !isAddress(each)).join(": ");
  const address = given.find(isAddress);
  if (address === undefined && said === "")
    return TITLE.test(given[0] ?? "") ? (given[0] ?? "") : "";
  if (address === undefined) return said;
  return said === "" ? `<${address}>` : `[${said}](${address})`;
}

/** `{{% spec_status "API" "a/b" %}}`: a name for readers, which begins with a capital. */
const TITLE = /^\p{Lu}[\p{L}\d ]*$/u;

function isAddress(text: string): boolean {
  return /^https?:\/\/[^\s<>()]+$/.test(text);
}
