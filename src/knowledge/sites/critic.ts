/**
 * Changes that are marked in the text, `{++added++}`, `{--removed--}`, `{~~old~>new~~}`, `{==marked==}` and
 * `{>>a remark<<}` -> the text as it is with all of them accepted, and its remarks. Source: CriticMarkup's guide.
 */

import { type Edit, withEdits } from "./edits.ts";
import { proseWithoutCode } from "./prose.ts";

const HAS_SIGNS = /\{(?:\+\+|--|~~|==|>>)/;
/** Two braces are a template's. */
const SIGN = /(?<![{\\])\{(?:\+\+|--|~~|==|>>[ \t]*)|~>|(?:\+\+|--|~~|==|[ \t]*<<)\}(?!\})/g;
/** Of a change; who forgot its end would lose the page. */
const MOST_LINES = 100;
const LONE_MARK = /^\s*(?:[-*+]|\d{1,9}[.)]|#{1,6}|>)?\s*$/;

interface Sign {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

interface Change {
  readonly kind: string;
  readonly begin: Sign;
  readonly end: Sign;
  /** Between what was and what is. */
  readonly middle?: Sign;
}

/** The same lines, as many as before. */
export function plainCritic(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => HAS_SIGNS.test(line))) return lines;
  const plain = proseWithoutCode(lines);
  const edits = changesIn(plain, lines).flatMap((change) => editsOf(change, plain));
  const written = withEdits(lines, edits);
  return written.map((line, at) => (line !== lines[at] && LONE_MARK.test(line) ? "" : line));
}

/** In one pass: each sign that ends a change ends the last one of its kind. */
function changesIn(plain: readonly string[], lines: readonly string[]): Change[] {
  const changes: Change[] = [];
  const open = new Map<string, { readonly begin: Sign; readonly middle?: Sign }>();
  for (const [line, text] of plain.entries()) {
    // Code stays as it is, so that no change goes over it.
    if (text === "" && lines[line]?.trim() !== "") open.clear();
    for (const { 0: written, index: from } of text.matchAll(SIGN)) {
      const sign = { line, from, to: from + written.length };
      const kind = written.trim().replace(/[{}]/g, "").replace("<<", ">>");
      const begun = open.get(kind === "~>" ? "~~" : kind);
      if (written.startsWith("{")) open.set(kind, { begin: sign });
      else if (begun === undefined || line - begun.begin.line > MOST_LINES) continue;
      else if (kind === "~>") open.set("~~", { middle: sign, ...begun });
      else {
        open.delete(kind);
        if (kind !== "~~" || begun.middle !== undefined)
          changes.push({ kind, end: sign, ...begun });
      }
    }
  }
  return changes;
}

function editsOf({ kind, begin, middle, end }: Change, plain: readonly string[]): Edit[] {
  if (kind === "--") return removed(begin, end, plain);
  if (middle !== undefined) return [...removed(begin, middle, plain), { ...end, words: "" }];
  const words = begin.line === end.line ? (plain[end.line] ?? "").slice(begin.to, end.from) : "";
  if (kind === ">>") {
    const isApart = /^$|\s/.test((plain[begin.line] ?? "")[begin.from - 1] ?? "");
    return [
      { ...begin, words: `${isApart ? "" : " "}(Remark: ` },
      { ...end, words: ")" },
    ];
  }
  const mark = kind === "==" && /^[^\s*](?:[^*]*[^\s*])?$/.test(words) ? "**" : "";
  return [
    { ...begin, words: mark },
    { ...end, words: mark },
  ];
}

/** Everything from the beginning of one sign to the end of another; the lines stay. */
function removed(first: Sign, last: Sign, plain: readonly string[]): Edit[] {
  const edits: Edit[] = [];
  for (let line = first.line; line <= last.line; line += 1) {
    const from = line === first.line ? first.from : 0;
    const to = line === last.line ? last.to : (plain[line] ?? "").length;
    edits.push({ line, from, to, words: "" });
  }
  return edits;
}
