/** What MDX computes within a line: attributes, values, texts in braces -> the words of it. */

import { linesOfFences } from "../lines/fences.ts";
import { readJsxTag } from "./jsx-tags.ts";
import { type JsxValues, NO_VALUES, wordsOfPath } from "./jsx-words.ts";

/** A line that tells MDX from Markdown. */
export const MODULE = /^(?:import\s.*['"]|export\s+(?:const|default|function|async)\b)/;

/** It imports or exports something, and not only in code. */
export function isMdx(lines: readonly string[]): boolean {
  if (!lines.some((line) => MODULE.test(line))) return false;
  const isCode = linesOfFences(lines);
  return lines.some((line, at) => isCode[at] === false && MODULE.test(line));
}

interface LinePlace {
  /** The page imports or exports something. */
  readonly isMdx: boolean;
  /** What it exports. */
  readonly values: JsxValues;
  /** What may still be parsed in vain. */
  readonly room: { tries: number };
}

/** The same line in which nothing is computed. */
export function withPlainParts(line: string, { isMdx, values, room }: LinePlace): string {
  const plain = isMdx && line.includes("{`") ? line.replace(TEMPLATE, "$1") : line;
  return withoutComputed(withValues(withPlainTags(plain, { values, room }), values));
}

const TAG_WITHIN = /(`+[^`]*`+)|<[A-Z][\w.]*(?=\s)/g;
/** Each is parsed by itself, which takes the time of its whole line. */
const MOST_TAGS_WITHIN = 50;

/** Tags that compute something within a line, such as a cell of a table: their words alone. */
function withPlainTags(line: string, { values, room }: Pick<LinePlace, "values" | "room">): string {
  if (room.tries <= 0 || !/<[A-Z][^<>]*=\{/.test(line)) return line;
  let plain = "";
  let from = 0;
  for (const { 0: opening, 1: code, index } of [...line.matchAll(TAG_WITHIN)].slice(
    0,
    MOST_TAGS_WITHIN,
  )) {
    if (code !== undefined || index < from || room.tries <= 0) continue;
    const tag = readJsxTag(line, { from: index, values });
    if (tag?.lines.length !== 1) {
      room.tries -= 1;
      continue;
    }
    plain += `${line.slice(from, index)}${opening}${tag.lines[0]}`;
    from = tag.column;
  }
  return plain + line.slice(from);
}

/** `{version}` and `{meta.version}` within words, in place of what an attribute takes. */
const NAMED_VALUE = /(`+[^`]*`+)|(?<![=${])\{\s*([A-Za-z_$][\w$]*(?:\.[\w$]+)*)\s*\}(?!\})/g;

/** A text that MDX computes, alone in its braces: {`…`}. */
const TEMPLATE = /\{(`(?:[^`{}]|\$\{[^{}`]*\})+`)\}/g;

function withValues(line: string, values: JsxValues): string {
  if (values === NO_VALUES || !line.includes("{") || MODULE.test(line)) return line;
  return line.replace(NAMED_VALUE, (all, _code?: string, path = "") => {
    const words = path === "" ? [] : (wordsOfPath(path.split("."), values) ?? []);
    return words.length === 0 ? all : words.join("; ");
  });
}

const ATTRIBUTES = String.raw`(?:\s+[\w:-]+(?:=(?:"[^"]*"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\}))?)*`;
/** Code, which may show a tag, or a tag. */
const WITH_ATTRIBUTES = new RegExp(
  String.raw`(\`+[^\`]*\`+)|<([a-z][\w-]*)(${ATTRIBUTES})\s*(\/?)>`,
  "g",
);
/** Code, or a space that is computed. */
const SPACE = /(`+[^`]*`+)|\{["'] ["']\}/g;

/** HTML in MDX may compute its attributes, too: `<a href={address()}>`; and `{" "}` is a space. */
export function withoutComputed(line: string): string {
  if (!/=\{|\{["'] ["']\}/.test(line)) return line;
  return line
    .replace(SPACE, (_, code: string | undefined) => code ?? " ")
    .replace(WITH_ATTRIBUTES, (tag, code?: string, name = "", attributes = "", closing = "") =>
      code === undefined && attributes.includes("={")
        ? `<${name}${attributeWords(attributes)}${closing}>`
        : tag,
    );
}

/** Its attributes that are words; what is computed shows nothing. */
export function attributeWords(attributes: string): string {
  return [...attributes.matchAll(ATTRIBUTE)]
    .map(([, name = "", value = "", computed]) => ` ${name}="${computed ?? value}"`)
    .join("");
}

const ATTRIBUTE = /(?<=\s)([\w:-]+)=(?:["']([^"']*)["']|\{\s*["'`]([^"'`{}]*)["'`]\s*\})/g;
