/**
 * What a site's generator fills in among words, `{{ site.data.products.cloud | upcase }}` of Liquid and
 * `{{{ .cloud }}}` of documentation sites. Its value is not in the page: the name stands there, as code.
 * `{{ $labels.instance }}` and `{{ .Value }}` are text that a page shows as it is.
 */

import { endsFence, type Fence, fenceOf } from "../lines/fences.ts";

/** Objects of Jekyll; what else has dots may be meant as it is written, and keeps its braces. */
const ROOT = /^(?:site|page|layout|include|theme|jekyll|forloop|paginator)\b/;
const PATH = String.raw`[a-z_]\w*(?:\.[\w-]+|\[["'][^"'\[\]{}]*["']\])+`;
/** No name of a filter repeats the sign before it, so this looks at each sign once; one may be given an object. */
const FILTERS = String.raw`(?:\|(?:[^{}]|\{[^{}]*\})*)?`;
const VALUE = new RegExp(
  String.raw`\{\{\{\s*\.?([\w-]+(?:\.[\w-]+)*)\s*\}\}\}|(?<!\{)\{\{-?\s*(?:(?:"((?:[^"{}]|\{\})*)"|'((?:[^'{}]|\{\})*)')(?:\.\w+\([^{}()]*\))*|(${PATH}))\s*${FILTERS}-?\}\}(?!\})`,
  "gi",
);

/** A converter has escaped it: right behind a backslash, no code would begin. */
const ESCAPED = /\\\{\{([^{}\n]{0,200}?)\\?\}\}/g;

/** How templates write braces that they must not read: `{{ "{{" }} id {{ "}}" }}`, `{{"{{id"}}}}`. */
const BRACES = /\{\{-?\s*(["'])(\{\{[^"'{}]*(?:\}\})?|[^"'{}]*\}\})\1\s*-?\}\}/g;

/** Words outside code, with the names of such values; a text in quotes stands for itself. */
export function namedValues(given: string, place: InlinePlace): string {
  if (!given.includes("{{")) return given;
  const written = place.mayBeCode ? given : given.replace(BRACES, "$2");
  const text = written.includes("\\{{")
    ? written.replace(ESCAPED, (_, words: string) => `{{${words.replace(/\\_/g, "_")}}}`)
    : written;
  const named = pathNames(text, place);
  return place.mayBeCode ? named : placeholders(named, place.isTitle);
}

/** A value of the site or a parameter, right before a word that its author forgot to part from it. */
const VALUE_BEFORE_WORD =
  /(`+)[^`]*\1|(?:\{\{-?\s*site\.(?!data\.alerts\.)[\w.-]+\s*-?\}\}|\{\{[<%]\s*param\s[^{}<>%]*[>%]\}\})(?=\p{L}{3})/gu;

/** The line with such words apart, but in code. */
export function withWordsApart(line: string): string {
  if (!/\}\}\p{L}{3}/u.test(line)) return line;
  return line.replace(VALUE_BEFORE_WORD, (found, mark?: string) =>
    mark === undefined ? `${found} ` : found,
  );
}

/** What the line is that words stand in, whatever stands before them there. */
export interface InlinePlace {
  readonly isTitle: boolean;
  /** It is indented as far as code. */
  readonly mayBeCode: boolean;
}

const IN_ADDRESS = /(?:^|\s)https?:\/\/[^\s()<>]*$/;

function pathNames(text: string, { mayBeCode, isTitle }: InlinePlace): string {
  return text.replace(
    VALUE,
    (written: string, ...found: [string?, string?, string?, string?, number?]) => {
      const [triple, double, single, path = "", at = 0] = found;
      if (mayBeCode && !ROOT.test(path)) return written;
      const literal = double ?? single;
      if (literal !== undefined) return literal;
      if (triple !== undefined) return asCode(triple);
      if (isTitle) return asCode(path);
      // What stands around it is a part of the same code, and an address would lead elsewhere.
      const isWithin = IN_ADDRESS.test(text.slice(Math.max(0, at - LONGEST_HEAD), at));
      return !isWithin && (ROOT.test(path) || written.includes("|")) ? asCode(path) : written;
    },
  );
}

/** The last part says what it is: `page.version.name`, `site.versions["stable"]`. */
function asCode(path: string): string {
  const last = path.split(/[.[\]"']+/).findLast((part) => part !== "");
  return `\`${last ?? path}\``;
}

const NAME = String.raw`\{\{-?\s*(?:\[\[(?=[\p{L}\s]+\]\]\}))?[\p{L}"'(>](?:"[^"{}\x60\n]{0,40}[{}][^"\x60\n]{0,40}"|[^{}<>\x60|\n]){0,80}(?:\|[^{}<>\x60\n]{0,200})?-?\}\}`;
/** What stands right behind a name belongs to it, as in `{{host}}/v1?id={{id}}`, but for a sentence's signs. */
const TAIL = String.raw`(?:[\w/?&%@+=~#-]|[.:,](?=[\w/{])|${NAME})*`;
/** In a tag or an address it is no text of the page. */
const PLACEHOLDER = new RegExp(
  String.raw`(<[a-z/!][^<>]*>|\{%(?:[^%{]|%(?!\})|\{(?!%))*%\}|\]\([^()\s]*\)|\x60+[^\x60]*\x60+|(?<=\w)=\{\{\s*["'\w-]+\s*:)|(?<!\{)${NAME}(?!\})${TAIL}`,
  "giu",
);
const HEAD = /(?:[\w:/.?&%@+~#-]|(?<=\w)=)*$/;
const LONGEST_HEAD = 200;

/**
 * `{{chart_version}}` and `{{YOUR HOST}}` are filled in by a site or by the reader: as code they are seen to
 * be names. A title has no code, so it has the name alone.
 */
function placeholders(text: string, isTitle: boolean): string {
  let plain = "";
  let from = 0;
  for (const { 0: found, 1: kept, index } of text.matchAll(PLACEHOLDER)) {
    if (kept !== undefined) continue;
    const before = text.slice(Math.max(from, index - LONGEST_HEAD), index);
    const isName = isTitle || found.includes("|");
    const head = isName ? "" : (HEAD.exec(before)?.[0] ?? "").replace(/^_+/, "");
    plain += text.slice(from, index - head.length);
    plain += isName ? withoutBraces(found) : `\`${head}${found}\``;
    from = index + found.length;
  }
  return plain + text.slice(from);
}

function withoutBraces(found: string): string {
  return found.replace(/\{\{-?\s*([^{}|]*?)\s*(?:\|[^{}]*)?\}\}/g, "`$1`");
}

/** Tags that only Liquid and its likes have; GitBook and Hugo show braces as they stand. */
const LIQUID =
  /\{%-?\s*(?:assign|capture|case|for|if|unless|link|post_url|set|include_(?:cached|relative)|include\s+[\w/.-]+\.\w)\b/;

const TEMPLATE = String.raw`\{\{[^{}]*\}\}|\{%(?:[^%{}]|\{\{[^{}]*\}\})*%\}`;
/** A tag of HTML or an attribute; what stays for those who read it, code, tags, addresses and what is shown as it is; a value, and no remark. */
const OWN_VALUE = new RegExp(
  [
    `(<[a-zA-Z](?:${TEMPLATE}|[^<>{}])*>|[\\w-]="(?:${TEMPLATE}|[^"{}])*")`,
    String.raw`(\`+[^\`]*\`+|\{%-?\s*raw\s*-?%\}(?:(?!\{%-?\s*(?:end)?raw\b).)*\{%-?\s*endraw\s*-?%\}|\{%(?:[^%{}]|\{\{[^{}]*\}\})*%\}|\]\((?:${TEMPLATE}|[^()\s{}])*)`,
    String.raw`(?<!\{)\{\{-?\s*(?!site\.data\.alerts\.)([a-z_][\w-]*(?:\.[\w-]+|\[[^[\]{}]*\])*)\s*(?:\|[^{}]*)?-?\}\}(?!\})`,
  ].join("|"),
  "gi",
);
/** Within a tag nobody reads them; a text in quotes stands for itself, and a folder goes with its name. */
const IN_TAG = /\{\{-?\s*(?:"([^"{}]*)"|'([^'{}]*)')?[^{}]*\}\}\/?/g;
const RAW = /\{%-?\s*(end)?raw\s*-?%\}/g;

/** Names what Liquid fills in on a page that has its tags, `{{ x }}` and `{{ item.name }}`; elsewhere braces may be text. */
export function ownValues(lines: readonly string[]): (line: string) => string {
  if (!hasLiquid(lines)) return (line) => line;
  let isRaw = false;
  return (line) => {
    const wasRaw = isRaw;
    for (const [, end] of line.matchAll(RAW)) isRaw = end === undefined;
    if (wasRaw || !line.includes("{{") || DEFINITION.test(line)) return line;
    return line.replace(OWN_VALUE, (...found: (string | number | undefined)[]) => {
      const [written = "", tag, kept, path, at] = found;
      if (tag !== undefined) return String(tag).replace(IN_TAG, "$1$2");
      if (kept !== undefined) return String(written);
      // Two spans of code right behind each other would be none.
      return `${line.slice(0, Number(at)).endsWith("}}") ? " " : ""}${asCode(String(path))}`;
    });
  };
}

const DEFINITION = /^\s*\[[^\]]+\]:\s/;

function hasLiquid(lines: readonly string[]): boolean {
  let fence: Fence | undefined;
  return lines.some((line) => {
    const isCode = fence !== undefined;
    if (fence !== undefined) fence = endsFence(line, fence) ? undefined : fence;
    else fence = fenceOf(line);
    return !isCode && line.includes("{%") && LIQUID.test(line.replace(/`+[^`]*`+/g, ""));
  });
}
