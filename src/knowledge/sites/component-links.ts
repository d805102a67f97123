/**
 * Components that lead somewhere: `<Link to="/a">the page</Link>`, `<Button href="https://a.example">Go</Button>`
 * -> links of Markdown, which show where.
 */

import { linesOfFences } from "../lines/fences.ts";
import { mayBeIndentedCode } from "../lines/indentation.ts";
import { isRemark } from "../markdown/remarks.ts";
import { destination } from "./destinations.ts";
import { isCode, isTab, type SiteTag } from "./site-tag.ts";
import { attribute } from "./tag-attributes.ts";
import { PAGES, wordsOfTag } from "./tag-words.ts";

const ATTRIBUTES = String.raw`((?:\s+[\w:-]+(?:=(?:"[^"<>]*"|'[^'<>]*'|\{[^{}<>]*\}))?){1,20})`;
/** Its words are on the same line, and no link, tag or picture themselves. */
const PAIR = new RegExp(
  String.raw`<([A-Z][\w.]{0,40})${ATTRIBUTES}\s*>([^<>[\]]{1,500})</\1\s*>`,
  "g",
);

const OPENS = new RegExp(String.raw`^<([A-Z][\w.]{0,40})${ATTRIBUTES}\s*>\s*$`);
/** Its attributes may have stood in empty lines. */
const MOST_LINES = 20;

/** Such components whose words stand in lines of their own; as many lines as before. */
export function linksOverLines(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => OPENS.test(line.slice(Math.max(0, line.lastIndexOf("<"))))))
    return lines;
  const isCode = linesOfFences(lines);
  const plain = [...lines];
  for (const [at, line] of lines.entries()) {
    const from = line.lastIndexOf("<");
    const [, name = "", words = ""] = from < 0 ? [] : (OPENS.exec(line.slice(from)) ?? []);
    if (name === "" || isCode[at] === true || mayBeIndentedCode(line)) continue;
    const below = lines.slice(at + 1, at + MOST_LINES);
    const ending = `</${name}>`;
    const end = below.findIndex((each) => each.trimStart().startsWith(ending));
    const first = below.findIndex((each) => each.trim() !== "");
    if (first < 0 || end <= first) continue;
    const body = below.slice(first, end);
    const link = linkOfPair(componentOf(name, words), body.join(" "));
    if (link === undefined || body.some((each) => !IS_WORDS.test(each))) continue;
    const rows = [...body];
    const { length } = ITS_ITEM.exec(line)?.[0] ?? "";
    rows[0] = `${" ".repeat(length)}[${body[0]?.trimStart()}`;
    rows.push(`${rows.pop()?.trimEnd()}${link.slice(link.lastIndexOf("]("))}`);
    const rest = below[end]?.trimStart().slice(ending.length) ?? "";
    plain.splice(at, end + 2, line.slice(0, from), ...below.slice(0, first), ...rows, rest);
  }
  return plain;
}

/** As far as this, what stands below is of the same item. */
const ITS_ITEM = /^\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?/;

/** Neither a block of its own nor a tag. */
const IS_WORDS = /^\s*(?!(?:[-*+]|\d{1,9}[.)]|#{1,6})\s|[>|]|`{3})[^<>\s][^<>]*$/;

/** A line in which such components are links; `title=` and the like name what they hold otherwise. */
export function withComponentLinks(line: string): string {
  const ofComponents = line.includes("</")
    ? line.replace(
        PAIR,
        (all, name: string, words: string, body: string) =>
          linkOfPair(componentOf(name, words), body) ?? all,
      )
    : line;
  if (!ofComponents.includes("{{")) return ofComponents;
  return ofComponents.replace(SHORTCODE_PAIR, (all, name: string, words: string, body: string) => {
    const tag = { ...componentOf(name, words), syntax: "shortcode" } as const;
    return linkOfPair(tag, body) ?? all;
  });
}

/** `{{< button href="/a" >}}Go{{< /button >}}` of Hugo. */
const SHORTCODE_PAIR =
  /\{\{[<%] ?([\w./-]{1,40}) ((?:[^<>{}"]|"[^"]*"){1,300}?) ?[>%]\}\}([^{}<>[\]]{1,500})\{\{[<%] ?\/ ?\1 ?[>%]\}\}/g;

function componentOf(name: string, words: string): SiteTag {
  return {
    name: name.split(/[./]/).at(-1) ?? name,
    words: words.trim(),
    isClosing: false,
    isSelfClosing: false,
    syntax: "jsx",
  };
}

/** The link that a component with these words is; undefined for any other. */
export function linkOfPair(tag: SiteTag, body: string): string | undefined {
  if (tag.syntax === "liquid" || isTab(tag) || isCode(tag) || isRemark(tag.name)) return undefined;
  const target = [...LEADS_TO, ...(tag.syntax === "shortcode" ? PAGES : [])]
    .map((name) => attribute(tag.words, name))
    .find((value) => value !== undefined && ADDRESS.test(value));
  // A page is where it leads, and not what it is called.
  const own = wordsOfTag({ ...tag, words: tag.words.replace(/\b(?:page|relref|ref)="[^"]*"/, "") });
  const label = body.trim();
  if (target === undefined || label === "" || /[[\]]/.test(label)) return undefined;
  if (own !== "" && !own.startsWith("<")) return undefined;
  const at = body.indexOf(label);
  const link = `[${label}](${destination(target)})`;
  return body.slice(0, at) + link + body.slice(at + label.length);
}

const LEADS_TO = ["to", "href", "url", "link"];

/** A path, a part of a page or an address; `to={url}` is computed. */
const ADDRESS = /^(?:mailto:|[^\s{}]*[/#.])[^\s{}]*$/;
