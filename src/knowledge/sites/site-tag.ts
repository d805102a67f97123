/**
 * Tags of site generators: shortcodes of Hugo, tags of Liquid, components of MDX. What they hold is
 * text of the page; their own words are shown where they are a title, an alternative text or a link.
 */

export interface SiteTag {
  readonly name: string;
  /** Its arguments or attributes, as written. */
  readonly words: string;
  readonly isClosing: boolean;
  readonly isSelfClosing: boolean;
  /** It may have a body that another tag ends. */
  readonly syntax: "shortcode" | "liquid" | "jsx";
}

/** Some end one twice: `{{< tab >}} >}}`, `{% note %} %}`. */
const SHORTCODE =
  /\{\{[<%]\s*(\/?)\s*([\w./-]+)\s*((?:(?![%>]\}\}|\{\{[<%]).)*?)\s*(\/?)\s*[%>]\}\}(?: ?[%>]\}\})?/;
/** Markdoc ends one with a slash, `{% /callout %}`, and writes one alone as `{% image /%}`. */
const LIQUID =
  /\{%-?\s*(end|\/(?=[a-z]))?(@?[\w/-]+)\s*((?:(?!%\}|\{%).)*?)(?:(?<=\s)(\/)|\s*)-?%\}(?: ?%\})?/;
/** Vue leaves out the quotes around what it computes, `:isOpen=false`. */
const ATTRIBUTES = `(?:\\s+(?:[\\w-][\\w:-]*(?:=(?:"[^"]*"|'[^']*'|\\{[^}]*\\}))?|[:@][\\w:.-]+(?:=(?:"[^"]*"|'[^']*'|[\\w.]+))?))*`;
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
      return new RegExp(`\\{%-?\\s*(?:end|/)${own}\\s*-?%\\}`);
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

/** Whether the tag is one tab of several. */
export function isTab({ name }: SiteTag): boolean {
  return /^(?:tab|tabitem|tab-item|content-tab)$/i.test(name);
}

/** Whether the tag holds code; a remark that is dressed up as code is none. */
export function isCode({ name, words }: SiteTag): boolean {
  // With a kind, it dresses up a remark.
  if (/^highlight$/i.test(name) && /(?:^|\s)type=/.test(words)) return false;
  const isNamed = /^(?:highlight|code|code-?block|code-?toggle|prism|clients-example)$/i.test(name);
  return isNamed || isDrawing({ name });
}

/** A drawing that is written as code in the language of this name. */
export function isDrawing({ name }: Pick<SiteTag, "name">): boolean {
  return /^(?:mermaid|plantuml|graphviz)$/i.test(name);
}

/** What readers never see. */
export function isComment({ name }: SiteTag): boolean {
  return /^comment$/i.test(name);
}

/** Whether words of its body may stand beside it; `{{< check >}}` is a picture there. */
export function isNote({ name }: SiteTag): boolean {
  return /^(?:note|tip|hint|info|important|warning|caution|danger|alert|call-?out)$/i.test(name);
}
