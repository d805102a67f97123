/** What site generators add within a line: attributes, marks, tags, and links of wikis (wiki-links.ts). */

import { remark } from "../markdown/remarks.ts";
import { withComponentLinks } from "./component-links.ts";
import { plainDestinations, spacedDestinations } from "./destinations.ts";
import { withoutTags } from "./inline-tags.ts";
import { KEYS, keysInCode } from "./keys.ts";
import { withoutMacros } from "./mdbook.ts";
import { withPictureWords } from "./quarto.ts";
import { ROLE_SIGN, roleWords, withoutSpans } from "./roles.ts";
import { type InlinePlace, namedValues } from "./values.ts";
import { wikiLinks } from "./wiki-links.ts";

/** Attributes of HTML that pages give; with another name, `{job="kafka"}` selects series. */
const NAMES =
  "width|height|style|class|id|align|valign|loading|decoding|target|rel|title|alt|lang|role|type|start|colspan|rowspan|markdown|download|tabindex|(?:data|aria)-[\\w-]+";
/** `.class`, `#id`; an id may have letters of any language. */
const NAME = "(?:\\.[\\w:-]+|#[\\w:\\u00C0-\\uFFFF-]+)";
/** Those and `width=300`, as the text of a pattern. */
export const SITE_ATTRIBUTE = `(?:${NAME}|(?:${NAMES})=(?:"[^"]*"|'[^']*'|[^\\s"'{}]+))`;
/** Behind a class or a name, attributes of any name may stand. */
export const CLASSES = `${NAME}(?:\\s+(?:${NAME}|[\\w-]+=(?:"[^"]*"|[^\\s"'{}]+)))*`;
const LIST = `${SITE_ATTRIBUTE}(?:\\s+${SITE_ATTRIBUTE})*`;
/** `[x](y){ .button }`, `![x](y){width=300}`, `**x**{.big}`, `:an-icon:{ .large }` */
const BEHIND_A_LINK = new RegExp(
  `(?<=\\)|\\S\\*\\*|:[a-z][\\w-]*:)\\{\\s*(?:${CLASSES}|${LIST})\\s*\\}`,
  "g",
);
/** `{ .annotate }`; without spaces it may be a path of kubectl's, `{.items}`. */
const CLASSES_AT_END = new RegExp(
  `(?<!\\s)\\s*\\{\\s+(?:(?!#)${SITE_ATTRIBUTE})(?:\\s+(?!#)${SITE_ATTRIBUTE})*\\s+\\}\\s*$`,
);
/** `A step {#its-anchor}`: only headings have anchors here. */
const ATTRIBUTES_AT_END = new RegExp(
  `(?<!\\s)\\s*\\{(?:\\s+${LIST}\\s+|\\s*#[\\w:.\\u00C0-\\uFFFF-]+(?:\\s+${SITE_ATTRIBUTE})*\\s*)\\}\\s*$`,
);

/** `A step {.text-danger #its-id}`: with a dash in it, a class is no path of kubectl. */
const LOOK_AT_END = /(?:^|(?<=\S))[ \t]*\{\.[a-z]+(?:-[a-z\d]+)+(?: [.#][\w-]+)*\}[ \t]*$/;

/** An anchor for a sentence among others, which only its own site knows. */
const BETWEEN_SENTENCES = /(?<=[.!?]) \{#[a-z]\w*(?:-\w+)+\}(?= )/g;

/** Wiki.js gives a quote, a list or a heading its look so, right behind its words as well. */
const LOOK_OF_WIKI_JS =
  /(?<!\s)\s*\{\.(?:is-(?:info|success|warning|danger)|links-list|grid-list|tabset|dense)\}\s*$/;

/** `: The words below a table {.striped}` */
const CAPTION_ATTRIBUTES = /^((?:Table)?: .*\S)\s*\{\s*[#.\w][^{}]*\}\s*$/;
/** `## A step {.notranslate lang=en #its-anchor}`, `## Row {height=60%}` */
const HEADING_ATTRIBUTES = new RegExp(
  `^(#{1,6}\\s(?:.*?\\S)?)\\s*\\{\\s*(${CLASSES}|(?=(?:width|height)=)${LIST})\\s*\\}\\s*$`,
);
/** `## {#its-anchor} A step`, as who writes from right to left sees it at the end. */
const ANCHOR_FIRST = /^(#{1,6}\s+)(\{#[\w-]+\})\s+(\S.*)$/;
/** `## A step {#its-anchor} for all`: no generator takes it there. */
const ANCHOR_WITHIN = /^(#{1,6}\s.*?\S)\s*\{#[\w:.-]+\}\s+(?=[\p{L}\d])/u;
/** `## A step {: #its-anchor .class}` */
const OF_KRAMDOWN = /^(#{1,6}\s.*?)(?<=\S)\s*\{:\s*([^}]*)\}\s*$/;
const INLINE =
  /:::[a-z]|\+\+["a-z\d]|\}`|:[a-z]+:`|\]\{|`\{|\{\{|\{ ?[#.]|\{(?:width|height)=|\)\{|\[\[|\{:|\{\{?\/\*|\{%|<\/?[A-Z]|%%|==\S|\s\^[A-Za-z]|\]\(#tab\/|\]\([^()]* |\s(?:href|src)=[^\s"'{<>]|&(?:amp|lt|#\d{2,5});/;

/** A comment may hold code, and code may show a comment. */
const codeOrComment = (code: string): RegExp =>
  new RegExp(
    String.raw`(${ROLE_SIGN})?(${code})|\{(?:\{-?\s*)?\/\*[\s\S]*?\*\/\s*[-%>]?\}\}?`,
    "g",
  );
const CODE = String.raw`\x60+[^\x60]*\x60+`;
const CODE_OR_COMMENT = codeOrComment(CODE);
/**
 * Code in several backticks may hold fewer, and several that end nothing begin none; a line may only be so long
 * that is looked for it.
 */
const LONG_CODE_OR_COMMENT = codeOrComment(
  String.raw`(?<!\x60)(\x60+)(?!\x60)[^\x60]*(?:(?!\3(?!\x60))\x60+(?!\x60)[^\x60]*)*\3(?!\x60)`,
);
/** Nextra names the language within the code: `{ a: 1 }{:js}`; `## x{:.class}` is code of kramdown. */
const LANGUAGE =
  /(?<=[^`])\{:(?:ansi|bash|c|console|cpp|cs|csharp|css|diff|go|graphql|html|ini|java|javascript|js|json|jsonc|jsx|kotlin|lua|md|mdx|php|python|py|rb|ruby|rs|rust|scss|sh|shell|sql|svelte|swift|toml|ts|tsx|txt|typescript|vue|xml|yaml|yml|zsh)\}(`+)$/;
/** Jekyll takes `{% raw %}` out of code, too. */
const RAW = /\{%-?\s*raw\s*-?%\}((?:(?!\{%-?\s*(?:end)?raw\b)[^`])*)\{%-?\s*endraw\s*-?%\}/g;

/** What stands within a line, in plain Markdown; code in backticks stays as it is. */
export function inlineText(written: string): string {
  const hasReference = written.length < MOST_SIGNS && written.includes("<xref");
  const line = withPictureWords(hasReference ? written.replace(XREF, xrefName) : written);
  if (!INLINE.test(line)) return line;
  const codes: string[] = [];
  const place = { isTitle: /^#{1,6}\s/.test(line), mayBeCode: /^(?: {4}|\t)/.test(line) };
  // A destination may stand around code, and code may show one: it is put back in its place.
  const keep = (code: string): string => `\0${codes.push(plainCode(code)) - 1}\0`;
  const isLong = line.length < MOST_SIGNS && line.includes("``");
  const kept = line.replace(
    isLong ? LONG_CODE_OR_COMMENT : CODE_OR_COMMENT,
    (_, role = "", code?: string) => {
      if (code === undefined) return "";
      const words = role === "" ? undefined : roleWords(role, code);
      if (words === undefined) return role + keep(code);
      return words.startsWith("`") ? keep(words) : words;
    },
  );
  return plainDestinations(
    withComponentLinks(withoutSpans(wikiLinks(withHeadingAnchor(kept), codes))),
  )
    .split(/(\0\d+\0)/)
    .map((part, at, { length }) =>
      at % 2 === 1
        ? (codes[Number(part.slice(1, -1))] ?? "")
        : apartFromCode(part, inlinePart(part, place), {
            isAfter: at > 0,
            isBefore: at < length - 1,
          }),
    )
    .join("");
}

/** Two pieces of code right behind each other would be none. */
function apartFromCode(
  written: string,
  plain: string,
  { isAfter, isBefore }: { isAfter: boolean; isBefore: boolean },
): string {
  const begins = isAfter && plain.startsWith("`") && !written.startsWith("`");
  const ends = isBefore && plain.endsWith("`") && !written.endsWith("`");
  return `${begins ? " " : ""}${plain}${ends ? " " : ""}`;
}

/** Code, or a reference of DocFX, whose name of a type may have a backtick: "System.Action`1". */
const XREF =
  /(?<!`)(`+)(?!`)[^`]*(?:(?!\1(?!`))`+[^`]*)*\1(?!`)|<xref\s+href="([^"<>]+)"[^<>]*?\/?>(?:\s*<\/xref>)?/g;
/** Of a line of which this is looked for; a hostile one is longer. */
const MOST_SIGNS = 5_000;

function xrefName(all: string, _mark?: string, reference?: string): string {
  if (reference === undefined) return all;
  const [type = "", options = ""] = reference.split("?");
  const named = /(?:^|[&;])(?:text|alt)=([^&]+)/.exec(options)?.[1];
  return `\`${(named ?? type).replace(/`+\d*/g, "")}\``;
}

/** The same heading with its anchor in one way, whatever the generator. */
function withHeadingAnchor(line: string): string {
  return line
    .replace(CAPTION_ATTRIBUTES, "$1")
    .replace(ANCHOR_FIRST, "$1$3 $2")
    .replace(HEADING_ATTRIBUTES, headingAnchor)
    .replace(OF_KRAMDOWN, headingAnchor)
    .replace(ANCHOR_WITHIN, "$1 ");
}

/** Code as it stands, without what tells a generator to leave it alone. */
function plainCode(code: string): string {
  return code.replace(LANGUAGE, "$1").replace(RAW, "$1");
}

/** No generator has tags with such names: somebody has translated code. */
const NO_TAG = /\{%-?\s*(?=\P{ASCII})[^%{}`]*%\}/gu;
const LIQUID_REMARK = /\{%-?\s*comment\s*-?%\}(?:(?!\{%).)*\{%-?\s*endcomment\s*-?%\}/g;

function inlinePart(text: string, place: InlinePlace): string {
  const atEnd = place.isTitle ? CLASSES_AT_END : ATTRIBUTES_AT_END;
  // Indented lines may be code, in which templates are shown as they are.
  const actedOn = place.mayBeCode ? text : withoutActions(text);
  const plain = spacedDestinations(withoutMacros(actedOn))
    .replace(EXTENSION, extensionWords)
    .replace(LIQUID_REMARK, "")
    .replace(NO_TAG, "`$&`")
    .replace(/%%(?:(?!%%).)+%%/g, "")
    .replace(/\[([^[\]]+)\]\(#tab\/[^)]*\)/g, "$1")
    .replace(/(?<![=\w])==(?=\S)([^=\n]+?)(?<=\S)==(?!=)/g, "**$1**")
    .replace(/\s\^[A-Za-z][\w-]*\s*$/, "")
    .replace(/\{:[^}]*\}/g, "")
    .replace(/(?<!\s)\s*\{\{\s*site\.data\.alerts\.end\s*\}\}/g, "")
    .replace(ALERT, (_, kind: string) => `<b>${remark(kind)}:</b> `)
    .replace(BEHIND_A_LINK, "")
    .replace(atEnd, "")
    .replace(LOOK_OF_WIKI_JS, "")
    .replace(LOOK_AT_END, "")
    .replace(KEYS, keysInCode)
    .replace(BETWEEN_SENTENCES, "");
  const addressed = quotedAddresses(
    plain
      .replace(ADDRESS_TO_FILL, "$1")
      .replace(ADDRESS_WITH_NAME, "$1<$2>")
      .replace(ADDRESS_WITH_PART, (all) =>
        all
          .replace(/&amp;/g, "&")
          .replace(NUMBERED, (_, code) => String.fromCodePoint(Number(code))),
      ),
  );
  return withoutTags(namedValues(addressed, place));
}

/** Among words, what begins a remark in Jekyll: `<div>{{site.data.alerts.callout_info}}`. */
const ALERT =
  /\{\{\s*site\.data\.alerts\.(?:callout_)?(info|success|danger|note|tip|warning)\s*\}\}\s*/g;

/** `:::no-loc text="a.cs":::` and `:::image source="a.png" alt-text="A":::` of DocFX, among words. */
const EXTENSION = /:::\s*(no-loc|image)\s((?:"[^"]*"|[^":]|:(?!::))*):::/g;

function extensionWords(_all: string, name: string, words: string): string {
  const own = (key: string) => new RegExp(`(?:^|\\s)${key}="([^"]*)"`).exec(words)?.[1] ?? "";
  return name === "image" ? `![${own("alt-text")}](${own("source")})` : own("text");
}

/** `<https://a.example/{{version}}/b>` leads nowhere before it is filled in. */
const ADDRESS_TO_FILL = /<(https?:\/\/[^\s<>{}]*\{\{[^<>{}]*\}\}[^\s<>]*)>/g;
/** `https://a.example/&lt;name&gt;`: the parser takes the references for signs of the address. */
const ADDRESS_WITH_NAME = /(^|\s|\()(https?:\/\/[^\s<>()&"'`]*)(?=&lt;)/g;
/** `https://a.example/b?a=1&amp;b=2&#35;part`, of which the parser shows the references. */
const ADDRESS_WITH_PART = /(?:^|\s|\()https?:\/\/[^\s<>()"'`]*&(?:#\d{2,5}|amp);[^\s<>()"'`]*/g;
const NUMBERED = /&#(\d{2,5});/g;

/** `<a href=https://a.example/b>`: the parser takes a slash outside quotes for the end of the tag. */
function quotedAddresses(text: string): string {
  if (!/\s(?:href|src)=[^\s"'{<>]/.test(text)) return text;
  return text.replace(/<[a-zA-Z][\w-]*\s[^<>]*>/g, (tag) =>
    tag.replace(/(\s(?:href|src)=)([^\s"'{<>`]+?)["']?(?=\/?>|\s)/g, '$1"$2"'),
  );
}

/** What Go's templates do, and do not show: `{{ if .tls }}`, `{{- $x := 1 -}}`; `{{ .name }}` is shown. */
const ACTION =
  /\{\{[-~]?\s*(?:for\s+\$?\w+\s+in\s[^{}]*|(?:if|else if|range|with|define|block|template|errorf)\s+(?:[.$"(]|(?:and|eq|ge|gt|index|isset|le|len|lt|ne|not|or|partial|sort|where)\s|\w+\.)[^{}]*|\$\w+\s*:?=[^{}]*)\}\}/g;
/** `{{ end }}` may be a placeholder; it is none beside an action, with a dash or alone. */
const ACTION_ENDS = /\{\{[-~]?\s*(?:end|else)\s*[-~]?\}\}/g;

function withoutActions(text: string): string {
  if (!text.includes("{{")) return text;
  const plain = text.replace(ACTION, "");
  const isAction = plain !== text || /\{\{[-~]|[-~]\}\}/.test(text) || ACTION_ENDS_ONLY.test(text);
  return isAction ? plain.replace(ACTION_ENDS, " ") : plain;
}

const ACTION_ENDS_ONLY = /^\s*\{\{[-~]?\s*(?:end|else)\s*[-~]?\}\}\s*$/;

function headingAnchor(_: string, heading: string, attributes: string): string {
  const anchor = /#([\w:.\u00C0-\uFFFF-]+)/.exec(attributes)?.[1];
  return anchor === undefined ? heading : `${heading} {#${anchor}}`;
}
