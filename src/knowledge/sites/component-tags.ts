/** Components of MDX, and HTML that computes its attributes, over as many lines as they take. */

import { withEndedTags } from "../html/raw-tags.ts";
import { attributeWords, withoutComputed } from "./computed.ts";
import { SMALL_NAMES } from "./ended-tags.ts";
import { emptyLines, itemOf, type JoinedTag, MOST_LINES, type TagPlace } from "./joined-tag.ts";
import { readJsxTag } from "./jsx-tags.ts";

const COMPONENT_OPENS = /^\s*(?:[-*+] +)?<[A-Z][\w.]*(?=[\s/>]|$)/;

/** HTML that computes an attribute, too: `<a style={{ float: "left" }}`, and its address below. */
const COMPUTED_OPENS = /^\s*(?:[-*+] +)?<[a-z][\w-]*(?=\s[^<>]*=\{)/;

/** A link among words, whose address the next line goes on to compute. */
const COMPUTED_WITHIN = /^[^<>{}`]*<a(?=\s[^<>{}`]*=\{[^<>{}`]*$)/;

/** A tag of HTML that goes on in the next lines; they may compute something. */
const HTML_GOES_ON = /^\s*(?:[-*+] +)?<[a-z][\w-]*(?=\s*$|\s[^<>{}]*$)/;

const MOST_ATTRIBUTES = 20;

/** An element of a site's own, `<type-table rows='…`, whose attribute goes on in the next lines. */
const CUSTOM_GOES_ON = /^\s*<[a-z]+(?:-[a-z\d]+)+(?=\s[^<>]*=(?:"[^"<>]*|'[^'<>]*)$)/;

/** `<question type="text"` of a site that writes its components small, and what it is given below. */
const SMALL_GOES_ON = new RegExp(`^\\s*<(?:${SMALL_NAMES})(?=\\s[^<>=]*=[^<>]*$)`);

/** The data that a page hands to a component may be longer. */
const MOST_DATA_LINES = 3_000;

/** What begins a component, or HTML that computes something, up to its name. */
export function componentOpening(
  lines: readonly string[],
  at: number,
  isMdx: boolean,
): string | undefined {
  const line = lines[at] ?? "";
  const opening =
    COMPONENT_OPENS.exec(line) ??
    COMPUTED_OPENS.exec(line) ??
    (isMdx ? COMPUTED_WITHIN.exec(line) : null) ??
    CUSTOM_GOES_ON.exec(line) ??
    SMALL_GOES_ON.exec(line) ??
    computedBelow(lines, at);
  return opening?.[0];
}

/** The beginning of a tag of HTML that computes an attribute in the lines below it. */
function computedBelow(lines: readonly string[], at: number): RegExpExecArray | null {
  const opening = HTML_GOES_ON.exec(lines[at] ?? "");
  if (opening === null) return null;
  const below = lines.slice(at + 1, at + MOST_ATTRIBUTES);
  const first = below.findIndex((line) => line.trim() === "" || /=\{|>/.test(line));
  return /^[^<>]*=\{/.test(below[first] ?? "") ? opening : null;
}

/** Undefined for a tag that ends nowhere, and for one that is plain already. */
export function componentFrom(
  lines: readonly string[],
  opening: string,
  { at, odd, values, room }: TagPlace,
): JoinedTag | undefined {
  const line = lines[at] ?? "";
  const name = opening.slice(opening.lastIndexOf("<") + 1);
  if (PLAIN_TAG.test(line.slice(opening.length)) && !values.has(name)) return undefined;
  const from = opening.lastIndexOf("<");
  const indent = opening.length - opening.trimStart().length;
  const read = (most: number) =>
    readJsxTag(lines.slice(at, at + most).join("\n"), { from, values });
  const tag = read(MOST_LINES) ?? (room.longTries > 0 ? read(MOST_DATA_LINES) : undefined);
  if (tag === undefined) {
    room.tries -= 1;
    room.longTries -= 1;
    odd.push(at + 1);
    return lenientFrom(lines, { at, opening });
  }
  const [first = "", ...below] = tag.lines;
  const rest = (lines[at + below.length] ?? "").slice(tag.column);
  const isRunning = isOfOneBlock(name, rest, lines[at + below.length + 1]);
  return {
    text: withEndedTags(`${opening}${first}${withoutComputed(rest)}`),
    below: below.map((words, line) => {
      if (words === "" && isRunning) return inBlock(lines[at + line + 1] ?? "");
      return `${words === "" ? "" : " ".repeat(indent)}${itemOf(words)}`;
    }),
    ...(tag.tabs.length === 0 ? {} : { tabs: tag.tabs }),
  };
}

/** Whether what a tag of HTML holds stands right below it and far in: behind an empty line, it would be code. */
function isOfOneBlock(name: string, rest: string, next = ""): boolean {
  return /^[a-z][a-z\d]*$/.test(name) && rest.trim() === "" && /^(?: {4}|\t)\s*\S/.test(next);
}

/** A line of a block of HTML that says nothing, as far in as before. */
function inBlock(line: string): string {
  return `${/^\s*/.exec(line)?.[0] ?? ""}<!---->`;
}

/** A tag that ends in this line, without anything computed; before what Vue computes stands ":". */
const PLAIN_TAG = /^(?:\s+[\w-][\w:-]*(?:="[^"]*"|='[^']*')?)*\s*\/?>/;

/** What no parser takes for JSX: its attributes that are plainly words. */
function lenientFrom(
  lines: readonly string[],
  { at, opening }: { at: number; opening: string },
): JoinedTag | undefined {
  const text = lines.slice(at, at + MOST_LINES).join("\n");
  const end = endOfTag(text, opening.length);
  if (end === undefined) return undefined;
  const attributes = text.slice(opening.length, end);
  const more = attributes.split("\n").length - 1;
  if (more === 0 && !attributes.includes("{")) return undefined;
  const rest = text.slice(end + 1).split("\n", 1)[0] ?? "";
  const closing = attributes.trimEnd().endsWith("/") ? " />" : ">";
  const tag = `${opening}${attributeWords(attributes)}${closing}${withoutComputed(rest)}`;
  return { text: tag, below: emptyLines(more) };
}

/** Where the tag's ">" is: behind all quotes and braces. */
function endOfTag(text: string, from: number): number | undefined {
  let depth = 0;
  let quote: string | undefined;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    if (quote !== undefined) {
      if (sign === quote) quote = undefined;
    } else if (sign === '"' || sign === "'" || sign === "`") {
      quote = sign;
    } else if (sign === "{") depth += 1;
    else if (sign === "}") depth -= 1;
    else if (sign === ">" && depth === 0) return at;
    else if (sign === "<" && depth === 0) return undefined;
  }
  return undefined;
}
