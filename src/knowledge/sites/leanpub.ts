/**
 * What Leanpub adds to Markdown: asides and notes, whose lines begin with a letter, `W> Never at night.`, and
 * attributes above code, tables and pictures, `{line-numbers=off,lang="text"}`. Source: the manuals of Leanpub
 * Flavoured Markdown and of Markua.
 */

import { linesOfFences } from "../lines/fences.ts";

const ASIDE = /^([ABCDEIQTWX])>(?:[ \t]|$)/;
const KINDS: Readonly<Record<string, string>> = {
  D: "Discussion",
  E: "Error",
  I: "Information",
  Q: "Question",
  T: "Tip",
  W: "Warning",
  X: "Exercise",
};
const KEY =
  "(?:line-numbers|number-from|starting-line-number|lang|format|title|caption|width|float|align|crop-(?:start|end)(?:-line)?|crop-query)";
const VALUE = String.raw`(?:"[^"{}\n]*"|[^\s,{}"]+)`;
const ATTRIBUTES = new RegExp(
  String.raw`^\{${KEY}=${VALUE}(?:,[ \t]*[a-z][\w-]{0,40}=${VALUE}){0,20}\}[ \t]*$`,
);
const TITLE = /[{,][ \t]*(?:title|caption)="([^"]+)"/;
const INDENTED = /^(?: {4}|\t)/;
/** Nothing that words may stand in front of. */
const BLOCK = /^\s*(?:$|#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s|[`~]{3}|[>|{]| {4})/;

/** The same lines, as many as before. */
export function plainLeanpub(lines: readonly string[]): readonly string[] {
  if (!lines.some((line, at) => ATTRIBUTES.test(line) || isAside(lines, at))) return lines;
  const isFenced = linesOfFences(lines);
  const written = [...lines];
  let kind = "";
  for (const [at, line] of lines.entries()) {
    const letter = isFenced[at] === true ? undefined : ASIDE.exec(line)?.[1];
    if (letter !== undefined && (letter === kind || isAside(lines, at))) {
      written[at] = asideLine(letter, line.slice(2).replace(/^[ \t]/, ""), letter !== kind);
      kind = letter;
      continue;
    }
    kind = "";
    if (isFenced[at] !== true && ATTRIBUTES.test(line)) withoutAttributes(written, at);
  }
  return written;
}

/** Two such lines below each other; one by itself may be a prompt, `A> dir`. */
function isAside(lines: readonly string[], at: number): boolean {
  const letter = ASIDE.exec(lines[at] ?? "")?.[1];
  return letter !== undefined && letter === ASIDE.exec(lines[at + 1] ?? "")?.[1];
}

/** A quotation, whose first words say its kind. */
function asideLine(letter: string, text: string, isFirst: boolean): string {
  if (letter === "C") return text;
  if (ATTRIBUTES.test(text)) return ">";
  const kind = isFirst && !BLOCK.test(text) ? KINDS[letter] : undefined;
  return `> ${kind === undefined ? "" : `**${kind}:** `}${text}`.trimEnd();
}

/** A title stands above, where what it names begins a block by an empty line. */
function withoutAttributes(lines: string[], at: number): void {
  const title = TITLE.exec(lines[at] ?? "")?.[1];
  const shown = title === undefined ? "" : `**${title}**`;
  const isCode = INDENTED.test(lines[at + 1] ?? "");
  lines[at] = isCode ? "" : shown;
  if (isCode && lines[at - 1]?.trim() === "") lines[at - 1] = shown;
}
