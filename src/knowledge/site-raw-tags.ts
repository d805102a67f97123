/**
 * `<style … />` and `<script … />`, which JSX ends there: to HTML that is a beginning, and what follows on the
 * page would be a style or a program, as far as its end.
 */

import { endsFence, type Fence, fenceOf } from "./site-fences.ts";

const RAW = /(`+[^`]*`+)|<(style|script|textarea|pre|title|iframe)\b([^<>]*?)\s*\/>/gi;
const HAS_RAW = /<(?:style|script|textarea|pre|title|iframe)\b[^<>]*\/>/i;

/** How a fence is written is shown so: it begins right behind the tag, and ends right before the tag's end. */
const FENCE_IN_PRE =
  /(?<=^\s*<pre\b[^<>]*>\s*(?:<code\b[^<>]*>)?)`{3,}|^\s*`{3,}(?=\s*<\/(?:code|pre)>)/i;

/** The same lines, in which such tags have an end. */
export function endRawTags(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => HAS_RAW.test(line) || FENCE_IN_PRE.test(line))) return lines;
  let fence: Fence | undefined;
  return lines.map((line) => {
    if (fence !== undefined) {
      if (endsFence(line, fence)) fence = undefined;
      return line;
    }
    const words = line.replace(FENCE_IN_PRE, (signs) => signs.replaceAll("`", "&#96;"));
    fence = fenceOf(words);
    return fence === undefined ? withEndedTags(words) : words;
  });
}

/** A line of words with such tags. */
export function withEndedTags(line: string): string {
  if (!HAS_RAW.test(line)) return line;
  return line.replace(RAW, (all, code?: string, name = "", attributes = "") => {
    if (code !== undefined) return all;
    // With nothing in it, it would be an empty block of code.
    if (/^pre$/i.test(name)) return "";
    return `<${name}${attributes.includes("{") ? "" : attributes}></${name}>`;
  });
}
