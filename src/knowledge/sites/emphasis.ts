/**
 * Bold words that end with a sign right before a letter, as people write where nothing stands between
 * words: `**주의:**서버`. Markdown takes no such stars for emphasis, and shows them.
 */

import { followVerbatim } from "../lines/fences.ts";
import { mayBeIndentedCode } from "../lines/indentation.ts";

const STARS = /(?<![\\*])\*\*(?!\*)/g;
const CODE = /(?<!`)(`+)(?!`)[^`]+\1/g;
const SIGN = /[\p{P}\p{S}]/u;
const LETTER = /\p{L}/u;
const LETTER_OR_NUMBER = /[\p{L}\p{N}]/u;
const ADDRESS = /(?:^|[\s(])(?:https?:\/\/|www\.)\S+$/;
/** What begins a block of its own, and is not the rest of a paragraph. */
const BLOCK = /^\s*(?:[-*+]\s|\d+[.)]\s|#{1,6}\s|[>|]|$)/;

/** The same lines, with a space between such words and the letters beside them. */
export function plainEmphasis(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => /\S\*\*\S/.test(line) || isLabelStuck(line))) return lines;
  const verbatim = followVerbatim();
  const plain: string[] = [];
  /** Emphasis may go on in the next lines of its paragraph. */
  let paragraph: string[] = [];
  const close = (): void => {
    for (const line of paragraph.length > 0 ? spacedLines(paragraph) : []) plain.push(line);
    paragraph = [];
  };
  for (const line of lines) {
    // Nobody writes such words where code may be, and code stays as it is.
    const isWords = !verbatim.holds(line) && !mayBeIndentedCode(line);
    if (!isWords || BLOCK.test(line)) close();
    if (isWords) paragraph.push(withBoldApart(isLabelStuck(line) ? withLabelsApart(line) : line));
    else plain.push(line);
  }
  close();
  return plain;
}

/** `boolean*Default*: on`, right behind other emphasis `*New in 4.2.**Type*: text`, `*New.**Linux only*Give` and `on*Linux only*Give`. */
const STUCK_LABEL =
  /(?<=\p{L})\*(?=\p{Lu}(?:\p{Ll}+\*:|\p{L}+ [\p{L} ]{1,60}\p{Ll}\*\p{Lu}))|(?<=[^\s*])\*\*(?=\p{Lu}(?:\p{Ll}+\*:|[\p{L} ]{1,60}\p{Ll}\*\p{Lu}))|(?<=(?:[^\s*]\*\*\p{Lu}|\p{L}\*\p{Lu}\p{L}+ )[\p{L} ]{1,60}\p{Ll})(?<end>\*)(?=\p{Lu})/gu;

function isLabelStuck(line: string): boolean {
  return /\S\*(?:\*|\p{Lu})/u.test(line) && line.search(STUCK_LABEL) !== -1;
}

/** `**On****Windows**`, as converters leave words that were bold one by one. */
const JOINED_BOLD = /(?<!\*)\*\*[^*\n]{1,200}(?:\*{4}[^*\n]{1,200}){1,20}\*\*(?!\*)/g;

function withBoldApart(line: string): string {
  if (!line.includes("****") || line.includes("`")) return line;
  return line.replace(JOINED_BOLD, (words) => words.replace(/\*{4}/g, "** **"));
}

function withLabelsApart(line: string): string {
  const plain = line.replace(CODE, (code) => code.replace(/\*/g, "x"));
  let end = 0;
  let text = "";
  for (const { 0: stars, groups, index } of plain.matchAll(STUCK_LABEL)) {
    const apart = groups?.["end"] === undefined ? `${stars.slice(1)} *` : "* ";
    text += line.slice(end, index) + apart;
    end = index + stars.length;
  }
  return text + line.slice(end);
}

function spacedLines(lines: readonly string[]): readonly string[] {
  const whole = spaced(lines.join("\n"));
  return whole === undefined ? lines.map((line) => spaced(line) ?? line) : whole.split("\n");
}

/** Undefined where stars are left over. */
function spaced(line: string): string | undefined {
  if (!/\S\*\*\S/.test(line)) return line;
  const plain = line.replace(CODE, (code) => code.replace(/[*\s]/g, "x"));
  const stars = Array.from(plain.matchAll(STARS), ({ index }) => index);
  if (stars.length % 2 === 1 || plain.includes("***")) return undefined;
  let text = "";
  let end = 0;
  for (let at = 0; at < stars.length; at += 2) {
    const from = stars[at] ?? 0;
    const to = (stars[at + 1] ?? 0) + 2;
    const words = plain.slice(from + 2, to - 2);
    const isBroken = isEmphasis(words) && isStuck(plain, from, to, words);
    const beside = besideOf(words.at(-1) ?? "");
    const before = plain[from - 1] ?? "";
    const left = isBroken && (before === "`" || beside.test(before));
    const right = isBroken && beside.test(plain[to] ?? "");
    text += `${line.slice(end, from)}${left ? " " : ""}${line.slice(from, to)}${right ? " " : ""}`;
    end = to;
  }
  return text + line.slice(end);
}

function isEmphasis(words: string): boolean {
  return LETTER.test(words) && words.trim() === words;
}

/** Words with a colon name what follows, also a number; behind a bracket it may be a power. */
function besideOf(sign: string): RegExp {
  return /[:：]/.test(sign) ? LETTER_OR_NUMBER : LETTER;
}

/** Between a sign and a letter, stars neither begin nor end anything. */
function isStuck(plain: string, from: number, to: number, words: string): boolean {
  const begins = SIGN.test(words[0] ?? "") && LETTER.test(plain[from - 1] ?? "");
  const last = words.at(-1) ?? "";
  const ends = SIGN.test(last) && besideOf(last).test(plain[to] ?? "");
  // An address goes on over the stars to the letter.
  return begins || ends || (ADDRESS.test(words) && LETTER.test(plain[to] ?? ""));
}
