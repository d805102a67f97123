/**
 * What people paste from a terminal, a log or a file and put no fence around. Markdown makes one line of it, in
 * which nobody finds anything, and takes its stars and underlines away: here it is code, as it was meant.
 */

import { indentOf } from "../lines/indentation.ts";
import { dataFrom, pastedFrom } from "./pasted-lines.ts";
import { placesOfProse } from "./prose.ts";

/** What begins a block of its own, or is one of a site's. */
const BLOCK =
  /^(?: {0,3}#{1,6}(?:\s|$)|\s*(?:[-*+]|\d{1,9}[.)])(?:\s|$)|\s*(?:>|\||:::|!!!|\?\?\?|===|\{%|\{\{|\{:|<|@|\[[^\]]*\]:|%%|---))/;
const ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])\s+/;

interface KeptCode {
  /** The lines, with a sign in place of each line of such code. */
  readonly lines: readonly string[];
  /** The same lines, once read, with the code. */
  readonly restored: (read: readonly string[]) => readonly string[];
}

/** Takes such code out of the lines, each of which stays one, so that no pass takes its signs for a site's. */
export function keepPastedCode(lines: readonly string[]): KeptCode {
  const code: string[] = [];
  const written = [...lines];
  const places = placesOfProse(lines);
  for (const { from, end } of codeOf(lines, places)) {
    keep(written, { from, end, indent: places[from] ?? "" }, code);
  }
  if (code.length === 0) return { lines, restored: (read) => read };
  return {
    lines: written,
    restored: (read) =>
      read.map((line) => line.replace(SIGN, (sign, at) => code[Number(at)] ?? sign)),
  };
}

interface PastedLines {
  readonly from: number;
  /** The line behind it. */
  readonly end: number;
}

/** The code of each text between two lines that are none: data to its end, or that of its blocks. */
function codeOf(lines: readonly string[], places: readonly (string | undefined)[]): PastedLines[] {
  const found: PastedLines[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    if (places[at] === undefined) continue;
    let end = at + 1;
    while (end < lines.length && places[end] !== undefined) end += 1;
    const data = dataIn(lines.slice(at, end));
    const edge = data === undefined ? end : at + data;
    for (const part of codeOfBlocks(lines, { from: at, end: edge })) found.push(part);
    if (edge < end) found.push({ from: edge, end });
    at = end;
  }
  return found;
}

/** YAML may hold what Markdown sees items and headings in; what begins as another block is none. */
function dataIn(text: readonly string[]): number | undefined {
  const from = dataFrom(text);
  if (from === undefined) return undefined;
  const first = text[from] ?? "";
  return BLOCK.test(first) && !ITEM.test(first) ? undefined : from;
}

function codeOfBlocks(lines: readonly string[], { from, end }: PastedLines): PastedLines[] {
  const found: PastedLines[] = [];
  let at = from;
  while (at < end) {
    let next = at + 1;
    while (next < end && !BLOCK.test(lines[next] ?? "")) next += 1;
    const first = firstOfCode(lines.slice(at, next));
    if (first !== undefined) found.push({ from: at + first, end: next });
    at = next;
  }
  return found;
}

/** Where in a block the code begins; an item's mark is no part of it. */
function firstOfCode(block: readonly string[]): number | undefined {
  const [first = "", ...rest] = block;
  if (!BLOCK.test(first)) return pastedFrom(block);
  const from = ITEM.test(first) ? pastedFrom(rest) : undefined;
  return from === undefined ? undefined : from + 1;
}

/** No page has it. */
const MARK = "\u{F8F2}";
const SIGN = /\u{F8F2}(\d+)\u{F8F2}/gu;

interface PastedPlace extends PastedLines {
  readonly indent: string;
}

/** Puts signs in place of the lines, and the lines among the code: what stands between them stays as it is. */
function keep(lines: string[], { from, end, indent }: PastedPlace, code: string[]): void {
  const block = lines.slice(from, end).map((line) => line.trimEnd());
  const common = block.reduce((least, line) => Math.min(least, indentOf(line)), Infinity);
  for (const [index, line] of block.entries()) {
    const text = line.slice(common).replace(/&/g, "&amp;").replace(/</g, "&lt;");
    lines[from + index] = `${indent}${MARK}${code.length}${MARK}`;
    code.push((index === 0 ? "<pre>" : "") + text + (index === block.length - 1 ? "</pre>" : ""));
  }
}
