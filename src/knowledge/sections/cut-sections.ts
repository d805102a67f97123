/**
 * Markdown -> sections by heading, with GitHub's anchors. A syntax tree decides what a
 * heading is, so a `#` in a code block is code and an underlined title is a heading.
 */

import type { Heading, Root, RootContent } from "mdast";
import { readHtml } from "../html/read-html.ts";
import { continuedLevel } from "../markdown/continuations.ts";
import { pageLinks } from "../markdown/page-links.ts";
import { parsePage } from "../markdown/parse-pieces.ts";
import { plainMarkdown } from "../sites/habits.ts";
import { flattenDeepLines } from "./deep-lines.ts";
import { anchorsOf } from "./heading-titles.ts";
import { type CutParagraphs, cutParagraphs, deepestLine, tagsAsWords } from "./long-paragraphs.ts";
import { type HiddenRest, hiddenRests } from "./open-remarks.ts";
import {
  type PageText,
  type RawSection,
  type SectionPiece,
  sectionsOfPiece,
} from "./section-pieces.ts";
import { sectionStarts } from "./section-starts.ts";

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
  const within = headings.find((heading) => !starts.has(heading));
  const count = headings.length - starts.size;
  return {
    sections: sectionsOfTree(tree, starts, page),
    joined: count === 0 ? undefined : { count, line: within?.position?.start.line ?? 1 },
    hidden: hiddenRests(parsed),
  };
}

function sectionsOfTree(
  tree: Root,
  starts: ReadonlySet<RootContent>,
  page: PageText,
): RawSection[] {
  const sections: RawSection[] = [];
  const partsShown = new Map<Heading | undefined, number>();
  let above: Heading[] = [];
  let blocks: RootContent[] = [];
  const close = (): void => {
    const heading = above.at(-1);
    const before = partsShown.get(heading) ?? 0;
    const parts = sectionsOfPiece({ heading, above, blocks, before }, page);
    if (isWorthShowing(parts, { heading, blocks, before })) {
      for (const part of parts) sections.push(part);
      partsShown.set(heading, before + parts.length);
    } else keepFindable(sections.at(-1), parts);
    blocks = [];
  };
  for (const block of tree.children) {
    const level = continuedLevel(block);
    const begins = block.type === "heading" && starts.has(block);
    if (level === undefined && !begins) {
      blocks.push(block);
      continue;
    }
    close();
    if (level !== undefined) above = above.filter(({ depth }) => depth <= level);
    else if (begins) above = [...above.filter(({ depth }) => depth < block.depth), block];
  }
  close();
  return sections;
}

/** Footnotes that are shown where their marks are must be found, too. */
function keepFindable(above: RawSection | undefined, parts: readonly RawSection[]): void {
  const texts = parts.map(({ text }) => text).filter((text) => text !== "");
  if (above !== undefined) above.text = [above.text, ...texts].filter(Boolean).join("\n");
}

/** A heading is shown though nothing is below it; words without one, and what goes on below others, only with a text. */
function isWorthShowing(
  parts: readonly RawSection[],
  { heading, blocks, before }: Pick<SectionPiece, "heading" | "blocks" | "before">,
): boolean {
  const hasText = parts.some(({ text }) => text !== "");
  return before === 0 ? heading !== undefined || hasText : hasText && blocks.some(isOwnText);
}

/** Footnotes stand where their marks are. */
function isOwnText({ type }: RootContent): boolean {
  return !/^(?:definition|footnoteDefinition|html|thematicBreak)$/.test(type);
}
