/**
 * Links of DocC to other pages, `<doc:Closures#Capturing-Values>`: an address to any parser, which leads nowhere.
 * Source: swift.org/documentation/docc, "Linking to symbols and other content".
 */

import { withWordsBetween } from "./code-spans.ts";
import { linesOfProse } from "./prose.ts";

const LINK = /<doc:(?:\/\/[^\s<>/]+\/)?([^\s<>#]*)(#[^\s<>]+)?>/g;
const NAMED = /\]\(doc:([^\s()#]*)(#[^\s()]+)?\)/g;

/** The same lines, in which such links have the names of their pages. */
export function plainDocLinks(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => line.includes("<doc:") || line.includes("(doc:"))) return lines;
  const isProse = linesOfProse(lines);
  return lines.map((line, at) =>
    isProse[at] === true && line.includes("doc:") ? withWordsBetween(line, named) : line,
  );
}

function named(words: string): string {
  return words
    .replace(LINK, (_, page: string, part = "") => {
      const names = [page.replace(/^.*\/(?=.)/, ""), part.slice(1)].filter((each) => each !== "");
      return `[${names.join(" > ").replaceAll("-", " ")}](${fileOf(page)}${part})`;
    })
    .replace(NAMED, (_, page: string, part = "") => `](${fileOf(page)}${part})`);
}

function fileOf(page: string): string {
  return page === "" ? "" : `${page}.md`;
}
