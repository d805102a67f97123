/**
 * Under which heading tabs stand: all of one set under the same, whatever headings one of them holds. And where
 * the last of them ends, so that what stands behind it is not read as a part of it.
 */

import { inlineText } from "./inline.ts";

/** `<Tabs>`, `{{< tabs >}}`, `{% endtabs %}` */
const TABS =
  /(?:<|\{\{[<%]\s*|\{%-?\s*)(\/\s*|end)?(?:tabs|tabpane|tab-?group|tab-?set|multitabs|code-?tabs)(?=[\s>%])(?![^<>%]*\/\s*[>%])/gi;
/** In which a page shows how tabs are written. */
const CODE = /(?<!`)(`+)(?!`)[^`]*\1(?!`)/g;
/** `:::{tab-set}`, `::: tabs`, `::: {.panel-tabset}`, whose tabs are its headings, and `/// tab | Linux` */
const OPENS = /^\s*(:{3,}|\/{3,})\s*(?:\{\s*)?\.?([a-z][\w-]*)/i;
const ENDS = /^\s*(:{3,}|\/{3,})\s*$/;
const SET = /^(?:tabs|tab-set|code-group|code-tabs)$/;
const SET_OF_HEADINGS = /^(?:panel-tabset|tabset)$/;
const ONE = /^(?:tab|tab-item)$/;
/** Docsify names its tabs by headings, too. */
const OF_DOCSIFY = /^\s*<!--\s*tabs:(start|end)\s*-->\s*$/;
const HEADING = /^#{1,6}(?=\s)/;
const DOCSIFY = "<!--";
/** DocFX names a tab by a heading that leads to it, and ends the last one with a rule. */
const DOCFX_TAB = /^#{1,6}\s+\[([^[\]]+)\]\(#tab\/[^()]*\)\s*$/;
const DOCFX_END = /^-{3,}\s*$/;
const DOCFX = "#tab";
const TAG = "<";

/** What is open: a set of tabs, one tab, or a directive in them. */
interface OpenTabs {
  readonly kind: "set" | "tab" | "other";
  /** The signs of its end, or how deep the bodies are that it is one of. */
  readonly end: string | number;
  readonly level: number;
  /** A heading was written for a tab of it. */
  hasTab: boolean;
  /** Its tabs are headings of the page's own; the first has this level. */
  headings?: number | "none yet";
}

/** Follows which sets of tabs are open. */
export function followTabs() {
  const open: OpenTabs[] = [];
  let ended: number | undefined;
  const begin = (kind: OpenTabs["kind"], end: OpenTabs["end"], ofLine: number): void => {
    open.push({ kind, end, level: levelBelow(open.at(-1), kind, ofLine), hasTab: false });
  };
  const beginHeadings = (end: string, ofLine: number): void => {
    const level = levelBelow(open.at(-1), "set", ofLine);
    open.push({ kind: "set", end, level, hasTab: true, headings: "none yet" });
  };
  const close = (isEnd: (each: OpenTabs) => boolean): void => {
    const at = open.findLastIndex(isEnd);
    if (at === -1) return;
    const [outer, ...inner] = open.splice(at);
    if ([outer, ...inner].some((each) => each?.hasTab)) ended = outer?.level;
  };
  return {
    /** A line outside code, and the level of the heading above it. */
    see(line: string, level: number): void {
      for (const [, closing] of line.replace(CODE, "").matchAll(TABS)) {
        if (closing === undefined) begin("set", TAG, level);
        else close(({ end }) => end === TAG);
      }
      if (DOCFX_TAB.test(line) && open.at(-1)?.end !== DOCFX) begin("set", DOCFX, level);
      const docsify = OF_DOCSIFY.exec(line)?.[1];
      if (docsify === "start") beginHeadings(DOCSIFY, level);
      if (docsify === "end") close(({ end }) => end === DOCSIFY);
      const signs = ENDS.exec(line)?.[1];
      if (signs !== undefined)
        close(({ end }) => typeof end === "string" && end !== "" && signs.startsWith(end));
      const [, mark = "", name = ""] = OPENS.exec(line) ?? [];
      if (SET.test(name)) begin("set", mark, level);
      else if (SET_OF_HEADINGS.test(name)) beginHeadings(mark, level);
      else if (ONE.test(name)) {
        // The next one ends it where nobody wrote its end.
        if (open.at(-1)?.kind === "tab" && open.at(-1)?.end === mark) open.pop();
        begin("tab", mark, level);
      } else if (mark !== "" && open.length > 0) begin("other", mark, level);
    },
    /** The heading of a tab that is one of the page, below the section that its set stands in. */
    withLevel(line: string): string {
      const set = open.findLast(({ headings }) => headings !== undefined);
      const depth = HEADING.exec(line)?.[0].length;
      if (set === undefined || depth === undefined) return line;
      if (typeof set.headings !== "number") set.headings = depth;
      const more = Math.max(0, set.level + 1 - set.headings);
      return "#".repeat(Math.min(6, depth + more)) + line.slice(depth);
    },
    /** A tab whose body is indented, in bodies of this depth; its name has been written. */
    beginBody: (depth: number, level: number): void => begin("tab", depth, level),
    /** The bodies of this depth are all that is left. */
    leaveBodies: (depth: number): void =>
      close(({ end }) => typeof end === "number" && end > depth),
    /** Whether the line is a rule that ends tabs of DocFX. */
    takesRule(line: string): boolean {
      const isEnd = DOCFX_END.test(line) && open.some(({ end }) => end === DOCFX);
      if (isEnd) close(({ end }) => end === DOCFX);
      return isEnd;
    },
    /** A tab that ends here without a sign of its own. */
    endTab(level: number): void {
      ended = level;
    },
    /** The heading of a tab is written: what ended before it goes on with it. */
    named(): void {
      for (const each of open) each.hasTab = true;
      ended = undefined;
    },
    /** Of the heading above the innermost set, or above the line where there is none. */
    level: (ofLine: number): number => open.findLast(isOfTabs)?.level ?? ofLine,
    /** The level of the heading whose section goes on behind the last tab; undefined in its tabs, and once it does. */
    ended: (): number | undefined => ended,
    isWithin: (): boolean => open.length > 0,
    goOn(): void {
      ended = undefined;
    },
  };
}

function isOfTabs({ kind }: OpenTabs): boolean {
  return kind !== "other";
}

/** Within another tab, tabs stand below it. */
function levelBelow(around: OpenTabs | undefined, kind: OpenTabs["kind"], ofLine: number): number {
  if (around === undefined) return ofLine;
  const isNested = kind === "set" || around.kind === "tab";
  return isNested ? Math.max(ofLine, around.level + 1) : around.level;
}

/** The name of a tab of DocFX; undefined for any other line. */
export function docfxTab(line: string): string | undefined {
  return DOCFX_TAB.exec(line)?.[1];
}

/** What a site fills in is named in a tab's name as in any heading. */
export function headingOfTab(tab: string, level: number): string {
  const heading = `${"#".repeat(Math.min(6, level + 1))} ${tab}`;
  return tab.includes("{{") ? inlineText(heading) : heading;
}
