/**
 * What gopkg.in/yaml.v3 refuses in the signs of a file and our parser takes: control characters,
 * directives, halves of letters and tabs where indentation stands.
 */

/** What Prometheus refuses at a line of a file. */
export interface Oddity {
  readonly line: number | undefined;
  readonly words: string;
}

const REFUSED_SIGN = /[^\t\r\n\x20-\x7E\x85\xA0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** What is refused in a file before anything is read of it, each kind once. */
export function fileOddities(text: string): Oddity[] {
  return [...directiveOddities(text), ...signOddities(text)];
}

function signOddities(text: string): Oddity[] {
  const at = text.search(REFUSED_SIGN);
  if (at === -1) return [];
  const hex = (text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const line = lineAt(text, at);
  return [{ line, words: `the control character U+${hex} stands there` }];
}

/** That parser knows no later version, though it reads its files. */
const VERSION = /^%YAML[ \t]+0*1\.0*1[ \t]*(?:#.*)?$/;

/** Directives stand at the beginning, before `---`. */
function directiveOddities(text: string): Oddity[] {
  const oddities: Oddity[] = [];
  let versions = 0;
  for (const [at, line] of text.split("\n", MOST_DIRECTIVES).entries()) {
    if (line.startsWith("%YAML")) versions++;
    if (line.startsWith("%") && isRefused(line, versions)) {
      oddities.push({ line: at + 1, words: `the directive "${line.slice(0, 40)}"` });
    }
    if (!/^(?:[%#]|\s*$)/.test(line)) break;
  }
  return oddities;
}

const MOST_DIRECTIVES = 1_000;

function isRefused(line: string, versions: number): boolean {
  if (line.startsWith("%TAG ")) return false;
  return !VERSION.test(line) || versions > 1;
}

/** An escape of half a letter, or of none; JSON's `\/` is none here. */
const NO_LETTER =
  /^(?:[^\\]|\\[^uU/])*?\\(?:\/|u[dD][89A-Fa-f][\dA-Fa-f]{2}|U(?!00(?:0[\dA-Fa-f]|10)(?![dD][89A-Fa-f])))/;

const CLOSED_SINGLE = /^'(?:[^']|'')*'$/;
const CLOSED = /^"(?:[^\\]|\\[\s\S])*"$/;

/** What is refused in a scalar as it is written. */
export function scalarOddity(written: string, type: string | undefined): string | undefined {
  if (type === "QUOTE_DOUBLE" && written.includes("\\")) {
    if (NO_LETTER.test(written)) return "an escape in it is no letter";
    if (!CLOSED.test(written)) return "its quote is not closed";
  }
  if (type === "QUOTE_SINGLE" && !CLOSED_SINGLE.test(written)) return "its quote is not closed";
  const isBlock = type === "BLOCK_LITERAL" || type === "BLOCK_FOLDED";
  return isBlock && written.includes("\t") && hasTabIndent(written) ? TAB_INDENT : undefined;
}

const TAB_INDENT = "a tab stands where spaces indent it";

/** Whether a tab stands before the column where the first line of a block begins. */
function hasTabIndent(written: string): boolean {
  const [header = "", ...lines] = written.split("\n");
  if (/\d/.test(header)) return false;
  const firstAt = lines.findIndex((line) => line.trim() !== "");
  const indent = /^ */.exec(lines[firstAt] ?? "")?.[0].length ?? 0;
  return lines.some((line, at) => {
    const tab = /^ *(?=\t)/.exec(line)?.[0].length;
    return tab !== undefined && (at <= firstAt || tab < indent);
  });
}

const TAB_LED = /^ *\t|(?<![\s\S])\t/gm;
const REMARK = /[ \t]*#/y;

/** Lines that begin with a tab outside what goes on over lines, whose spans are in the order of the text. */
export function tabOddities(
  text: string,
  spans: readonly (readonly [from: number, to: number])[],
): Oddity[] {
  let next = 0;
  let end = 0;
  for (const { index } of text.matchAll(TAB_LED)) {
    for (; (spans[next]?.[0] ?? Infinity) < index; next += 1) {
      end = Math.max(end, spans[next]?.[1] ?? 0);
    }
    if (index >= end && !isBehindRemark(text, index)) {
      return [{ line: lineAt(text, index), words: TAB_INDENT }];
    }
  }
  return [];
}

/** A remark that a tab leads is taken right below another one. */
function isBehindRemark(text: string, index: number): boolean {
  REMARK.lastIndex = index;
  if (!REMARK.test(text)) return false;
  const before = text.slice(0, index).trimEnd();
  return /^\s*#/.test(before.slice(before.lastIndexOf("\n") + 1));
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
