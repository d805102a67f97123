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
