/**
 * One line as a site generator reads it. Sources: the manuals of MkDocs Material (admonitions, content
 * tabs), Docusaurus (admonitions, tabs), Hugo (shortcodes), Jekyll (tags), kramdown (attribute lists),
 * Obsidian (callouts, internal links), GitHub (alerts) and GitLab (includes).
 */

export interface SiteLine {
  /** The line in plain Markdown; "" for a line that only a generator needs. */
  readonly text?: string;
  /** A line of its own in bold: what kind of remark follows. */
  readonly label?: string;
  /** A tab's name, which becomes a heading. */
  readonly tab?: string;
  /** What follows, indented, is the body of this line. */
  readonly opensBody?: true;
  /** What follows is code, until the closing fence that a tag becomes. */
  readonly opensFence?: true;
  /** The anchor of the heading before this line. */
  readonly anchor?: string;
}

const NOTHING: SiteLine = { text: "" };

/** Remarks by their kind; a shortcode or tag of another name is not one. */
const REMARKS =
  /^(?:note|notes|info|information|tip|hint|success|check|done|question|help|faq|warning|warn|caution|attention|danger|error|failure|fail|missing|bug|important|example|quote|cite|abstract|summary|tldr|alert|callout|admonition|notice|details|expand|collapse|seealso|todo|deprecated|security)$/i;

const TAB_NAMES = /^(?:tab|tabitem|tab-item|content-tab)$/i;
const CODE_NAMES = /^(?:highlight|code|codeblock|prism)$/i;

/** The level of a heading that begins with "#", and stands in no code. */
export function headingLevel(line: string): number | undefined {
  return /^ {0,3}(#{1,6})\s/.exec(line)?.[1]?.length;
}

/** `**Danger: Data loss**`, and what follows begins a line of its own. */
export function labelLine(label: string): string {
  return label === "" ? "" : `**${label}**  `;
}

/** Reads a line outside code. */
export function plainLine(line: string): SiteLine {
  return (
    mkdocsLine(line) ??
    directiveLine(line) ??
    quoteLine(line) ??
    tagLine(line) ??
    jsxLine(line) ??
    attributeLine(line) ?? { text: inlineText(line) }
  );
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
  return included === null ? undefined : { text: `Included file: ${included[1]}` };
}

/** `:::warning Title`, `:::note[Title]`, `::: {.tip}`, and the colons that close. */
function directiveLine(line: string): SiteLine | undefined {
  const match = /^\s*:{3,}\s*(?:\{?\.?([\w-]+)[^}\]]*?\}?)?\s*(?:\[(.*?)\])?\s*(.*?)\s*$/.exec(
    line,
  );
  if (match === null) return undefined;
  const [, kind, title, rest = ""] = match;
  if (kind === undefined) return NOTHING;
  return { label: remark(kind, title ?? rest.replace(/^\{.*\}$/, "")) };
}

/** `> [!CAUTION]` of GitHub, `> [!note]- Title` of Obsidian. */
function quoteLine(line: string): SiteLine | undefined {
  const match = /^(\s*(?:>\s*)+)\[!([\w-]+)\][+-]?\s*(.*?)\s*$/.exec(line);
  if (match === null) return undefined;
  return { text: `${match[1]}${labelLine(remark(match[2] ?? "", match[3]))}` };
}

const SHORTCODE = /^\s*\{\{[<%]\s*(\/?)\s*([\w./-]+)\s*(.*?)\s*\/?\s*[%>]\}\}\s*$/;
const LIQUID = /^\s*\{%-?\s*(end)?([\w-]+)\s*(.*?)\s*-?%\}\s*$/;

function tagLine(line: string): SiteLine | undefined {
  const match = SHORTCODE.exec(line) ?? LIQUID.exec(line);
  if (match === null) return undefined;
  const [, closing = "", name = "", words = ""] = match;
  return tag(name, words, closing !== "");
}

function tag(name: string, words: string, isClosing: boolean): SiteLine {
  const short = name.split(/[./]/).at(-1) ?? name;
  if (CODE_NAMES.test(short)) {
    if (isClosing) return { text: "```" };
    return { text: `\`\`\`${/^["']?([\w+-]+)/.exec(words)?.[1] ?? ""}`, opensFence: true };
  }
  if (isClosing) return NOTHING;
  if (TAB_NAMES.test(short)) return { tab: titleIn(words) ?? "Tab" };
  if (REMARKS.test(short)) return { label: remark(kindIn(words) ?? short, titleIn(words)) };
  if (/^(?:include|include_relative|readfile|embed|import)$/.test(short)) {
    return { text: `Included file: ${words.replace(/^["']|["']$/g, "")}` };
  }
  if (short !== "figure" && short !== "img" && short !== "image") return NOTHING;
  const source = attribute(words, "src") ?? /^["']?([^\s"']+)/.exec(words)?.[1] ?? "";
  return { text: `![${titleIn(words) ?? attribute(words, "alt") ?? ""}](${source})` };
}

/** Components whose tags are junk and whose bodies are text. */
const COMPONENTS =
  /^(?:Tabs|Tab|TabItem|Admonition|Callout|Note|Info|Tip|Warning|Danger|Caution|Steps?|Cards?|CardGroup|Accordion|AccordionGroup|CodeGroup|Frame|Details|Image|Icon|Badge|Columns?|Grid|Layout|Outlet|Highlight)$/;

const JSX = /<(\/?)([A-Z][\w.]*)((?:\s+[\w-]+(?:=(?:"[^"]*"|'[^']*'|\{[^}]*\}))?)*)\s*(\/?)>/g;

/** A capital alone is a placeholder, such as `<Topic>`; a component is known, or has attributes. */
function isComponent(name: string, attributes: string, isSelfClosing: boolean): boolean {
  return COMPONENTS.test(name) || attributes.includes("=") || isSelfClosing;
}

function jsxLine(line: string): SiteLine | undefined {
  if (/^import\s+(?:[\w*{][^'"]*\s+from\s+)?['"][^'"]+['"];?\s*$/.test(line)) return NOTHING;
  if (/^export\s+(?:const|default|function|let|async)\b/.test(line)) return NOTHING;
  const [match] = line.trim().matchAll(JSX);
  if (match === undefined || match[0] !== line.trim()) return undefined;
  const [, closing, name = "", attributes = "", selfClosing] = match;
  if (!isComponent(name, attributes, selfClosing !== "")) return undefined;
  if (closing !== "") return NOTHING;
  if (/^Tab(?:Item)?$/.test(name)) {
    const title =
      attribute(attributes, "label") ?? titleIn(attributes) ?? attribute(attributes, "value");
    return { tab: title ?? "Tab" };
  }
  if (!REMARKS.test(name)) return NOTHING;
  return { label: remark(attribute(attributes, "type") ?? name, titleIn(attributes)) };
}

/** Kramdown's `{: #id .class }` on a line of its own, and tables of contents. */
function attributeLine(line: string): SiteLine | undefined {
  const list = /^\s*\{:?\s*([^{}]*)\}\s*$/.exec(line);
  if (list !== null && /^\s*\{:|[#.]\w|=/.test(line)) {
    const anchor = /#([\w:.-]+)/.exec(list[1] ?? "")?.[1];
    return anchor === undefined ? NOTHING : { text: "", anchor };
  }
  return /^\s*(?:\[\[?_?TOC_?\]\]?|\$\{toc\}|\{\{?\s*toc\s*\}?\})\s*$/i.test(line)
    ? NOTHING
    : undefined;
}

/** What stands within a line; code in backticks stays as it is. */
function inlineText(line: string): string {
  if (!/\{\{[<%]|\[\[|\{:|\{\/\*|\{%|<\/?[A-Z]/.test(line)) return line;
  return line
    .split(/(`+[^`]*`+)/)
    .map((part) => (part.startsWith("`") ? part : inlinePart(part)))
    .join("");
}

function inlinePart(text: string): string {
  return text
    .replace(/\{\/\*[\s\S]*?\*\/\}/g, "")
    .replace(/\{\{[<%]\s*(?:rel)?ref\s+["']?([^\s"'>%]+)["']?.*?[%>]\}\}/g, "$1")
    .replace(/\{\{[<%]\s*(\/?)\s*[\w./-]+.*?[%>]\}\}/g, "")
    .replace(/\{%-?\s*(?:link|post_url)\s+(\S+)\s*-?%\}/g, "$1")
    .replace(/\{%-?.*?-?%\}/g, "")
    .replace(/!?\[\[([^\][|#]*)(#[^\]|]+)?(?:\|([^\]]+))?\]\]/g, wikiWords)
    .replace(/^(#{1,6}\s.*?)\s*\{:\s*([^}]*)\}\s*$/, headingAnchor)
    .replace(/\{:[^}]*\}/g, "")
    .replace(JSX, (whole, _, name: string, attributes: string, selfClosing: string) =>
      isComponent(name, attributes, selfClosing !== "") ? "" : whole,
    );
}

function wikiWords(_: string, page: string, heading?: string, label?: string): string {
  if (label !== undefined) return label.trim();
  return page === "" ? (heading ?? "").slice(1) : page.trim();
}

function headingAnchor(_: string, heading: string, attributes: string): string {
  const anchor = /#([\w:.-]+)/.exec(attributes)?.[1];
  return anchor === undefined ? heading : `${heading} {#${anchor}}`;
}

/** "Danger: Data loss"; the kind in words, and none for a title that was left empty on purpose. */
function remark(kind: string, title?: string): string {
  const said = title?.trim();
  if (said === "" && title !== undefined && title.length === 0) return kindInWords(kind);
  return said === undefined || said === "" ? kindInWords(kind) : `${kindInWords(kind)}: ${said}`;
}

function kindInWords(kind: string): string {
  const words = kind.replace(/-/g, " ").toLowerCase();
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

function kindIn(words: string): string | undefined {
  const kind = attribute(words, "type") ?? attribute(words, "color") ?? attribute(words, "context");
  if (kind !== undefined) return kind;
  const first = /^["']?([\w-]+)["']?(?:\s|$)/.exec(words)?.[1];
  return first !== undefined && REMARKS.test(first) ? first : undefined;
}

function titleIn(words: string): string | undefined {
  const named =
    attribute(words, "title") ??
    attribute(words, "name") ??
    attribute(words, "header") ??
    attribute(words, "summary");
  if (named !== undefined) return named;
  const quoted = /(?:^|\s)"([^"]+)"/.exec(words)?.[1];
  return quoted !== undefined && !REMARKS.test(quoted) ? quoted : undefined;
}

function attribute(words: string, name: string): string | undefined {
  const match = new RegExp(
    `(?:^|\\s)${name}=(?:"([^"]*)"|'([^']*)'|\\{["']?([^}"']*)["']?\\}|(\\S+))`,
  ).exec(words);
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? match?.[4];
}
