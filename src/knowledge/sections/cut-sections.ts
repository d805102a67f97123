/**
 * Markdown -> sections by heading, with GitHub's anchors. A syntax tree decides what a
 * heading is, so a `#` in a code block is code and an underlined title is a heading.
 */

import GithubSlugger from "github-slugger";
import type { Heading, Nodes, Root, RootContent, Table } from "mdast";
import { toString as toText } from "mdast-util-to-string";
import { readHtml } from "../html/read-html.ts";
import { sliceWithTitles, withCodeTitles } from "../markdown/code-titles.ts";
import { continuedLevel } from "../markdown/continuations.ts";
import { GIVEN_ANCHOR, givenAnchor, loneAnchor } from "../markdown/heading-anchors.ts";
import { isPermalink, linksOf } from "../markdown/heading-links.ts";
import { picturesOf } from "../markdown/heading-pictures.ts";
import { writeMarkdown } from "../markdown/markdown.ts";
import { neededLinks, type PageLinks, pageLinks } from "../markdown/page-links.ts";
import { parsePage } from "../markdown/parse-pieces.ts";
import { plainMarkdown } from "../sites/habits.ts";
import { flattenDeepLines } from "./deep-lines.ts";
import { type CutParagraphs, cutParagraphs, deepestLine, tagsAsWords } from "./long-paragraphs.ts";
import { type HiddenRest, hiddenRests } from "./open-remarks.ts";
import { type SectionPart, sectionParts } from "./section-parts.ts";
import { sectionStarts } from "./section-starts.ts";
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

/** What the page's author should know, with its line from 1. */
type CutProblem = { line: number; reason: string };

export type CutPage = {
  sections: RawSection[];
  /** The lines, from 1, that have tags which are no JSX. */
  oddLines: readonly number[];
  problems: readonly CutProblem[];
};

/**
 * Cuts a page's Markdown (front matter already taken off) at its headings. What site generators add is
 * read as plain Markdown, HTML as the same tree. What the parsers cannot follow is read more simply.
 */
export function cutSections(written: string): CutPage {
  const oddLines: number[] = [];
  const flat = flattenDeepLines(plainMarkdown(written, oddLines));
  const deep = (line: number | undefined, what: string): CutProblem[] =>
    line === undefined ? [] : [{ line, reason: `${what} are nested too deeply: ${LESS_DEEP}` }];
  const problems = deep(flat.line, "lists or quotations");
  try {
    const { sections, ...cut } = cutLines(cutParagraphs(flat.markdown));
    return { sections, oddLines, problems: [...problems, ...cut.problems] };
  } catch (error) {
    // The parsers call themselves for each level: tags can be nested as deeply, too.
    if (!(error instanceof RangeError)) throw error;
    const { sections, ...cut } = cutLines(cutParagraphs(tagsAsWords(flat.markdown)));
    return {
      sections,
      oddLines,
      problems: [...problems, ...deep(deepestLine(flat.markdown), "tags"), ...cut.problems],
    };
  }
}

const LESS_DEEP = "the page is read, with these shown more simply";

function cutLines({ markdown, lineOf, plain }: CutParagraphs): Omit<CutPage, "oddLines"> {
  const { sections, joined, hidden } = cut(markdown);
  const problems = plain.slice(0, 1).map((line) => {
    const more = plain.length === 1 ? "" : ` (and ${plain.length - 1} more)`;
    return {
      line,
      reason: `this line has too many links or tags: they are shown as written${more}`,
    };
  });
  if (joined !== undefined) {
    const reason = `${joined.count} of its headings, from here on, are read within the sections above them: it has too many`;
    problems.push({ line: lineOf(joined.line), reason });
  }
  for (const { line, reason } of hidden) problems.push({ line: lineOf(line), reason });
  const read = sections.map((section) => ({ ...section, line: lineOf(section.line) }));
  return { sections: read, problems };
}

type Cut = {
  sections: RawSection[];
  joined: { count: number; line: number } | undefined;
  hidden: readonly HiddenRest[];
};

function cut(markdown: string): Cut {
  const parsed = parsePage(markdown);
  const { tree, converted } = readHtml(parsed);
  const page: PageText = { markdown, converted, links: pageLinks(tree), anchors: anchorsOf(tree) };
  const headings = tree.children.filter((block) => block.type === "heading");
  const starts = sectionStarts(headings);
  const sections: RawSection[] = [];
  let above: Heading[] = [];
  let blocks: RootContent[] = [];
  const shownParts = new Map<Heading | undefined, number>();
  const close = (): void => {
    const heading = above.at(-1);
    const before = shownParts.get(heading) ?? 0;
    const parts = toSections({ heading, above, blocks, before }, page);
    const isFirst = before === 0;
    const hasText = parts.some(({ text }) => text !== "");
    if (isFirst ? heading !== undefined || hasText : hasText && blocks.some(isOwnText)) {
      for (const part of parts) sections.push(part);
      shownParts.set(heading, before + parts.length);
    }
    blocks = [];
  };
  for (const block of tree.children) {
    const level = continuedLevel(block);
    if (level !== undefined) {
      close();
      above = above.filter(({ depth }) => depth <= level);
      continue;
    }
    if (block.type !== "heading" || !starts.has(block)) {
      blocks.push(block);
      continue;
    }
    close();
    above = [...above.filter(({ depth }) => depth < block.depth), block];
  }
  close();
  const within = headings.find((heading) => !starts.has(heading));
  const line = within?.position?.start.line ?? 1;
  const count = headings.length - starts.size;
  return {
    sections,
    joined: count === 0 ? undefined : { count, line },
    hidden: hiddenRests(parsed),
  };
}

/** Footnotes stand where their marks are. */
function isOwnText({ type }: RootContent): boolean {
  return !/^(?:definition|footnoteDefinition|html|thematicBreak)$/.test(type);
}

/** What a section's text is taken from. */
type PageText = {
  markdown: string;
  /** Nodes that do not stand in the Markdown as they are. */
  converted: ReadonlySet<RootContent>;
  links: PageLinks;
  anchors: ReadonlyMap<Heading, string>;
};

/** GitHub gives every heading an anchor, also one inside a list; a page may give it another. */
function anchorsOf(tree: Root): Map<Heading, string> {
  const slugger = new GithubSlugger();
  const anchors = new Map<Heading, string>();
  let named: string | undefined;
  const visit = (node: Nodes): void => {
    if (node.type === "heading") {
      const slug = slugger.slug(titleOf(node));
      anchors.set(node, givenAnchor(node) ?? named ?? slug);
      named = undefined;
    } else if (node.type === "html" || node.type === "paragraph") {
      named = loneAnchor(node) ?? (node.type === "html" ? named : undefined);
    }
    if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(tree);
  return anchors;
}

type Piece = {
  heading: Heading | undefined;
  above: readonly Heading[];
  blocks: readonly RootContent[];
  /** How many parts of its section stand before others that are below it. */
  before: number;
};

/** A long section in parts, each of them a section; the first has the heading's own anchor, pictures and links. */
function toSections(piece: Piece, page: PageText): RawSection[] {
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
function followingParts(piece: Piece, parts: readonly SectionPart[], page: PageText): RawSection[] {
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
  { heading, above, blocks }: Piece,
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

/** `## Heading {#anchor}`: the attribute is no part of the title. */
function titleOf(heading: Heading): string {
  return toText(withSpaces(heading), { includeImageAlt: false, includeHtml: false })
    .replace(GIVEN_ANCHOR, "")
    .trim();
}

/** A line break parts two words; where a heading leads to itself says nothing. */
function withSpaces(node: Nodes): Nodes {
  if (node.type === "break") return { type: "text", value: " " };
  if (isPermalink(node)) return { type: "text", value: "" };
  if (!("children" in node)) return node;
  return Object.assign({}, node, {
    children: node.children.map((each: Nodes) => withSpaces(each)),
  });
}

/** A heading that is a picture alone says what the picture shows. */
function shownTitle(heading: Heading): string {
  const title = titleOf(heading);
  if (title !== "") return title;
  return toText(heading, { includeHtml: false }).replace(GIVEN_ANCHOR, "").trim();
}
