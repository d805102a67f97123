/** Links of wikis, `[[page#heading|label]]`, as Markdown's own. */

import { slug } from "github-slugger";
import { destination } from "./destinations.ts";
import { typedKeys } from "./keys.ts";

/** `[[Page#Heading|label]]` and `![[image.png]]`; `{{[[DONE]]}}`, `[[1]](address)`, `[[ -f x ]]` and types of .NET are none. */
const WIKI_LINK =
  /(?<!\{\{)(!?)\[\[(?!\s|\d+\]\]|[^\][]*, Version=)([^\][|#\\]*)(#[^\]|\\]*)?(?:\\?\|([^\]]{1,500}))?\]\](?!\[(?!\[|[^\][\n]*\]\()|\([^()\s]*[/.#:][^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s+"[^"]*")?\))/g;

const IMAGE = /\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$/i;

/** The text with such links as Markdown's. A heading's name may be code, which stands in `codes`, by its number. */
export function wikiLinks(text: string, codes: readonly string[]): string {
  if (!text.includes("[[")) return text;
  return namedLinks(text.replace(LINK_TO_FILL, "$1"), codes);
}

/** `[[{{ user }}.tasks]]` leads nowhere before it is filled in. */
const LINK_TO_FILL = /(?<!\[)\[\[(\{\{[^{}[\]]*(?:\{[^{}[\]]*\}[^{}[\]]*)*\}\}[^[\]]*)\]\](?!\])/g;

function namedLinks(text: string, codes: readonly string[]): string {
  const named = (words: string): string =>
    words.replace(/\0(\d+)\0/g, (_, at) => (codes[Number(at)] ?? "").replace(/`/g, ""));
  return text.replace(WIKI_LINK, (...found) => {
    const [, mark, page, headings = "", label] = found as unknown as WikiLink;
    return wikiLink(["", mark, named(page), named(headings), label]);
  });
}

type WikiLink = [
  whole: string,
  mark: string,
  page: string,
  headings: string | undefined,
  label: string | undefined,
];

/** The same as Markdown's link, so that it shows where it leads. */
function wikiLink([, mark, page, headings = "", label]: WikiLink): string {
  const name = page.trim();
  const keys = mark === "" && headings === "" && label === undefined ? typedKeys(name) : undefined;
  if (keys !== undefined) return keys;
  // Gollum and Dendron write the words first.
  if (/^[a-z][a-z\d+.-]*:\/\/\S+$/i.test(label ?? "")) {
    return `[${name}${headings}](${destination(label ?? "")})`;
  }
  const size = label !== undefined && /^\d+(?:x\d+)?$/.test(label);
  if (mark === "!" && IMAGE.test(name)) {
    return `![${size ? name : (label ?? name)}](${destination(name)})`;
  }
  const path = headings.split("#").filter((heading) => heading !== "");
  const own = [name, ...path].filter((part) => part !== "").join(" > ");
  // `[[C#]]` names a page as its author calls it.
  const words = label?.trim() ?? (headings === "#" ? `${own}#` : own);
  const last = path.at(-1) ?? "";
  const anchor = last === "" || last.startsWith("^") ? "" : `#${slug(last)}`;
  if (name === "") return anchor === "" ? words : `[${words}](${anchor})`;
  const file = /\.\w{1,8}$/.test(name) ? name : `${name}.md`;
  return `[${words}](${destination(file + anchor)})`;
}
