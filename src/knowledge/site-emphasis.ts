/**
 * Bold words that end with a sign right before a letter, as people write where nothing stands between
 * words: `**주의:**서버`. Markdown takes no such stars for emphasis, and shows them.
 */

import { followVerbatim } from "./site-fences.ts";

const STARS = /(?<![\\*])\*\*(?!\*)/g;
const CODE = /(?<!`)(`+)(?!`)[^`]+\1/g;
const SIGN = /[\p{P}\p{S}]/u;
const LETTER = /\p{L}/u;
/** Where code may be: nobody writes such words there, and code stays as it is. */
const FAR_IN = /^(?: {4}|\t)\s*(?![-*+]\s|\d+[.)]\s)/;

/** The same lines, with a space between such words and the letters beside them. */
export function plainEmphasis(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => /\S\*\*\S/.test(line))) return lines;
  const verbatim = followVerbatim();
  return lines.map((line) => (verbatim.holds(line) || FAR_IN.test(line) ? line : spaced(line)));
}

function spaced(line: string): string {
  if (!/\S\*\*\S/.test(line)) return line;
  const plain = line.replace(CODE, (code) => code.replace(/[*\s]/g, "x"));
  const stars = Array.from(plain.matchAll(STARS), ({ index }) => index);
  if (stars.length % 2 === 1 || plain.includes("***")) return line;
  let text = "";
  let end = 0;
  for (let at = 0; at < stars.length; at += 2) {
    const from = stars[at] ?? 0;
    const to = (stars[at + 1] ?? 0) + 2;
    const words = plain.slice(from + 2, to - 2);
    const isBroken = isEmphasis(words) && isStuck(plain, from, to, words);
    const [left, right] = isBroken
      ? [LETTER.test(plain[from - 1] ?? ""), LETTER.test(plain[to] ?? "")]
      : [false, false];
    text += `${line.slice(end, from)}${left ? " " : ""}${line.slice(from, to)}${right ? " " : ""}`;
    end = to;
  }
  return text + line.slice(end);
}

function isEmphasis(words: string): boolean {
  return LETTER.test(words) && words.trim() === words;
}

/** Between a sign and a letter, stars neither begin nor end anything. */
function isStuck(plain: string, from: number, to: number, words: string): boolean {
  const begins = SIGN.test(words[0] ?? "") && LETTER.test(plain[from - 1] ?? "");
  return begins || (SIGN.test(words.at(-1) ?? "") && LETTER.test(plain[to] ?? ""));
}
