/**
 * What site generators add to Markdown -> plain Markdown, line by line: admonitions and tabs of MkDocs,
 * directives and JSX of Docusaurus, shortcodes of Hugo, tags of Jekyll, callouts, links and comments of
 * Obsidian, alerts of GitHub, includes and quotes of GitLab.
 *
 * Each line stays one line, so that a place in the result is a place in the file. Code is left alone,
 * but loses the indentation that a directive's body has.
 */

import { endRawTags } from "../html/raw-tags.ts";
import { withMdxEnds } from "../lines/fences.ts";
import { fencesInHtml } from "../lines/html-fences.ts";
import { wholeRows } from "../lines/table-rows.ts";
import { plainAbbreviations } from "./abbreviations.ts";
import { plainAlikeLines } from "./alike-lines.ts";
import { capturedCode } from "./captures.ts";
import { plainCellCode } from "./cell-code.ts";
import { partChainedTags } from "./chained-tags.ts";
import { endsOfCode } from "./code-ends.ts";
import { joinCodeSpans, spaceCodeSpans } from "./code-spans.ts";
import { linksOverLines } from "./component-links.ts";
import { isMdx } from "./computed.ts";
import { plainConfluence } from "./confluence.ts";
import { plainCritic } from "./critic.ts";
import { plainDeepFences } from "./deep-fences.ts";
import { plainDeepItems } from "./deep-items.ts";
import { plainDeepRows } from "./deep-rows.ts";
import { plainDefinitions } from "./definitions.ts";
import { plainDocLinks } from "./docc.ts";
import { joinDrawings } from "./drawings.ts";
import { plainDrawnTables } from "./drawn-tables.ts";
import { plainEmphasis } from "./emphasis.ts";
import { plainFacts } from "./facts.ts";
import { hasHabits } from "./habit-signs.ts";
import { plainHandlebars } from "./handlebars.ts";
import { plainHighlights } from "./highlights.ts";
import { separateHtml } from "./html-lines.ts";
import { withoutIcons } from "./icons.ts";
import { plainIkiwiki } from "./ikiwiki.ts";
import { plainSnippets } from "./include-lines.ts";
import { keepIndentedCode } from "./indented-code.ts";
import { plainNotes } from "./inline-notes.ts";
import { indentRemarks } from "./item-remarks.ts";
import { joinTags } from "./joined-tags.ts";
import { plainKramdownRemarks } from "./kramdown-remarks.ts";
import { withBeginningsBelow, withCommandsBelow, withEndsBelow } from "./late-ends.ts";
import { plainLeanpub } from "./leanpub.ts";
import { plainLineBlocks } from "./line-blocks.ts";
import { plainListTables } from "./list-tables.ts";
import { plainListedTabs } from "./listed-tabs.ts";
import { plainLongSpans } from "./long-spans.ts";
import { gfmTables, tablesBelowQuotes } from "./loose-tables.ts";
import { plainMarkBind } from "./markbind.ts";
import { plainMarkdoc } from "./markdoc.ts";
import { plainNoteFences } from "./note-fences.ts";
import { plainNoteTitles } from "./note-titles.ts";
import { closeFences } from "./open-fences.ts";
import { plainOutline } from "./outline.ts";
import { plainParadox } from "./paradox.ts";
import { plainPartedTabs } from "./parted-tabs.ts";
import { namePartials } from "./partials.ts";
import { keepPastedCode } from "./pasted-code.ts";
import { plainReadmeBlocks } from "./readme-blocks.ts";
import { plainRetype } from "./retype.ts";
import { plainScenarios } from "./scenarios.ts";
import { plainSetBlocks } from "./set-blocks.ts";
import { withSetValues } from "./set-values.ts";
import { readSiteLines } from "./site-reader.ts";
import { plainSlides } from "./slides.ts";
import { withSpacedTitle } from "./spaced-titles.ts";
import { filledItems, itemsBelowWords } from "./stuck-items.ts";
import { namedByEquals } from "./tab-names.ts";
import { plainTemplateCode } from "./template-code.ts";
import { plainTerms } from "./terms.ts";
import { plainWikiWords } from "./wiki-words.ts";
import { fencedData } from "./xml-data.ts";
import { plainYfm } from "./yfm.ts";

/** Lines -> as many lines, with one habit less. */
type Pass = (lines: readonly string[]) => readonly string[];

/** What goes over several lines, in an order in which each finds what the ones before it have made plain. */
const BLOCKS: readonly Pass[] = [
  withSpacedTitle,
  plainTemplateCode,
  plainListTables,
  plainSetBlocks,
  withSetValues,
  plainMarkBind,
  fencedData,
  plainScenarios,
  plainSlides,
  // What a term means may begin with code, which nobody would see there.
  plainTerms,
  plainParadox,
  plainDocLinks,
  plainRetype,
  plainMarkdoc,
  plainHandlebars,
  plainSnippets,
  plainPartedTabs,
  plainListedTabs,
  plainKramdownRemarks,
  endsOfCode,
  partChainedTags,
  namePartials,
  plainNoteTitles,
  plainIkiwiki,
  plainWikiWords,
  namedByEquals,
  plainHighlights,
  withCommandsBelow,
  withBeginningsBelow,
  withEndsBelow,
  indentRemarks,
  plainYfm,
  closeFences,
  // In an item whose fence has its end now, too.
  withCommandsBelow,
  plainDrawnTables,
  plainFacts,
  plainReadmeBlocks,
  plainOutline,
  joinDrawings,
  endRawTags,
  joinCodeSpans,
  plainCritic,
  plainAbbreviations,
  plainLineBlocks,
  plainNotes,
  plainLongSpans,
];

/** What people write otherwise than any parser reads it, once nothing of a site is left. */
const MISTAKES: readonly Pass[] = [
  withoutIcons,
  plainDeepFences,
  itemsBelowWords,
  plainAlikeLines,
  plainDeepItems,
  plainDefinitions,
  spaceCodeSpans,
  plainEmphasis,
  tablesBelowQuotes,
  plainDeepRows,
  gfmTables,
  wholeRows,
];

/**
 * The text in Markdown that any parser reads, with as many lines as before. `odd` takes the lines, from 1,
 * with tags that no parser takes for JSX.
 */
export function plainMarkdown(text: string, odd: number[] = []): string {
  // Code that tags hold in a cell is none that somebody has pasted.
  const pasted = keepPastedCode(plainCellCode(plainLeanpub(plainConfluence(text).split("\n"))));
  const { lines, restored } = keepIndentedCode(text, pasted.lines);
  // A module's imports may stand in such a fence.
  const given = plainNoteFences(lines);
  const written = passed(BLOCKS, isMdx(given) ? withMdxEnds(given) : given);
  const hasTags = written.some((line) => HAS_TAGS.test(line));
  const apart = hasTags ? separateHtml(written) : written;
  const plain = hasHabits(text)
    ? readSiteLines(linksOverLines(capturedCode(joinTags(apart, odd))))
    : apart;
  const mayHoldFences = hasTags || written.some((line) => HAS_ITEM_TAGS.test(line));
  const filled = filledItems(plain, given);
  const read = restored(passed(MISTAKES, mayHoldFences ? fencesInHtml(filled) : filled));
  return pasted.restored(read).join("\n");
}

function passed(passes: readonly Pass[], lines: readonly string[]): readonly string[] {
  return passes.reduce((given, pass) => pass(given), lines);
}

/** A line that begins with a tag. */
const HAS_TAGS = /^\s*<[a-zA-Z]/;
const HAS_ITEM_TAGS = /^\s*(?:[-*+]|\d{1,9}[.)])\s+<[a-zA-Z]/;
