/**
 * Slides of remark, a page of Markdown with marks of its own: `class: title` behind the rule that begins a slide,
 * `.lab[` … `]` around blocks and `.footnote[words]` around words, `--` where a slide stops, and `???` before
 * what its speaker says. Source: the wiki of gnab/remark, "Markdown" and "Formatting".
 */

import { followVerbatim } from "../lines/fences.ts";
import { labelLine } from "../markdown/remarks.ts";
import { withoutCode } from "./code-spans.ts";

const BEGINS_BLOCK = /^\s*\.[a-z][\w-]*(?:\.[a-z][\w-]*)*\[\s*$/;
const ENDS_BLOCK = /^\s*\]\s*$/;
const WITHIN = /(?<![\w)\]/])\.[a-z][\w-]*(?:\.[a-z][\w-]*)*\[(?=\S)/g;
/** A line that begins with such words. */
const WORDS_MARKED = /^\.[a-z][\w-]*\[[^\]]/;
const PROPERTY =
  /^(?:class|name|layout|template|count|exclude|background-(?:image|color|size|position)):\s/;
/** Any page may say a name below a rule, as records do; these are of slides alone. */
const SURE_PROPERTY =
  /^(?:class|background-(?:image|color|size|position)):\s|^(?:layout|count|exclude):\s+(?:true|false)\s*$/;

/** The same lines, as many as before. */
export function plainSlides(lines: readonly string[]): readonly string[] {
  if (!isSlides(lines)) return lines;
  const verbatim = followVerbatim();
  let isHead = true;
  let depth = 0;
  return lines.map((line, at) => {
    if (verbatim.holds(line)) {
      isHead = false;
      return line;
    }
    if (/^-{2,3}\s*$/.test(line)) {
      isHead = line.startsWith("---");
      return isHead ? ruleBelow(lines[at - 1] ?? "", line) : "";
    }
    if (isHead && PROPERTY.test(line)) return "";
    isHead = isHead && line.trim() === "";
    if (/^\?{3}\s*$/.test(line)) return labelLine("Notes");
    if (BEGINS_BLOCK.test(line)) {
      depth += 1;
      return "";
    }
    if (depth > 0 && ENDS_BLOCK.test(line)) {
      depth -= 1;
      return "";
    }
    const [text, left] = wordsWithin(line, depth);
    depth = left;
    return text;
  });
}

/** Right below words, such a rule would make a heading of them. */
function ruleBelow(above: string, rule: string): string {
  return above.trim() === "" ? rule : "***";
}

/** What begins a slide has a property, blocks have ends; any page may have a rule, or a dash or two. */
function isSlides(lines: readonly string[]): boolean {
  const rules = lines.flatMap((line, at) => (/^---\s*$/.test(line) ? [at] : []));
  if (rules.some((at) => SURE_PROPERTY.test(lines[at + 1] ?? "")) && rules.length > 1) return true;
  if (lines.some((line) => BEGINS_BLOCK.test(line)) && lines.some((line) => ENDS_BLOCK.test(line)))
    return true;
  return rules.length > 1 && lines.some((line, at) => isStop(lines, at) || WORDS_MARKED.test(line));
}

/** Where a slide stops, between empty lines. */
function isStop(lines: readonly string[], at: number): boolean {
  const isAlone = lines[at - 1]?.trim() === "" && lines[at + 1]?.trim() === "";
  return isAlone && /^--\s*$/.test(lines[at] ?? "");
}

/** The line without marks around its words, and how many of them are open behind it. */
function wordsWithin(line: string, open: number): [text: string, open: number] {
  if (!line.includes(".") && open === 0) return [line, open];
  const shown = withoutCode(line);
  const begins = new Map(
    Array.from(shown.matchAll(WITHIN), ({ index, 0: mark }) => [index, mark.length]),
  );
  if (begins.size === 0 && open === 0) return [line, open];
  /** What this line has opened, and whether by a mark. */
  const brackets: boolean[] = [];
  let left = open;
  let text = "";
  for (let at = 0; at < line.length; at += 1) {
    const mark = begins.get(at);
    const sign = line[at] ?? "";
    if (mark !== undefined) {
      brackets.push(true);
      at += mark - 1;
    } else if (shown[at] === "[") {
      brackets.push(false);
      text += sign;
    } else if (shown[at] === "]") {
      const own = brackets.pop();
      text += (own ?? left > 0) ? "" : sign;
      if (own === undefined && left > 0) left -= 1;
    } else text += sign;
  }
  return [text, left + brackets.filter(Boolean).length];
}
