/** What a tag of a site generator calls its body: a tab, code, a remark, a parameter. */

import { isRemark, remark } from "../markdown/remarks.ts";
import { isDrawing, type SiteTag } from "./site-tag.ts";
import { attribute, unnamedIn } from "./tag-attributes.ts";

/** The name of a tab. */
export function tabTitle({ words, syntax }: SiteTag): string {
  const label = attribute(words, "label") ?? titleIn(words);
  const bare = /^["']([^"']+)["']$/.exec(words)?.[1];
  const own = syntax === "jsx" ? attribute(words, "value") : unquotedTitle(words, syntax);
  return label ?? bare ?? own ?? "Tab";
}

/** `{{% tab TypeScript %}}`; in Jekyll, the tabs that belong together are named before it: `{% tab os Linux %}`. */
function unquotedTitle(words: string, syntax: SiteTag["syntax"]): string | undefined {
  const given = unnamedIn(words);
  const own = syntax === "liquid" ? given.slice(-1) : given;
  return own.length === 0 ? undefined : own.join(" ");
}

/** The language of code. */
export function languageOfTag({ name, words }: SiteTag): string {
  if (isDrawing({ name })) return name.toLowerCase();
  const named = attribute(words, "language") ?? attribute(words, "lang");
  const first = /^["']?([\w+-]+)["']?(?=\s|$)/.exec(words)?.[1];
  return (named ?? first ?? "").replace(/[^\w+-]/g, "");
}

/** The title of code, as sites write it behind the language. */
export function codeTitleOfTag({ words }: SiteTag): string {
  const title = attribute(words, "title") ?? attribute(words, "description") ?? "";
  return title === "" ? "" : ` title="${title.replace(/["`]/g, "'")}"`;
}

/** A box that says what it is by its kind: `<Highlight type="warning">`, `<Box type="tip" header="Hint">`. */
const BOX = /^(?:Highlight|Box|Banner|Message|Panel|Quote|BlockQuote)$/;

/** "Warning: Watch out" of a tag that makes a remark; undefined for another. */
export function remarkOfTag(tag: SiteTag): string | undefined {
  if (!isRemark(tag.name) && !isBox(tag)) return undefined;
  const { words } = tag;
  const bare = /^["']([^"']+)["']$/.exec(words)?.[1];
  const title = titleIn(words) ?? (bare === undefined || isRemark(bare) ? undefined : bare);
  return remark(kindIn(words) ?? tag.name, title);
}

function isBox({ name, words, syntax }: SiteTag): boolean {
  return syntax === "jsx" && BOX.test(name) && isRemark(attribute(words, "type") ?? "");
}

/** What a reference describes one by one: `<ParamField path="id">`, `<HclListItem name="vpc_id">`. */
const FIELD =
  /(?:Field|ListItem|Param|Parameter|Prop|Property|Option|Arg|Argument|Variable|Setting|Input|Output|Flag)$/;

/** `{{% config_option name="otel.a.enabled" default=false %}}`, `{% api-parameter name="id" %}` of GitBook */
const OTHER_FIELD =
  /(?:^|[_-])(?:field|param|parameter|prop|property|option|arg|argument|variable|setting|flag)$/;

const REQUIRED = /(?:^|\s)required(?=\s|=|$)(?!=["'{]*(?:false|no)\b)/;

/** The name of a parameter and what it takes: `<ParamField path="id" type="string" required>`. */
export function fieldOfTag({ name, words, syntax }: SiteTag): string | undefined {
  if (!(syntax === "jsx" ? FIELD : OTHER_FIELD).test(name)) return undefined;
  const own = ["name", "path", "query", "body", "header"]
    .map((each) => attribute(words, each))
    .find((each) => each !== undefined && each !== "");
  if (own === undefined) {
    if (!name.endsWith("Field")) return undefined;
    // Options of a command line are written as a type without a name.
    const type = attribute(words, "type") ?? "";
    return type === "" ? undefined : `\`${type}\``;
  }
  const standard = attribute(words, "default") ?? "";
  const facts = [
    attribute(words, "type") ?? "",
    REQUIRED.test(words) ? "required" : (attribute(words, "requirement") ?? ""),
    standard === "" ? "" : `default ${standard}`,
  ].filter((fact) => fact !== "");
  return `\`${own}\`${facts.length === 0 ? "" : ` (${facts.join(", ")})`}`;
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
