/**
 * Components that lead somewhere: `<Link to="/a">the page</Link>`, `<Button href="https://a.example">Go</Button>`
 * -> links of Markdown, which show where.
 */

import { destination } from "./destinations.ts";
import { isRemark } from "./remarks.ts";
import { isCode, isTab, type SiteTag } from "./site-tag.ts";
import { attribute } from "./tag-attributes.ts";
import { wordsOfTag } from "./tag-words.ts";

const ATTRIBUTES = String.raw`((?:\s+[\w:-]+(?:=(?:"[^"<>]*"|'[^'<>]*'|\{[^{}<>]*\}))?){1,20})`;
/** Its words are on the same line, and no link, tag or picture themselves. */
const PAIR = new RegExp(
  String.raw`<([A-Z][\w.]{0,40})${ATTRIBUTES}\s*>([^<>[\]]{1,500})</\1\s*>`,
  "g",
);

/** A line in which such components are links; `title=` and the like name what they hold otherwise. */
export function withComponentLinks(line: string): string {
  if (!line.includes("</")) return line;
  return line.replace(PAIR, (all, name: string, words: string, body: string) => {
    const tag: SiteTag = {
      name: name.split(".").at(-1) ?? name,
      words: words.trim(),
      isClosing: false,
      isSelfClosing: false,
      syntax: "jsx",
    };
    return linkOfPair(tag, body) ?? all;
  });
}

/** The link that a component with these words is; undefined for any other. */
export function linkOfPair(tag: SiteTag, body: string): string | undefined {
  if (tag.syntax !== "jsx" || isTab(tag) || isCode(tag) || isRemark(tag.name)) return undefined;
  const target = ["to", "href", "url"]
    .map((name) => attribute(tag.words, name))
    .find((value) => value !== undefined && ADDRESS.test(value));
  const own = wordsOfTag(tag);
  const [, before = "", label = "", after = ""] = /^(\s*)([^[\]]*?)(\s*)$/.exec(body) ?? [];
  if (target === undefined || label === "" || (own !== "" && !own.startsWith("<")))
    return undefined;
  return `${before}[${label}](${destination(target)})${after}`;
}

/** A path, a part of a page or an address; `to={url}` is computed. */
const ADDRESS = /^(?:mailto:|[^\s{}]*[/#.])[^\s{}]*$/;
