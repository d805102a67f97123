/**
 * `<style … />` and `<script … />`, which JSX ends there: to HTML that is a beginning, and what follows on the
 * page would be a style or a program, as far as its end.
 */

import { endsFence, type Fence, fenceOf } from "../lines/fences.ts";

/** `</br/>`, which browsers take for a break. */
const BREAK = /(`+[^`]*`+)|<\/br\s*\/>/gi;
const HAS_BREAK = /<\/br\s*\/>/i;

const RAW = /(`+[^`]*`+)|<(style|script|textarea|pre|title|iframe)\b([^<>]*?)\s*\/>/gi;
const HAS_RAW = /<(?:style|script|textarea|pre|title|iframe)\b[^<>]*\/>/i;

/** An end with the letters of its beginning in another order: `<kbd>Enter</kdb>`. */
const SWAPPED = /(`+[^`]*`+)|(<([a-z]{2,6})>[^<>`]{1,200}<\/)(?!\3>)([a-z]{2,6})(?=>)/g;
const HAS_SWAPPED = /<([a-z]{2,6})>[^<>`]{1,200}<\/(?!\1>)[a-z]{2,6}>/;

/** How a fence is written is shown so: it begins right behind the tag, and ends right before the tag's end. */
const FENCE_IN_PRE =
  /(?<=^\s*<pre\b[^<>]*>\s*(?:<code\b[^<>]*>)?)`{3,}|^\s*`{3,}(?=\s*<\/(?:code|pre)>)/i;

/** A tag that goes on in the next lines. */
const OPEN = /^( {0,3})<(?=(?:pre|textarea)(?:\s[^<>]*)?$)/i;

/** The same lines, in which such tags have an end. */
export function endRawTags(lines: readonly string[]): readonly string[] {
  const isOdd = (line: string): boolean =>
    HAS_RAW.test(line) ||
    HAS_BREAK.test(line) ||
    HAS_SWAPPED.test(line) ||
    FENCE_IN_PRE.test(line) ||
    OPEN.test(line);
  if (!lines.some(isOdd)) return lines;
  let fence: Fence | undefined;
  return lines.map((line, at) => {
    if (fence !== undefined) {
      if (endsFence(line, fence)) fence = undefined;
      return line;
    }
    const words = line.replace(FENCE_IN_PRE, (signs) => signs.replaceAll("`", "&#96;"));
    fence = fenceOf(words);
    if (fence !== undefined) return words;
    // What no paragraph ends is no tag, and would take all of the page.
    return OPEN.test(words) && !isTag(lines, at)
      ? words.replace(OPEN, "$1&lt;")
      : withEndedTags(words);
  });
}

/** Whether a tag that goes on in the next lines ends before an empty one. */
function isTag(lines: readonly string[], at: number): boolean {
  for (let below = at + 1; below < lines.length; below += 1) {
    const line = lines[below] ?? "";
    if (line.includes(">")) return true;
    if (line.trim() === "" || line.includes("<")) return false;
  }
  return false;
}

/** A line of words with such tags. */
export function withEndedTags(written: string): string {
  const ended = HAS_SWAPPED.test(written) ? withOwnEnds(written) : written;
  const line = HAS_BREAK.test(ended)
    ? ended.replace(BREAK, (_, code?: string) => code ?? "<br/>")
    : ended;
  if (!HAS_RAW.test(line)) return line;
  return line.replace(RAW, (all, code?: string, name = "", attributes = "") => {
    if (code !== undefined) return all;
    // With nothing in it, it would be an empty block of code.
    if (/^pre$/i.test(name)) return "";
    return `<${name}${attributes.includes("{") ? "" : attributes}></${name}>`;
  });
}

function withOwnEnds(line: string): string {
  const lettersOf = (name: string): string => Array.from(name).toSorted().join("");
  return line.replace(
    SWAPPED,
    (all, _code: string | undefined, before = "", name = "", end = "") =>
      name !== "" && lettersOf(name) === lettersOf(end) ? before + name : all,
  );
}
