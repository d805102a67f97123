/**
 * Markdown -> sections by heading, with GitHub's anchors. A syntax tree decides what a
 * heading is, so a `#` in a code block is code and an underlined title is a heading.
 */

import GithubSlugger from "github-slugger";
import type { Heading, Nodes, Root, RootContent } from "mdast";
import { toString as toText } from "mdast-util-to-string";
import { GIVEN_ANCHOR, givenAnchor, loneAnchor } from "./heading-anchors.ts";
import { picturesOf } from "./heading-pictures.ts";
import { firstLongParagraph } from "./long-paragraphs.ts";
import { writeMarkdown } from "./markdown.ts";
import { neededLinks, type PageLinks, pageLinks } from "./page-links.ts";
import { parsePage } from "./parse-pieces.ts";
import { readHtml } from "./read-html.ts";
import { plainMarkdown } from "./site-habits.ts";

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

export type CutResult =
  /** The odd lines, from 1, have tags that are no JSX. */
  | { kind: "sections"; sections: RawSection[]; oddLines: readonly number[] }
  | { kind: "unreadable"; line: number; reason: string };

/**
 * The parser's time grows with the square of the nesting: a line of 20,000 list markers
 * takes three minutes (measured). No page for people nests a tenth of this.
 */
const MAX_MARKERS = 100;
/** Lists within each other by their indentation: 300 take a second, 2,000 minutes. */
const MAX_LISTS = 250;

/**
 * Cuts a page's Markdown (front matter already taken off) at its headings. What site generators add is
 * read as plain Markdown, HTML as the same tree.
 */
export function cutSections(written: string): CutResult {
  const oddLines: number[] = [];
  const markdown = plainMarkdown(written, oddLines);
  const line = firstDeepLine(markdown);
  if (line !== undefined) {
    return { kind: "unreadable", line, reason: "lists or quotations are nested too deeply" };
  }
  const long = firstLongParagraph(markdown);
  if (long !== undefined) {
    return { kind: "unreadable", line: long, reason: "a paragraph has too many links or tags" };
  }
  try {
    return { kind: "sections", sections: cut(markdown), oddLines };
  } catch (error) {
    // The parsers call themselves for each level: tags can be nested as deeply, too.
    if (!(error instanceof RangeError)) throw error;
    return { kind: "unreadable", line: 1, reason: "it is nested too deeply" };
  }
}

/**
 * The first line that opens with more list and quotation markers than anyone would write, or stands in as
 * many lists by its indentation.
 */
function firstDeepLine(markdown: string): number | undefined {
  const lists: number[] = [];
  let line = 0;
  for (const text of markdown.split(/\r\n|\n|\r/)) {
    line += 1;
    const opening = /^[\s>*+\-\d.)]*/.exec(text)?.[0] ?? "";
    if ((opening.match(/[>*+\-.)](?=\s|>|$)/g) ?? []).length > MAX_MARKERS) return line;
    const indent = /^\s*(?=(?:[-*+]|\d{1,9}[.)])(?:\s|$))/.exec(text)?.[0].length;
    if (indent === undefined) continue;
    while (lists.length > 0 && indent <= (lists.at(-1) ?? 0)) lists.pop();
    lists.push(indent);
    if (lists.length > MAX_LISTS) return line;
  }
  return undefined;
}

function cut(markdown: string): RawSection[] {
  const { tree, converted } = readHtml(parsePage(markdown));
  const page: PageText = { markdown, converted, links: pageLinks(tree), anchors: anchorsOf(tree) };
  const sections: RawSection[] = [];
  let above: Heading[] = [];
  let blocks: RootContent[] = [];
  const close = (): void => {
    const section = toSection({ heading: above.at(-1), above, blocks }, page);
    if (above.length > 0 || section.text !== "") sections.push(section);
    blocks = [];
  };
  for (const block of tree.children) {
    if (block.type !== "heading") {
      blocks.push(block);
      continue;
    }
    close();
    above = [...above.filter(({ depth }) => depth < block.depth), block];
  }
  close();
  return sections;
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
};

function toSection({ heading, above, blocks }: Piece, page: PageText): RawSection {
  const pictures = heading === undefined ? [] : picturesOf(heading);
  return {
    anchor: heading === undefined ? "" : (page.anchors.get(heading) ?? ""),
    title: heading === undefined ? "" : shownTitle(heading),
    level: heading?.depth ?? 0,
    line: heading?.position?.start.line ?? blocks[0]?.position?.start.line ?? 1,
    path: above.map(shownTitle),
    markdown: sectionMarkdown({ pictures, blocks }, page),
    text: [...pictures, ...blocks]
      .map(blockText)
      .filter((text) => text !== "")
      .join("\n"),
  };
}

type SectionBlocks = { pictures: readonly RootContent[]; blocks: readonly RootContent[] };

/** The section as it stands in the file, with what its links and footnotes need from elsewhere. */
function sectionMarkdown({ pictures, blocks }: SectionBlocks, page: PageText): string {
  const start = lineStart(page.markdown, blocks[0]?.position?.start.offset);
  const end = blocks.at(-1)?.position?.end.offset;
  const isAsWritten = blocks.every((block) => !page.converted.has(block));
  const own =
    isAsWritten && start !== undefined && end !== undefined
      ? page.markdown.slice(start, end)
      : writeMarkdown(blocks.filter((block) => block.type !== "html" || block.value !== ""));
  const needed = neededLinks([...pictures, ...blocks], page.links);
  return [writeMarkdown(pictures), own, ...needed].filter((part) => part !== "").join("\n\n");
}

/** Spaces before the first block are a part of it: they say how far the code in it is indented. */
function lineStart(text: string, offset: number | undefined): number | undefined {
  if (offset === undefined) return undefined;
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*$/.test(text.slice(start, offset)) ? start : offset;
}

/** `## Heading {#anchor}`: the attribute is no part of the title. */
function titleOf(heading: Heading): string {
  return toText(heading, { includeImageAlt: false, includeHtml: false })
    .replace(GIVEN_ANCHOR, "")
    .trim();
}

/** A heading that is a picture alone says what the picture shows. */
function shownTitle(heading: Heading): string {
  const title = titleOf(heading);
  return title === "" ? toText(heading, { includeHtml: false }).trim() : title;
}

/** Not text for a reader: what a browser would swallow, and link targets. */
const SILENT: ReadonlySet<string> = new Set(["html", "definition"]);

/** What holds blocks or cells, whose words must not grow together, and what to put between. */
const SEPARATORS: ReadonlyMap<string, string> = new Map([
  ["table", "\n"],
  ["list", "\n"],
  ["listItem", "\n"],
  ["blockquote", "\n"],
  ["footnoteDefinition", "\n"],
  ["tableRow", " "],
]);

function blockText(node: Nodes): string {
  if (SILENT.has(node.type)) return "";
  const separator = SEPARATORS.get(node.type);
  if (separator === undefined || !("children" in node)) return wordsOf(node).trim();
  return joinChildren(node.children, separator);
}

/** HTML may hold them in a bold text. */
const BLOCKS: ReadonlySet<string> = new Set(["code", "heading", "paragraph", ...SEPARATORS.keys()]);

/** A line break stands between two words, too. */
function wordsOf(node: Nodes): string {
  if (node.type === "break") return "\n";
  if (!("children" in node)) return toText(node, { includeHtml: false });
  return node.children
    .map((child: Nodes) => (BLOCKS.has(child.type) ? `\n${blockText(child)}\n` : wordsOf(child)))
    .join("");
}

function joinChildren(children: readonly Nodes[], between: string): string {
  return children
    .map(blockText)
    .filter((text) => text !== "")
    .join(between);
}
