/** Lines of tags: remarks, tabs, code and cards of MDX, Hugo, Jekyll and GitBook in plain Markdown. */

import { inlineText } from "./inline.ts";
import { NOTHING, type SiteLine } from "./line.ts";
import { attribute } from "./tag-attributes.ts";
import { lastTagAlone, type SiteTagPair, tagAlone, tagPair } from "./tag-lines.ts";
import {
  codeTitleOfTag,
  fieldOfTag,
  isCode,
  isComment,
  isTab,
  languageOfTag,
  moreWordsOfTag,
  remarkOfTag,
  type SiteTag,
  tabTitle,
  tagEnd,
  wordsOfTag,
} from "./tags.ts";

/** A tag on a line of its own, or a pair of them with words between; undefined for any other line. */
export function tagLine(line: string): SiteLine | undefined {
  const tag = tagAlone(line);
  if (tag !== undefined) return aloneLine(tag);
  const last = lastTagAlone(line);
  if (last !== undefined) return aloneLine(last);
  const pair = tagPair(line);
  return pair === undefined ? undefined : { text: pairText(pair) };
}

function aloneLine(tag: SiteTag): SiteLine {
  if (tag.isClosing) return NOTHING;
  const isOpen = !tag.isSelfClosing;
  if (isComment(tag)) return { text: "", until: { kind: "comment", end: tagEnd(tag) } };
  if (isCode(tag) && isOpen) {
    const until = { kind: "code", end: tagEnd(tag) } as const;
    return { text: `\`\`\`${languageOfTag(tag)}${codeTitleOfTag(tag)}`, until };
  }
  if (isTab(tag) && isOpen) return { tab: tabTitle(tag) };
  const label = remarkOfTag(tag) ?? fieldOfTag(tag);
  if (label !== undefined) {
    const more = tag.syntax === "jsx" ? moreWordsOfTag(tag) : [];
    return more.length === 0 ? { label } : { text: `**${label}:** ${more.join(" ")}` };
  }
  const words = wordsOfTag(tag);
  // A component that holds something names it by its title.
  return tag.syntax === "jsx" && isOpen && words !== "" ? { label: words } : { text: words };
}

function pairText({ tag, body }: SiteTagPair): string {
  if (isComment(tag)) return "";
  if (isCode(tag)) {
    const name = attribute(tag.words, "title");
    return name === undefined ? `\`${body}\`` : `**${name}:** \`${body}\``;
  }
  const text = inlineText(body);
  const words = tag.syntax === "jsx" ? wordsOfTag(tag) : "";
  const title = isTab(tag)
    ? tabTitle(tag)
    : (remarkOfTag(tag) ?? (words === "" ? undefined : words));
  return title === undefined ? text : `**${title}:** ${text}`;
}
