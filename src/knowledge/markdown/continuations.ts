/**
 * Where the section of a heading goes on behind others below it, such as text behind a set of tabs, whose names are
 * headings. Markdown has no sign for that, so a remark of HTML says it.
 */

import type { RootContent } from "mdast";

const MARK = /^<!--:goes on below (\d)-->$/;

/** The line that says that the section of the last heading of this level, or of one above it, goes on. */
export function continuationMark(level: number): string {
  return `<!--:goes on below ${level}-->`;
}

/** The level that such a mark names; undefined for any other node. */
export function continuedLevel(node: RootContent): number | undefined {
  const level = node.type === "html" ? MARK.exec(node.value)?.[1] : undefined;
  return level === undefined ? undefined : Number(level);
}
