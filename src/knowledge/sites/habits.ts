/**
 * What site generators add to Markdown -> plain Markdown, line by line: admonitions and tabs of MkDocs,
 * directives and JSX of Docusaurus, shortcodes of Hugo, tags of Jekyll, callouts, links and comments of
 * Obsidian, alerts of GitHub, includes and quotes of GitLab.
 *
 * Each line stays one line, so that a place in the result is a place in the file. Code is left alone,
 * but loses the indentation that a directive's body has.
 */

import { endRawTags } from "../html/raw-tags.ts";
import { endsFence, type Fence, fenceOf, withMdxEnds } from "../lines/fences.ts";
import { fencesInHtml } from "../lines/html-fences.ts";
import { wholeRows } from "../lines/table-rows.ts";
import { followBodies } from "./bodies.ts";
import { capturedCode } from "./captures.ts";
import { joinCodeSpans, spaceCodeSpans } from "./code-spans.ts";
import { isMdx } from "./computed.ts";
import { plainConfluence } from "./confluence.ts";
import { plainDeepItems } from "./deep-items.ts";
import { plainDefinitions } from "./definitions.ts";
import { joinDrawings } from "./drawings.ts";
import { plainDrawnTables } from "./drawn-tables.ts";
import { plainEmphasis } from "./emphasis.ts";
import { plainFacts } from "./facts.ts";
import { plainHighlights } from "./highlights.ts";
import { separateHtml } from "./html-lines.ts";
import { indentRemarks } from "./item-remarks.ts";
import { joinTags } from "./joined-tags.ts";
import { withEndsBelow } from "./late-ends.ts";
import { OPTIONS, type SiteLine } from "./line.ts";
import { headingLevel, plainLine, withSpacedHeading } from "./lines.ts";
import { followLists } from "./lists.ts";
import { gfmTables } from "./loose-tables.ts";
import { fenceDirective } from "./myst.ts";
import { followObsidian } from "./obsidian.ts";
import { closeFences } from "./open-fences.ts";
import { followOptions } from "./options.ts";
import { plainOutline } from "./outline.ts";
import { plainReadmeBlocks } from "./readme-blocks.ts";
import { labelLine } from "./remarks.ts";
import { followMyst } from "./roles.ts";
import { plainTerms } from "./terms.ts";
import { ownValues } from "./values.ts";
import { plainYfm } from "./yfm.ts";

/**
 * The text in Markdown that any parser reads, with as many lines as before. `odd` takes the lines, from 1,
 * with tags that no parser takes for JSX.
 */
export function plainMarkdown(text: string, odd: number[] = []): string {
  const given = plainConfluence(text).split("\n");
  const verbatim = withEndsBelow(plainHighlights(isMdx(given) ? withMdxEnds(given) : given));
  const split = plainFacts(
    plainTerms(plainDrawnTables(closeFences(plainYfm(indentRemarks(verbatim))))),
  );
  const outlined = plainOutline(plainReadmeBlocks(split));
  const written = joinCodeSpans(endRawTags(joinDrawings(outlined)));
  const hasTags = written.some((line) => HAS_TAGS.test(line));
  const lines = hasTags ? separateHtml(written) : written;
  const plain = HAS_HABITS.test(text) ? plainLines(capturedCode(joinTags(lines, odd))) : lines;
  const mayHoldFences = hasTags || written.some((line) => HAS_ITEM_TAGS.test(line));
  const fenced = mayHoldFences ? fencesInHtml(plain) : plain;
  const words = plainEmphasis(spaceCodeSpans(plainDefinitions(plainDeepItems(fenced))));
  return wholeRows(gfmTables(words)).join("\n");
}

/** A line that begins with a tag. */
const HAS_TAGS = /^\s*<[a-zA-Z]/;
const HAS_ITEM_TAGS = /^\s*(?:[-*+]|\d{1,9}[.)])\s+<[a-zA-Z]/;

/** Nothing of all this is in a page that has none of these signs. */
const HAS_HABITS =
  /^[ \t]*(?:!!!|\?\?\?|===? |(?:>[ \t]*)*:::|\/\/\/|>>>|\{%|--8<--|::include|import |export |\[\[?_?TOC|\[\/\/\]|\[comment\]|\[_\]|<\/?[A-Z]|(?:>[ \t]*|[-*+][ \t]+)*<include[\s>]|[`~]{3,}\{|#{2,6}(?:\w|[^ -~\s]|\*\*))|\{\{|\{%|\{ ?[#.][\w-]|\)\{|\{\/\*|\[!\w+|\[\[|\{:|<[A-Z]\w*[\s/>]|<[a-z][^<>\n]*=\{|<[a-z]+-[a-z][^<>\n]*=(?:"[^"<>\n]*|'[^'<>\n]*)$|<[a-z][^<>\n]*\s(?:href|src)=[^\s"'{<>]|<\/[A-Z]|<xref\s|:::[a-z]|<\/(?:note|tip|hint|warning|caution|danger|important)>|%%|==\S|\]\(#tab\/|\]\([^()\s]+ [^()\n]*\.\w|\s\^[A-Za-z][\w-]*[ \t]*$|\{[a-zA-Z][\w:.+-]*\}`|:[a-z]+:`|\]\{|\+\+["a-z\d]|^\([^()\n]+\)=|^[ \t]*\{[#.]|https?:\/\/[^\s<>]*&(?:lt|#35);|^[ \t]*\{\s*[\w-]+=\S/m;

const MYST = /^\s*(`{3,}|~{3,})\{([\w:.+-]+)\}(.*)$/;
const MYST_CODE = /^(?:code|code-block|code-cell|sourcecode)$/;
const QUOTE = /^\s*>>>\s*$/;
/** Nothing of a remark in HTML is anybody's habit, nor ends anything but the remark. */
const REMARK_BEGINS = /^\s*(?:>\s*|[-*+]\s+)*<!--(?!.*-->)/;
const REMARK_ENDS = /-->/;
/** It ends the options of a directive that are YAML. */
const RULE = /^\s*-{3,}\s*$/;

/** What is under way, in which lines are no text of the page's own. */
type Block =
  | (Fence & { readonly kind: "fence"; readonly bodies: number })
  | { readonly kind: "code" | "comment" | "html"; readonly end: RegExp };

function plainLines(lines: readonly string[]): string[] {
  const written: string[] = [];
  /** Fences that hold a remark instead of code. */
  const remarks: Fence[] = [];
  const comesLater = laterLines(lines);
  const bodies = followBodies();
  const toggles = followToggles(comesLater);
  const listIndent = followLists();
  const named = ownValues(lines);
  let block: Block | undefined;
  let level = 1;
  const options = followOptions();
  const myst = followMyst(lines);
  const obsidian = followObsidian(lines);

  const inBlock = (open: Block, own: string, index: number): string => {
    if (open.kind === "fence") {
      const isOption = options.take(own);
      if (endsFence(own, open)) block = undefined;
      return isOption ? "" : own;
    }
    const end = obsidian.mayEnd(open.end, index) ? open.end.exec(own) : null;
    if (open.kind === "html") {
      if (end !== null) block = undefined;
      return own;
    }
    if (end === null) return open.kind === "code" ? codeLine(own) : "";
    block = undefined;
    return open.kind === "code" ? "```" : own.slice(end.index + end[0].length).trim();
  };

  const fenceLine = (own: string, index: number): string | undefined => {
    const fence = fenceOf(own);
    if (fence === undefined) return undefined;
    const open = remarks.at(-1);
    if (open !== undefined && endsFence(own, open)) {
      remarks.pop();
      return "";
    }
    const [, , name = "", rest = ""] = MYST.exec(own) ?? [];
    const words = rest.trim();
    const directive = fenceDirective(name, words);
    if (name !== "") options.begin(OPTIONS.fields, comesLater(RULE, index));
    if (directive !== undefined && directive.isCode !== true) {
      remarks.push(fence);
      return textOf(directive, level);
    }
    block = { kind: "fence", ...fence, bodies: bodies.depth() };
    if (directive === undefined && !MYST_CODE.test(name)) return own;
    return `${fence.mark}${words.replace(/[^\w+-].*$/, "")}`;
  };

  const siteLine = (line: string, own: string, index: number): string => {
    if (REMARK_BEGINS.test(own) && comesLater(REMARK_ENDS, index)) {
      block = { kind: "html", end: REMARK_ENDS };
      return own;
    }
    const spaced = withSpacedHeading(own);
    level = headingLevel(spaced) ?? level;
    const indent = listIndent(own);
    const read = plainLine(named(spaced.slice(indent.length)), indent === "");
    // What nobody ends is no block: what follows is text.
    const ends = read.until?.end;
    if (ends !== undefined && !(obsidian.comesLater(ends, index) ?? comesLater(ends, index))) {
      return read.until?.kind === "comment" ? own : "";
    }
    if (read.opensBody === true) bodies.open(line);
    // `{% code %}` of GitBook only dresses up the fence that it holds.
    if (read.until?.kind === "code" && holdsFence(lines, index)) {
      return labelLine(/\btitle="([^"]+)"/.exec(own)?.[1] ?? "");
    }
    if (read.until !== undefined) block = read.until;
    if (read.anchor !== undefined) nameHeading(written, read.anchor);
    if (read.hasOptions !== undefined) {
      const mayBeYaml = /^\s*:{3,}\s*\{[a-z]/.test(own) && comesLater(RULE, index);
      options.begin(OPTIONS[read.hasOptions], mayBeYaml);
    }
    // A heading would end the item that its tab stands in, and leave the rest of it as code.
    if (read.tab !== undefined && indent !== "") return indent + labelLine(read.tab);
    const text = textOf(read, level);
    return text === "" || text.startsWith(indent) || read.tab !== undefined ? text : indent + text;
  };

  const read = (line: string, index: number): string => {
    const wasIn = bodies.depth();
    const own = bodies.without(line);
    // Right behind the words of a body, a rule would make a heading of them.
    if (block === undefined && bodies.depth() < wasIn && /^-{3,}\s*$/.test(own)) return "***";
    // With the body, a fence in it ends.
    if (block?.kind === "fence" && block.bodies > bodies.depth()) block = undefined;
    if (block !== undefined) return inBlock(block, own, index);
    if (options.take(own)) return "";
    return (
      fenceLine(own, index) ?? toggles.line(own, index) ?? myst(own) ?? siteLine(line, own, index)
    );
  };

  for (const [index, line] of lines.entries()) {
    const wasQuoted = toggles.isQuoted();
    const text = read(line, index);
    written.push(wasQuoted && toggles.isQuoted() ? `> ${text}` : text);
  }
  return written;
}

function holdsFence(lines: readonly string[], index: number): boolean {
  const next = lines.slice(index + 1, index + 3).find((line) => line.trim() !== "");
  return next !== undefined && fenceOf(next) !== undefined;
}

interface Toggles {
  isQuoted(): boolean;
  /** What is shown of a line that begins or ends something; undefined for any other line. */
  line(own: string, index: number): string | undefined;
}

/** `>>>` of GitLab begins and ends a quote; a rule ends the tabs of DocFX. */
function followToggles(comesLater: ComesLater): Toggles {
  let isQuoted = false;
  let isTabbed = false;
  return {
    isQuoted: () => isQuoted,
    line(own, index) {
      if (QUOTE.test(own) && (isQuoted || comesLater(QUOTE, index))) {
        isQuoted = !isQuoted;
        return "";
      }
      if (isTabbed && /^-{3,}\s*$/.test(own)) {
        isTabbed = false;
        return "";
      }
      isTabbed ||= /^#+\s.*\]\(#tab\/[^)]*\)/.test(own);
      return undefined;
    },
  };
}

/** Whether a pattern fits a line behind another. */
type ComesLater = (pattern: RegExp, index: number) => boolean;

/** Each pattern is searched for once, from the end. */
function laterLines(lines: readonly string[]): ComesLater {
  const last = new Map<string, number>();
  return (pattern, index) => {
    const known = last.get(pattern.source) ?? lines.findLastIndex((line) => pattern.test(line));
    last.set(pattern.source, known);
    return known > index;
  };
}

/** JSX writes code as a template: {`…`}. */
function codeLine(line: string): string {
  return line.replace(/^\s*\{`/, "").replace(/`\}\s*$/, "");
}

function textOf({ text, label, tab }: SiteLine, level: number): string {
  if (tab !== undefined) return `${"#".repeat(Math.min(6, level + 1))} ${tab}`;
  return label === undefined ? (text ?? "") : labelLine(label);
}

/** Kramdown writes `{: #id}` below the heading; here it stands on its line. */
function nameHeading(written: string[], anchor: string): void {
  const last = written.at(-1) ?? "";
  if (headingLevel(last) !== undefined) written[written.length - 1] = `${last} {#${anchor}}`;
}
