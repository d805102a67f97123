/** Lines of tags: remarks, tabs, code and cards of MDX, Hugo, Jekyll and GitBook in plain Markdown. */

import { labelLine } from "../markdown/remarks.ts";
import { linkOfPair } from "./component-links.ts";
import { inlineText } from "./inline.ts";
import { NOTHING, type SiteLine } from "./line.ts";
import { isCode, isComment, isNote, isTab, type SiteTag, tagEnd } from "./site-tag.ts";
import { attribute } from "./tag-attributes.ts";
import { lastTagAlone, type SiteTagPair, tagAlone, tagBefore, tagPair } from "./tag-lines.ts";
import { codeTitleOfTag, fieldOfTag, languageOfTag, remarkOfTag, tabTitle } from "./tag-titles.ts";
import { linkOfTag, moreWordsOfTag, wordsOfTag } from "./tag-words.ts";

/** A tag on a line of its own, or a pair of them with words between; undefined for any other line. */
export function tagLine(line: string): SiteLine | undefined {
  const tag = tagAlone(line);
  if (tag !== undefined) return aloneLine(tag);
  const last = lastTagAlone(line);
  if (last !== undefined) return aloneLine(last);
  const pair = tagPair(line);
  return pair === undefined ? remarkBefore(line) : { text: pairText(pair) };
}

/** What kind of remark begins there, before its first words; an item or a quote may begin with it, too. */
function remarkBefore(line: string): SiteLine | undefined {
  const marks = MARKS.exec(line)?.[0] ?? "";
  const rest = line.slice(marks.length);
  const alone = marks === "" ? undefined : tagAlone(rest);
  const pair = marks === "" ? undefined : tagPair(rest);
  const { tag = alone, body = "" } = pair ?? tagBefore(rest) ?? {};
  if (tag === undefined || tag.isClosing || !(tag.syntax === "jsx" || isNote(tag)))
    return undefined;
  const label = remarkOfTag(tag);
  if (label === undefined) return undefined;
  return { text: marks + (body === "" ? labelLine(label) : `**${label}:** ${inlineText(body)}`) };
}

const MARKS = /^\s*(?:(?:>|[-*+]|\d{1,9}[.)])\s+)+/;

function aloneLine(tag: SiteTag): SiteLine {
  if (tag.isClosing) return NOTHING;
  const isOpen = !tag.isSelfClosing;
  if (isComment(tag)) return { text: "", until: { kind: "comment", end: tagEnd(tag) } };
  if (isCode(tag) && isOpen) {
    const until = { kind: "code", end: tagEnd(tag), words: wordsOfTag(tag) } as const;
    return { text: `\`\`\`${languageOfTag(tag)}${codeTitleOfTag(tag)}`, until };
  }
  if (isTab(tag) && isOpen) return { tab: tabTitle(tag) };
  if (isTab(tag)) return { text: `**${tabTitle(tag)}:** ${wordsOfTag(tag)}` };
  const label = remarkOfTag(tag) ?? fieldOfTag(tag);
  if (label !== undefined) {
    const more = tag.syntax === "jsx" ? moreWordsOfTag(tag) : [];
    return more.length === 0 ? { label } : { text: `**${label}:** ${more.join(" ")}` };
  }
  const words = wordsOfTag(tag);
  // A component that holds something names it by its title.
  return tag.syntax === "jsx" && isOpen && words !== "" ? { label: words } : { text: words };
}

const LEADS = /(?:Card|Button|Link|Tile)$/;

function pairText({ tag, body }: SiteTagPair): string {
  if (isComment(tag)) return "";
  if (isCode(tag)) {
    const name = attribute(tag.words, "title");
    return name === undefined ? `\`${body}\`` : `**${name}:** \`${body}\``;
  }
  const text = inlineText(body);
  const linked = linkOfPair(tag, text);
  if (linked !== undefined) return linked;
  const words = tag.syntax === "liquid" ? "" : wordsOfTag(tag);
  const title = isTab(tag)
    ? tabTitle(tag)
    : (remarkOfTag(tag) ?? (words === "" ? undefined : words));
  if (title !== undefined) return `**${title}:** ${text}`;
  // Around words that lead nowhere themselves, a card's address is theirs.
  return tag.syntax === "jsx" && LEADS.test(tag.name) && !/[[<\n]/.test(text)
    ? linkOfTag(tag, text)
    : text;
}
