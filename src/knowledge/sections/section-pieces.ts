/** A heading and the blocks below it -> the section, in parts where it is long. */

import type { Heading, RootContent, Table } from "mdast";
import { sliceWithTitles, withCodeTitles } from "../markdown/code-titles.ts";
import { linksOf } from "../markdown/heading-links.ts";
import { picturesOf } from "../markdown/heading-pictures.ts";
import { writeMarkdown } from "../markdown/markdown.ts";
import { neededLinks, type PageLinks } from "../markdown/page-links.ts";
import { shownTitle } from "./heading-titles.ts";
import { type SectionPart, sectionParts } from "./section-parts.ts";
import { blockText } from "./section-words.ts";

export type RawSection = {
  anchor: string;
  title: string;
  level: number;
  /** The line of the heading in the given Markdown, counted from 1. */
  line: number;
  /** The titles of the headings above it and its own. */
  path: readonly string[];
  markdown: string;
  text: string;
};

/** What a section's text is taken from. */
export type PageText = {
  markdown: string;
  /** Nodes that do not stand in the Markdown as they are. */
  converted: ReadonlySet<RootContent>;
  links: PageLinks;
  anchors: ReadonlyMap<Heading, string>;
};

export type SectionPiece = {
  heading: Heading | undefined;
  above: readonly Heading[];
  blocks: readonly RootContent[];
  /** How many parts of its section stand before others that are below it. */
  before: number;
};

/** A long section in parts, each of them a section; the first has the heading's own anchor, pictures and links. */
export function sectionsOfPiece(piece: SectionPiece, page: PageText): RawSection[] {
  const parts = sectionParts(piece.blocks, page.converted);
  const { heading, before } = piece;
  if (before > 0) return followingParts(piece, parts, page);
  const [first, ...more] = parts;
  const pictures = heading === undefined ? [] : picturesOf(heading);
  const links = heading === undefined ? [] : linksOf(heading, piece.blocks, page.links);
  const whole = toSection(piece, { blocks: [], ...first, pictures, links }, page);
  return [whole, ...followingParts({ ...piece, before: 1 }, more, page)];
}

/** Parts of a section behind as many others, by their numbers. */
function followingParts(
  piece: SectionPiece,
  parts: readonly SectionPart[],
  page: PageText,
): RawSection[] {
  return parts.map((part, at): RawSection => {
    const { anchor, title, level, path, ...own } = toSection(
      piece,
      { ...part, pictures: [], links: [] },
      page,
    );
    const line = part.blocks[0]?.position?.start.line ?? own.line;
    const number = piece.before + at + 1;
    const inner = { ...own, line, anchor: `${anchor}:${number}` };
    if (level === 0) return { ...inner, title, level, path };
    const named = `${title} (part ${number})`.trimStart();
    return { ...inner, title: named, level: level + 1, path: [...path, named] };
  });
}

type SectionBlocks = SectionPart & {
  pictures: readonly RootContent[];
  links: readonly RootContent[];
};

function toSection(
  { heading, above, blocks }: SectionPiece,
  part: SectionBlocks,
  page: PageText,
): RawSection {
  return {
    anchor: heading === undefined ? "" : (page.anchors.get(heading) ?? ""),
    title: heading === undefined ? "" : shownTitle(heading),
    level: heading?.depth ?? 0,
    line: heading?.position?.start.line ?? blocks[0]?.position?.start.line ?? 1,
    path: above.map(shownTitle),
    markdown: sectionMarkdown(part, page),
    text: [...part.pictures, ...part.blocks]
      .map(blockText)
      .filter((text) => text !== "")
      .join("\n"),
  };
}

/** The section as it stands in the file, with what its links and footnotes need from elsewhere. */
function sectionMarkdown(
  { pictures, links, blocks, table }: SectionBlocks,
  page: PageText,
): string {
  const start = lineStart(page.markdown, blocks[0]?.position?.start.offset);
  const end = blocks.at(-1)?.position?.end.offset;
  const isAsWritten = blocks.every(
    (block) => !page.converted.has(block) && block.position !== undefined,
  );
  const written =
    isAsWritten && start !== undefined && end !== undefined
      ? sliceWithTitles(page.markdown, { start, end, blocks })
      : writeMarkdown(blocks.filter(isShown).flatMap(withCodeTitles));
  const own = table === undefined ? written : `${headOf(table, page)}${written}`;
  const needed = neededLinks([...pictures, ...blocks], page.links);
  return [writeMarkdown([...pictures, ...links]), own, ...needed]
    .filter((part) => part !== "")
    .join("\n\n");
}

function isShown(block: RootContent): boolean {
  return block.type !== "html" || block.value !== "";
}

/** A table's first two lines. */
function headOf({ position, children }: Table, { markdown }: PageText): string {
  const start = lineStart(markdown, position?.start.offset) ?? 0;
  return markdown.slice(start, lineStart(markdown, children[1]?.position?.start.offset));
}

/** Spaces before the first block are a part of it: they say how far the code in it is indented. */
function lineStart(text: string, offset: number | undefined): number | undefined {
  if (offset === undefined) return undefined;
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*$/.test(text.slice(start, offset)) ? start : offset;
}
