/** Reads the lines that site generators add, one after another, as plain Markdown: each stays one line. */

import { endsFence, type Fence, fenceOf } from "../lines/fences.ts";
import { continuationMark } from "../markdown/continuations.ts";
import { labelLine } from "../markdown/remarks.ts";
import { type Bodies, followBodies } from "./bodies.ts";
import { withNearAddresses } from "./destinations.ts";
import { type ComesLater, laterLines } from "./later-lines.ts";
import { OPTIONS, type SiteLine } from "./line.ts";
import { headingLevel, plainLine, withSpacedHeading } from "./lines.ts";
import { followLists } from "./lists.ts";
import { codeFence, fenceDirective, withOptions } from "./myst.ts";
import { followObsidian } from "./obsidian.ts";
import { followOptions, NO_OPTIONS, shownOptions } from "./options.ts";
import { followMyst } from "./roles.ts";
import { docfxTab, followTabs, headingOfTab } from "./tab-levels.ts";
import { followToggles } from "./toggles.ts";
import { ownValues, withWordsApart } from "./values.ts";

const MYST = /^(\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?)(?:`{3,}|~{3,})\{([\w:.+-]+)\}(.*)$/;
/** Nothing of a remark in HTML is anybody's habit, nor ends anything but the remark. */
const REMARK_BEGINS = /^\s*(?:>\s*|[-*+]\s+)*<!--(?!.*-->)/;
const REMARK_ENDS = /-->/;

/** A tag around code; what it holds is shown as it stands. */
const PRE_BEGINS = /^\s*<pre[\s>]/i;
const PRE_ENDS = /<\/pre/i;
const MOST_PRE_LINES = 500;
/** Tags of a site that stand in such code, too. */
const SITE_TAG = /\{%|\{\{[<%]/;

/** A value as far in as code. */
const FAR_IN = /^(?: {4}|\t)\s*\{\{/;
/** The beginning of a paragraph, of words or code. */
const WORDS = /^ {0,3}(?:\p{L}|`(?!``)|\*\*\S)/u;

/** What is under way, in which lines are no text of the page's own. */
type Block =
  | (Fence & { readonly kind: "fence"; readonly bodies: number })
  | { readonly kind: "code" | "comment" | "html"; readonly end: RegExp; readonly indent?: string };

/** The lines in plain Markdown, as many as before. */
export function readSiteLines(lines: readonly string[]): string[] {
  return new SiteReader(lines).read();
}

class SiteReader {
  readonly #lines: readonly string[];
  readonly #written: string[] = [];
  /** Fences that hold a remark instead of code. */
  readonly #remarks: (Fence & { readonly isTab: boolean })[] = [];
  readonly #comesLater: ComesLater;
  readonly #bodies: Bodies = followBodies();
  readonly #toggles: ReturnType<typeof followToggles>;
  readonly #listIndent = followLists();
  readonly #named: (line: string) => string;
  readonly #options = followOptions();
  readonly #myst: ReturnType<typeof followMyst>;
  readonly #obsidian: ReturnType<typeof followObsidian>;
  /** Fences that begin in the last line of their options. */
  readonly #moved = new Map<number, string>();
  #block: Block | undefined;
  /** Up to this line, tags around code have been looked at. */
  #preSeen = 0;
  /** Of the heading that the line stands below. */
  #level = 1;
  readonly #tabs = followTabs();

  constructor(lines: readonly string[]) {
    this.#lines = lines;
    this.#comesLater = laterLines(lines);
    this.#toggles = followToggles(this.#comesLater);
    this.#named = ownValues(lines);
    this.#myst = followMyst(lines);
    this.#obsidian = followObsidian(lines);
  }

  read(): string[] {
    for (const [index, line] of this.#lines.entries()) {
      const wasQuoted = this.#toggles.isQuoted();
      const read = this.#readLine(line, index);
      const text = this.#moved.get(index) ?? read;
      this.#partFromTabs(text);
      this.#written.push(wasQuoted && this.#toggles.isQuoted() ? `> ${text}` : text);
    }
    return this.#written;
  }

  /** Behind the last tab, the section that the tabs stand in goes on: an empty line above its words says so. */
  #partFromTabs(text: string): void {
    const level = this.#tabs.ended();
    if (level === undefined) return;
    const heading = headingLevel(text);
    // Headings within the tabs say nothing of what stands behind them.
    if (heading === undefined && !this.#tabs.isWithin()) this.#level = level;
    if (text.trim() === "") return;
    this.#tabs.goOn();
    const isNext = (heading ?? 7) <= level + 1;
    const [above = "", last] = this.#written.slice(-2);
    // The only empty line behind a block of HTML is its end.
    const isFree = last === "" && !/^\s*<|>\s*$/.test(above);
    if (!isNext && isFree && !this.#toggles.isQuoted())
      this.#written[this.#written.length - 1] = continuationMark(level);
  }

  #readLine(line: string, index: number): string {
    const wasIn = this.#bodies.depth();
    const own = this.#bodies.without(line);
    const depth = this.#bodies.depth();
    if (depth < wasIn) this.#tabs.leaveBodies(depth);
    // Right behind the words of a body, a rule would make a heading of them.
    if (this.#block === undefined && depth < wasIn && /^-{3,}\s*$/.test(own)) return "***";
    // With the body, a fence in it ends.
    if (this.#block?.kind === "fence" && this.#block.bodies > depth) this.#block = undefined;
    if (this.#block !== undefined) return this.#inBlock(this.#block, own, index);
    if (this.#options.take(own) || this.#tabs.takesRule(own)) return "";
    return (
      this.#fenceLine(own, index) ??
      this.#toggles.line(own, index) ??
      this.#myst(own) ??
      this.#remarkLine(own, index) ??
      this.#preLine(own, index) ??
      this.#siteLine(line, own, index)
    );
  }

  #inBlock(open: Block, own: string, index: number): string {
    if (open.kind === "fence") {
      const isOption = this.#options.take(own);
      if (endsFence(own, open)) this.#block = undefined;
      return isOption ? "" : own;
    }
    const end = this.#obsidian.mayEnd(open.end, index) ? open.end.exec(own) : null;
    if (end !== null) this.#block = undefined;
    if (open.kind === "html") return own;
    if (open.kind === "code" && this.#options.take(own)) return "";
    if (open.kind === "code") return end === null ? codeLine(own) : `${open.indent ?? ""}\`\`\``;
    return end === null ? "" : own.slice(end.index + end[0].length).trim();
  }

  #fenceLine(own: string, index: number): string | undefined {
    const fence = fenceOf(own);
    if (fence === undefined) return undefined;
    const open = this.#remarks.at(-1);
    if (open !== undefined && endsFence(own, open)) {
      this.#remarks.pop();
      if (open.isTab) this.#tabs.endTab(this.#level);
      return "";
    }
    const [, before = "", name = "", rest = ""] = MYST.exec(own) ?? [];
    const words = rest.trim();
    const directive = fenceDirective(name, words);
    const shown = name === "" ? NO_OPTIONS : shownOptions(this.#lines, index);
    if (name !== "") this.#options.begin(OPTIONS.fields, shown.lines > 0);
    if (directive !== undefined && directive.isCode !== true) {
      const isTab = directive.tab !== undefined;
      this.#remarks.push({ ...fence, isTab });
      if (isTab) this.#tabs.named();
      const indent = directive.tab === undefined && this.#listIndent(own) !== "" ? before : "";
      const text = withOptions(textOf(directive, this.#level), shown);
      return text === "" ? "" : indent + text;
    }
    this.#block = { kind: "fence", ...fence, bodies: this.#bodies.depth() };
    const written = own.slice(before.length);
    const text = withOptions(codeFence({ written, mark: fence.mark, name, words }), shown);
    return this.#belowOptions(before + text, index, shown.lines);
  }

  /** Code begins behind its options, which would be empty lines of it. */
  #belowOptions(fence: string, index: number, lines: number): string {
    if (lines === 0 || !/^\s*[`~]/.test(fence)) return fence;
    this.#moved.set(index + lines, fence);
    return "";
  }

  #remarkLine(own: string, index: number): string | undefined {
    if (!REMARK_BEGINS.test(own) || !this.#comesLater(REMARK_ENDS, index)) return undefined;
    this.#block = { kind: "html", end: REMARK_ENDS };
    return own;
  }

  /** Braces in code are text, unless the site's own tags beside them tell that it fills them in. */
  #preLine(own: string, index: number): string | undefined {
    if (index < this.#preSeen || !PRE_BEGINS.test(own)) return undefined;
    const below = this.#lines.slice(index, index + MOST_PRE_LINES);
    const code = below.slice(0, below.findIndex((line) => PRE_ENDS.test(line)) + 1);
    this.#preSeen = index + (code.length === 0 ? below.length : code.length);
    if (code.some((line) => SITE_TAG.test(line))) return undefined;
    if (!code.some((line) => line.includes("{{"))) return undefined;
    if (code.length > 1) this.#block = { kind: "html", end: PRE_ENDS };
    return own;
  }

  #siteLine(line: string, own: string, index: number): string {
    const spaced = this.#tabs.withLevel(withSpacedHeading(own));
    if (docfxTab(spaced) === undefined) this.#level = headingLevel(spaced) ?? this.#level;
    this.#tabs.see(spaced, this.#level);
    const indent = this.#listIndent(own);
    const words = withNearAddresses(this.#nearWords(spaced.slice(indent.length)));
    const read = plainLine(this.#named(withWordsApart(words)), indent === "");
    // What nobody ends is no block: what follows is text.
    if (read.until !== undefined && !this.#ends(read.until.end, index)) {
      return read.until.kind === "comment" ? own : indent + (read.until.words ?? "");
    }
    if (read.opensBody === true) this.#bodies.open(line);
    if (read.tab !== undefined && indent === "") this.#beginTab(read.opensBody === true);
    // `{% code %}` of GitBook only dresses up the fence that it holds.
    if (read.until?.kind === "code" && this.#holdsFence(index)) {
      return labelLine(/\btitle="([^"]+)"/.exec(own)?.[1] ?? "");
    }
    if (read.until?.kind === "code" && read.until.end.test(this.#next(index) ?? "")) {
      return indent + (read.until.words ?? "");
    }
    // At the left, the end of code would end the item that it stands in, and begin another.
    if (read.until !== undefined) this.#block = { ...read.until, indent };
    if (read.anchor !== undefined) this.#nameHeading(read.anchor);
    if (read.hasOptions !== undefined) this.#beginOptions(OPTIONS[read.hasOptions], own, index);
    const text = this.#indented(read, indent);
    if (read.hasOptions !== "fields") return text;
    const shown = shownOptions(this.#lines, index);
    return this.#belowOptions(withOptions(text, shown), index, shown.lines);
  }

  /** Right below the words of a paragraph, what stands further in is more of them, and no code. */
  #nearWords(line: string): string {
    const isMore = FAR_IN.test(line) && WORDS.test(this.#written.at(-1) ?? "");
    return isMore ? line.replace(/^\s+/, "   ") : line;
  }

  #ends(end: RegExp, index: number): boolean {
    return this.#obsidian.comesLater(end, index) ?? this.#comesLater(end, index);
  }

  #holdsFence(index: number): boolean {
    const next = this.#next(index);
    return next !== undefined && fenceOf(next) !== undefined;
  }

  #next(index: number): string | undefined {
    return this.#lines.slice(index + 1, index + 3).find((line) => line.trim() !== "");
  }

  /** Kramdown writes `{: #id}` below the heading; here it stands on its line. */
  #nameHeading(anchor: string): void {
    const last = this.#written.at(-1) ?? "";
    if (headingLevel(last) === undefined) return;
    this.#written[this.#written.length - 1] = `${last} {#${anchor}}`;
  }

  #beginOptions(pattern: RegExp, own: string, index: number): void {
    const mayBeYaml = /^\s*:{3,}\s*\{[a-z]/.test(own) && shownOptions(this.#lines, index).lines > 0;
    this.#options.begin(pattern, mayBeYaml);
  }

  #beginTab(hasBody: boolean): void {
    if (hasBody) this.#tabs.beginBody(this.#bodies.depth(), this.#level);
    this.#tabs.named();
  }

  #indented(read: SiteLine, indent: string): string {
    // A heading would end the item that its tab stands in, and leave the rest of it as code.
    if (read.tab !== undefined && indent !== "") return indent + labelLine(read.tab);
    const text = textOf(read, this.#tabs.level(this.#level));
    return text === "" || text.startsWith(indent) || read.tab !== undefined ? text : indent + text;
  }
}

/** JSX writes code as a template: {`…`}. */
function codeLine(line: string): string {
  return line.replace(/^\s*\{`/, "").replace(/`\}\s*$/, "");
}

function textOf({ text, label, tab }: SiteLine, level: number): string {
  if (tab !== undefined) return headingOfTab(tab, level);
  return label === undefined ? (text ?? "") : labelLine(label);
}
