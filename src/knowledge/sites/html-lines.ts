/**
 * Markdown between tags, line by line, as its authors mean it. A generator that reads MDX knows no code by
 * indentation and reads Markdown right below a tag; CommonMark takes the one for code and the other for
 * HTML. So what stands between tags loses the indentation of the innermost one, a row or an item that of
 * its table or list, and a line of tags before Markdown ends there: behind a comment, a line is an HTML
 * block by itself (CommonMark 4.6, condition 2).
 */

import { isHtmlTag } from "../html/tags.ts";
import { endsFence, type Fence, fenceOf } from "../lines/fences.ts";
import { CODE_INDENT, indentOf } from "../lines/indentation.ts";

const TAG =
  /<(\/?)([a-zA-Z][\w.-]*)(?:\s(?:[^<>"'{}]|"[^"]*"|'[^']*'|\{(?:[^<>{}]|\{[^<>{}]*\})*\})*)?>/g;
/** A component whose attributes go on in the next lines, and the line in which they end. */
const GOES_ON = /^\s*<([A-Z][\w.]*)(?:\s[^<>]*)?$/;
const ENDS_THERE = /^[^<]*?(\/?)(?<!=)>\s*$/;

/** What holds blocks; a component of MDX may, too. */
const CONTAINER =
  /^(?:[A-Z][\w.]*|table|thead|tbody|tfoot|tr|td|th|div|figure|details|section|article|aside|ul|ol|li|dl|dt|dd|blockquote|center)$/;
/** What a tag of the same row or list ends, as nobody writes its end. */
const ENDS: ReadonlyMap<string, RegExp> = new Map([
  ["td", /^t[dh]$/],
  ["th", /^t[dh]$/],
  ["tr", /^t[dhr]$/],
  ["li", /^li$/],
  ["dt", /^d[td]$/],
  ["dd", /^d[td]$/],
]);
/** What holds text as it is. */
const VERBATIM = /^(?:pre|script|style|textarea)$/;

/** What a part belongs to, however far it is indented below an empty line. */
const PARTS: ReadonlyMap<string, RegExp> = new Map([
  ["thead", /^table$/],
  ["tbody", /^table$/],
  ["tfoot", /^table$/],
  ["tr", /^(?:table|thead|tbody|tfoot)$/],
  ["td", /^t[dhr]$/],
  ["th", /^t[dhr]$/],
  ["li", /^(?:ul|ol|li)$/],
  ["dt", /^d[ltd]$/],
  ["dd", /^d[ltd]$/],
]);

interface OpenTag {
  readonly name: string;
  readonly indent: number;
  /** Its indentation in what is written. */
  readonly shown: number;
  /** The indentation of the first line in a component, or of a tag right below this one. */
  body?: number;
  /** An empty line stands above its first line: four columns make code there. */
  isApart?: true;
}

/** The same lines, as many as before. */
export function separateHtml(lines: readonly string[]): string[] {
  const holdsMarkdown = linesBeforeMarkdown(lines);
  const open: OpenTag[] = [];
  let verbatim: string | undefined;
  let fence: (Fence & { readonly base: number }) | undefined;
  let goesOn: OpenTag | undefined;
  const outer = followOuter();
  let isList = false;
  const below = followBelow();
  return lines.map((written, at) => {
    if (fence !== undefined) {
      const line = dedented(written, fence.base);
      if (endsFence(line, fence)) fence = undefined;
      return line;
    }
    if (verbatim !== undefined) {
      if (written.toLowerCase().includes(`</${verbatim}`)) verbatim = undefined;
      return written;
    }
    noteBody(open, written);
    const own = partIndent(open, written) ?? outer.of(open, written) + baseOf(open);
    const base = Math.max(own, below.of(written));
    const line = dedented(written, base);
    const opened = fenceOf(line);
    if (opened !== undefined) {
      fence = { ...opened, base: Math.min(indentOf(written), base) };
      return line;
    }
    if (ITEM.test(line)) isList = true;
    else if (/^\S/.test(line)) isList = false;
    verbatim = follow(open, written, indentOf(line));
    goesOn = followLong(open, { line: written, goesOn, shown: indentOf(line) });
    // Outside of lists, a line so far in may be code, which shows the sign.
    const mayEnd = verbatim === undefined && (isList || indentOf(line) < CODE_INDENT);
    const endsHere = mayEnd && holdsMarkdown[at] === true && isOfTags(line);
    below.note(endsHere, { written, line });
    return endsHere ? line.replace(/^\s*/, (space) => `${space}<!---->`) : line;
  });
}

/** How far the innermost tag, or the text of a component, stands to the right of the outermost. */
function baseOf(open: readonly OpenTag[]): number {
  const last = open.at(-1);
  return Math.max(0, (last?.body ?? last?.indent ?? 0) - (open[0]?.indent ?? 0));
}

/**
 * A heading stands at the left, however deep it is in HTML, and takes the tags around it off the list; what
 * follows is still indented as they are.
 */
function followOuter() {
  let columns = 0;
  let isBelowHeading = false;
  return {
    of(open: readonly OpenTag[], line: string): number {
      if (line.trim() === "") return columns;
      if (HEADING.test(line)) {
        isBelowHeading ||= !holdsHeading(open) && Math.max(columns, open.at(-1)?.indent ?? 0) > 0;
        return columns;
      }
      if (isBelowHeading) columns = indentOf(line);
      else if (open.length === 0) columns = Math.min(columns, indentOf(line));
      isBelowHeading = false;
      return columns;
    },
  };
}

/** What stands right below a line of tags that ends there belongs to it, however far in: it is no code. */
function followBelow() {
  let tags: { readonly indent: number; readonly shown: number } | undefined;
  let by = 0;
  return {
    of(line: string): number {
      if (line.trim() === "") tags = undefined;
      const indent = indentOf(line);
      if (tags !== undefined && by === 0 && indent > tags.indent) {
        const shown = indent - tags.indent + Math.min(tags.shown, tags.indent);
        if (shown >= CODE_INDENT) by = indent - tags.shown;
      }
      return tags === undefined ? 0 : by;
    },
    note(endsHere: boolean, { written, line }: { written: string; line: string }): void {
      if (!endsHere && !written.trimStart().startsWith("<")) return;
      tags = endsHere ? { indent: indentOf(written), shown: indentOf(line) } : undefined;
      by = 0;
    },
  };
}

const HEADING = /^#{1,6}\s/;
const ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])\s/;

/** A term or an item may be a heading. */
function holdsHeading(open: readonly OpenTag[]): boolean {
  return /^(?:dt|li)$/.test(open.at(-1)?.name ?? "");
}

/**
 * In a component, indentation by four columns makes no code; nor does it in HTML whose author sets each level of
 * tags so far in.
 */
function noteBody(open: readonly OpenTag[], line: string): void {
  const last = open.at(-1);
  if (last === undefined || last.body !== undefined) return;
  if (line.trim() === "") last.isApart = true;
  else if (isBody(last, line)) last.body = indentOf(line);
}

function isBody(last: OpenTag, line: string): boolean {
  if (/^[A-Z]/.test(last.name)) return indentOf(line) >= last.indent;
  const isTight = last.isApart !== true && /^\s*(?:<|`{3}|~{3})/.test(line);
  return isTight && indentOf(line) >= last.indent + CODE_INDENT;
}

/** A tag of several lines opens in its last one. */
function followLong(
  open: OpenTag[],
  { line, goesOn, shown }: { line: string; goesOn: OpenTag | undefined; shown: number },
): OpenTag | undefined {
  const name = GOES_ON.exec(line)?.[1];
  if (name !== undefined) return { name, indent: indentOf(line), shown };
  const selfClosing = ENDS_THERE.exec(line)?.[1];
  if (selfClosing === undefined || goesOn === undefined) return goesOn;
  if (selfClosing === "") open.push(goesOn);
  return undefined;
}

/** What a line loses that begins with a part of the innermost tag, or ends a tag; undefined for others. */
function partIndent(open: readonly OpenTag[], line: string): number | undefined {
  const [, closing, name = ""] = /^\s*<(\/?)([a-z]+)[\s>]/.exec(line) ?? [];
  const around =
    closing === "/"
      ? open.findLast((tag) => tag.name === name)
      : PARTS.get(name)?.test(open.at(-1)?.name ?? "") === true
        ? open.at(-1)
        : undefined;
  if (around === undefined) return undefined;
  // Four columns further than what is around all of it would be code.
  const most = Math.min(around.shown, (open[0]?.shown ?? 0) + 3);
  return Math.max(0, indentOf(line) - most);
}

function dedented(line: string, base: number): string {
  return line.slice(Math.min(indentOf(line), base));
}

/** Opens and closes what the line does; the name of what holds the next lines as they are. */
function follow(open: OpenTag[], line: string, shown: number): string | undefined {
  // A tag that nobody closes ends with its section.
  if (HEADING.test(line) && !holdsHeading(open)) open.length = 0;
  let verbatim: string | undefined;
  for (const [tag, closing, name = ""] of withoutCode(line).matchAll(TAG)) {
    if (VERBATIM.test(name)) verbatim = closing === "/" ? undefined : name;
    if (!CONTAINER.test(name) || tag.endsWith("/>")) continue;
    const ended = ENDS.get(name);
    if (closing === "/") {
      const from = open.findLastIndex((each) => each.name === name);
      if (from !== -1) open.length = from;
    } else {
      while (ended?.test(open.at(-1)?.name ?? "") === true) open.pop();
      open.push({ name, indent: indentOf(line), shown });
    }
  }
  return verbatim;
}

function withoutCode(line: string): string {
  return line.replace(/`[^`]*`/g, "");
}

/** They stand among words, and end no paragraph. */
const EMPHASIS = /^(?:b|code|del|em|i|kbd|mark|s|small|strong|sub|sup|u)$/i;

/** `<Option>` of MDX is none of HTML; `<TABLE>` is. */
function isComponent(name: string): boolean {
  return /^[A-Z][A-Za-z]*[a-z]/.test(name);
}

/** Begins and ends with a tag of HTML. */
function isOfTags(line: string): boolean {
  const first = /^\s*<\/?([a-zA-Z][\w-]*)[^`]*>\s*$/.exec(line)?.[1];
  return first !== undefined && isHtmlTag(first) && !isComponent(first) && !EMPHASIS.test(first);
}

/**
 * For each line whether Markdown stands behind it and other lines of tags, before the next tag or empty line.
 * From the end, so that a list of a thousand lines is read once.
 */
function linesBeforeMarkdown(lines: readonly string[]): boolean[] {
  const holds: boolean[] = [];
  let behindTags = false;
  let behindText = false;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    holds[at] = behindTags;
    const line = lines[at] ?? "";
    if (line.trim() === "") behindTags = behindText = false;
    else if (line.trimStart().startsWith("<")) {
      behindTags &&= isOfTags(line);
      behindText = false;
    } else if (isMarkdown(line)) behindTags = behindText = true;
    else behindTags = behindText;
  }
  return holds;
}

/** Whether a line means Markdown, and no words that HTML holds as well. */
function isMarkdown(line: string): boolean {
  return /^\s*(?:`{3}|~{3}|[-*+] |\d+[.)] |\||#{1,6} |> |[^<]*(?:`[^`]+`|\]\(|\*\*\S))/.test(line);
}
