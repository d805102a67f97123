/**
 * Where links lead on sites that compute it: `[x]({% link docs/a.md %})`, `![x]({{ "/a.png" | relative_url }})`
 * of Jekyll. What is computed is left out, what is written stays; with spaces in it, it would be no link.
 */

/** What Liquid puts into a destination: `{{ value }}`, and `{% tag %}` that may hold values. */
const COMPUTED = String.raw`\{\{[^{}]*\}\}|\{%(?:[^%{}]|\{\{[^{}]*\}\})*%\}`;
const DESTINATION = String.raw`((?:[^(){}\s"<>]|${COMPUTED})*)`;

/** A link's or image's, a definition's, and those of HTML's attributes. */
const PLACES = [
  new RegExp(String.raw`(\]\()\s*<?${DESTINATION}>?((?:\s+"[^"\n]*")?\s*\))`, "g"),
  new RegExp(String.raw`^(\s{0,3}\[[^\]\n]+\]:\s*)<?${DESTINATION}>?((?:\s+"[^"\n]*")?\s*)$`, "g"),
];
const ATTRIBUTE = new RegExp(
  String.raw`(\s(?:href|src)=)(?:"((?:[^"{}]|${COMPUTED})*)"|'((?:[^'{}]|${COMPUTED})*)')`,
  "g",
);

const ADDRESS = String.raw`\(((?:[^(){}]|${COMPUTED})*)\)`;
/** A condition chooses where the link leads: `[x]{% if a %}(#b){% else %}(c.md){% endif %}`. */
const CHOSEN = new RegExp(
  String.raw`\]\{%-?\s*if\s[^%{}]*%\}(?:${ADDRESS}\{%-?\s*els(?:e|if)\b[^%{}]*%\})*${ADDRESS}\{%-?\s*endif\s*-?%\}`,
  "g",
);
/** A space before an address with a value in it is its author's slip; not in code. */
const APART = /(`+)[^`]*\1|\] (?=\(\{\{[^{}]*\}\}[^\s(){}]*\))/g;

/** The line in which such addresses stand right behind the words that lead there. */
export function withNearAddresses(line: string): string {
  if (!line.includes("] ({{")) return line;
  return line.replace(APART, (found, mark?: string) => (mark === undefined ? "]" : found));
}

/** Logseq, Obsidian and exports of wikis leave the spaces in a file's name. */
const SPACED = /(\]\()([^\s()<>"'{}][^()<>"'{}\n]* [^()<>"'{}\n]*\.\w{1,8}(?:#[^\s()]*)?)(\))/g;

/** Words outside code, with such names in angle brackets. */
export function spacedDestinations(text: string): string {
  return text.includes("](") ? text.replace(SPACED, "$1<$2>$3") : text;
}

/** An address or a file's name as a link's destination, which may have blanks and brackets. */
export function destination(path: string): string {
  return /[\s()<>]/.test(path) ? `<${path.replace(/[<>]/g, "")}>` : path;
}

/** The line with destinations that any reader of Markdown takes for some. */
export function plainDestinations(line: string): string {
  if (!/\{[{%]/.test(line)) return line;
  const linked = line.replace(CHOSEN, (_, _first, last: string) => `](${last})`);
  const inMarkdown = PLACES.reduce(
    (text, place) =>
      text.replace(place, (_, before: string, written: string, after: string) => {
        const address = withoutComputed(written);
        return `${before}${/\s/.test(address) ? `<${address}>` : address}${after}`;
      }),
    linked,
  );
  return inMarkdown.replace(
    ATTRIBUTE,
    (_, before: string, double?: string, single?: string) =>
      `${before}"${withoutComputed(double ?? single ?? "").replace(/"/g, "")}"`,
  );
}

/** `{{< relref "/a/b.md" >}}` of Hugo, also with a name: `{{< ref path="a" lang="de" >}}`. */
const REFERENCE = /\{\{[<%]\s*(?:rel)?ref(?:\s+|(?=["']))(?:path=)?["']?([^\s"'{}<>%]+)[^{}]*\}\}/g;

/** `{{site.url}}{{site.baseurl}}/a`: what follows the address of the site begins at its root. */
const OF_THE_SITE = /^(?:\{\{[-<%]?\s*[\w.]*(?:base|host|root|url)\w*\s*[->%]?\}\}){1,5}\//i;

/** What stands there in quotes, or as the argument of a tag; what a variable holds is not known. */
function withoutComputed(written: string): string {
  return written
    .replace(REFERENCE, "$1")
    .replace(OF_THE_SITE, "/")
    .replace(/\{\{-?\s*(?:["']([^"'{}]*)["'][^{}]*)?[^{}]*\}\}\/?/g, "$1")
    .replace(/\{%-?\s*[\w-]+\s+((?:[^%{}])*?)\s*-?%\}/g, (_, path: string) =>
      path.replace(/^["']|["']$/g, ""),
    );
}
