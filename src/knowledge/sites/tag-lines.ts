/** Lines that tags of site generators are all of: one, a pair with its body, or several behind each other. */

import { isCode, isTab, SITE_SYNTAXES, type SiteTag, siteTagOf, tagEnd } from "./site-tag.ts";

/** A tag, its body and its end, all on one line. */
export interface SiteTagPair {
  readonly tag: SiteTag;
  readonly body: string;
}

/** The tag that is all of a line. */
export function tagAlone(line: string): SiteTag | undefined {
  const text = line.trim();
  for (const [syntax, pattern] of SITE_SYNTAXES) {
    const match = pattern.exec(text);
    if (match !== null && match[0] === text) return siteTagOf(match, syntax);
  }
  return undefined;
}

/** The pair that is all of a line. */
export function tagPair(line: string): SiteTagPair | undefined {
  const text = line.trim();
  for (const [syntax, pattern] of SITE_SYNTAXES) {
    const match = pattern.exec(text);
    if (match === null || match.index !== 0) continue;
    const tag = siteTagOf(match, syntax);
    if (tag === undefined || tag.isClosing || tag.isSelfClosing) return undefined;
    const rest = text.slice(match[0].length);
    const end = tagEnd(tag).exec(rest);
    return end === null || end.index + end[0].length !== rest.length
      ? undefined
      : { tag, body: rest.slice(0, end.index).trim() };
  }
  return undefined;
}

/** A longer line of tags is none that people write. */
const LONGEST = 2_000;
/** Each from a place on, so that a line of a thousand tags is read once. */
const STICKY = SITE_SYNTAXES.map(
  ([syntax, pattern]) => [syntax, new RegExp(pattern, "y")] as const,
);

/** The tab or the code that begins behind other tags of its line: `{{% /tab %}} {{% tab "Linux" %}}`. */
export function lastTagAlone(line: string): SiteTag | undefined {
  const text = line.trim();
  if (text.length > LONGEST || !/^(?:\{[{%]|<)/.test(text)) return undefined;
  let last: SiteTag | undefined;
  for (let at = 0; at < text.length; ) {
    if (text[at] === " ") {
      at += 1;
      continue;
    }
    const found = tagAt(text, at);
    if (found === undefined) return undefined;
    [last, at] = found;
  }
  if (last === undefined || last.isClosing || last.isSelfClosing) return undefined;
  return isTab(last) || isCode(last) ? last : undefined;
}

/** The tag that a line begins with, and whose body goes on below: `<Note>Take care` and its end in a later line. */
export function tagBefore(line: string): SiteTagPair | undefined {
  const text = line.trim();
  const [tag, end] = /^(?:\{[{%]|<)/.test(text) ? (tagAt(text, 0) ?? []) : [];
  if (tag === undefined || end === undefined || tag.isClosing || tag.isSelfClosing)
    return undefined;
  const body = text.slice(end).trim();
  // Blocks begin at the left of a line.
  if (body === "" || /^(?:`{3}|~{3}|#|>|[-*+]\s|\d+[.)]\s|\||[<{])/.test(body)) return undefined;
  return tagEnd(tag).test(body) ? undefined : { tag, body };
}

/** The tag that begins there, and where it ends. */
function tagAt(text: string, from: number): [tag: SiteTag, end: number] | undefined {
  for (const [syntax, pattern] of STICKY) {
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    const tag = match === null ? undefined : siteTagOf(match, syntax);
    if (match !== null && tag !== undefined) return [tag, from + match[0].length];
  }
  return undefined;
}
