/**
 * What a site's generator fills in among words, `{{ site.data.products.cloud | upcase }}` of Liquid and
 * `{{{ .cloud }}}` of documentation sites. Its value is not in the page: the name stands there, as code.
 * `{{ $labels.instance }}` and `{{ .Value }}` are text that a page shows as it is.
 */

/** Objects of Jekyll; what else has dots may be meant as it is written, and keeps its braces. */
const ROOT = /^(?:site|page|layout|include|theme|jekyll|forloop|paginator)\b/;
const PATH = String.raw`[a-z_]\w*(?:\.[\w-]+|\[["'][^"'\[\]{}]*["']\])+`;
/** No name of a filter repeats the sign before it, so this looks at each sign once. */
const FILTERS = String.raw`(?:\|[^{}]*)?`;
const VALUE = new RegExp(
  String.raw`\{\{\{\s*\.?([\w-]+(?:\.[\w-]+)*)\s*\}\}\}|(?<!\{)\{\{-?\s*(?:"([^"{}]*)"|'([^'{}]*)'|(${PATH}))\s*${FILTERS}-?\}\}(?!\})`,
  "gi",
);

/** Words outside code, with the names of such values; a text in quotes stands for itself. */
export function namedValues(text: string): string {
  if (!text.includes("{{")) return text;
  const mayBeCode = /^(?: {4}|\t)/.test(text);
  const named = pathNames(text, mayBeCode);
  return mayBeCode ? named : placeholders(named);
}

function pathNames(text: string, mayBeCode: boolean): string {
  return text.replace(
    VALUE,
    (written: string, triple?: string, double?: string, single?: string, path?: string) => {
      if (mayBeCode && !ROOT.test(path ?? "")) return written;
      const literal = double ?? single;
      if (literal !== undefined) return literal;
      if (triple !== undefined) return asCode(triple);
      return ROOT.test(path ?? "") || written.includes("|") ? asCode(path ?? "") : `\`${written}\``;
    },
  );
}

/** The last part says what it is: `page.version.name`, `site.versions["stable"]`. */
function asCode(path: string): string {
  const last = path.split(/[.[\]"']+/).findLast((part) => part !== "");
  return `\`${last ?? path}\``;
}

const NAME = String.raw`\{\{-?\s*[a-z"'(][^{}<>\x60|\n]{0,80}(?:\|[^{}<>\x60\n]{0,200})?-?\}\}`;
/** What stands right behind a name belongs to it, as in `{{host}}/v1?id={{id}}`, but for a sentence's signs. */
const TAIL = String.raw`(?:[\w/?&%@+=~#-]|[.:,](?=[\w/{])|${NAME})*`;
/** In a tag or an address it is no text of the page. */
const PLACEHOLDER = new RegExp(
  String.raw`(<[a-z/!][^<>]*>|\{%(?:[^%{]|%(?!\})|\{(?!%))*%\}|\]\([^()\s]*\)|\x60+[^\x60]*\x60+|(?<=\w)=\{\{\s*["'\w-]+\s*:)|(?<!\{)${NAME}(?!\})${TAIL}`,
  "gi",
);
const HEAD = /(?:[\w:/.?&%@+~#-]|(?<=\w)=)*$/;
const LONGEST_HEAD = 200;

/**
 * `{{chart_version}}` and `{{YOUR HOST}}` are filled in by a site or by the reader: as code they are seen to
 * be names. A title has no code, so it has the name alone.
 */
function placeholders(text: string): string {
  const isTitle = /^#{1,6}\s/.test(text);
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

const SETS = /\{%-?\s*(?:assign|capture|for)\s+(\w+)/g;

/** Names what Liquid fills in from the page itself, `{% assign x = … %}`; other braces may be text. */
export function ownValues(lines: readonly string[]): (line: string) => string {
  const names = new Set(
    lines.flatMap((line) => Array.from(line.matchAll(SETS), ([, name = ""]) => name)),
  );
  if (names.size === 0) return (line) => line;
  // What stands in code, in a tag or in an address stays for those who read these.
  const value = /(`+[^`]*`+|\{%[^%]*%\}|\]\([^()\s]*)|\{\{-?\s*(\w+)\s*(?:\|[^{}]*)?\}\}/g;
  return (line) =>
    line.includes("{{")
      ? line.replace(value, (written, kept?: string, name = "") =>
          kept === undefined && names.has(name) ? `\`${name}\`` : written,
        )
      : line;
}
