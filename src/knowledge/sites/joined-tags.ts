/**
 * Tags of site generators that go over several lines, or hold expressions of JavaScript -> the same on
 * one line with their words only. The lines in between stay, empty, so that places remain places.
 */

import { withEndedTags } from "../html/raw-tags.ts";
import { endsFence, type Fence, fenceOf } from "../lines/fences.ts";
import { attributeWords, MODULE, withoutComputed, withPlainParts } from "./computed.ts";
import { moduleLines, opensModule } from "./jsx-modules.ts";
import { readJsxExpression, readJsxTag } from "./jsx-tags.ts";
import { readExports } from "./jsx-values.ts";
import { type JsxValues, NO_VALUES } from "./jsx-words.ts";
import { nameTabs, type TabName } from "./tab-names.ts";

const SHORTCODE_ENDS = /[%>]\}\}/;
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

/** Not Liquid's, Hugo's and kramdown's signs, and no remark; it may stand in a tag, as in `<ul>{…}</ul>`. */
const EXPRESSION_OPENS = /^\s*(?:<[a-z][\w-]*(?:\s[^<>{}]*)?>)*\{(?![%{#:.]|\s*\/\*)/;

/** A tag of more lines than this is none: somebody forgot its end. */
const MOST_LINES = 60;
/** The data that a page hands to a component may be longer. */
const MOST_DATA_LINES = 3_000;

/** Searches of a page for an end that is not there: each costs many lines, and a page can have a million. */
const MOST_VAIN = { tries: 500, longTries: 10 };

/** A tag without attributes, or with such as have no value, is a component when the page ends it somewhere, and a placeholder otherwise. */
const BARE_TAG = /(`+[^`]*`+)|<([A-Z][\w.]*)((?:\s+[a-z][\w-]*)*)>/g;

/** `odd` takes the lines, from 1, with tags that no parser takes for JSX. */
export function joinTags(lines: readonly string[], odd: number[] = []): string[] {
  const isMdx = lines.some((line) => MODULE.test(line));
  const values = isMdx ? readExports(lines) : NO_VALUES;
  const room = { ...MOST_VAIN };
  const ended = endedNames(lines);
  /** An attribute is what tells a component from a placeholder. */
  const withEnded = (line: string): string =>
    withRemarkTags(line, ended).replace(
      BARE_TAG,
      (tag, code?: string, name?: string, words = "") =>
        code === undefined && ended.has(name) ? `<${name} is=""${words}>` : tag,
    );
  const joined: string[] = [];
  const tabs = new Map<number, readonly TabName[]>();
  let fence: Fence | undefined;
  while (joined.length < lines.length) {
    const at = joined.length;
    const line = lines[at] ?? "";
    const mark = fence === undefined ? fenceOf(line) : undefined;
    if (fence !== undefined) {
      if (endsFence(line, fence)) fence = undefined;
      joined.push(line);
      continue;
    }
    fence = mark;
    const found = mark === undefined ? tagFrom(lines, { at, isMdx, odd, values, room }) : undefined;
    if (found?.tabs !== undefined) tabs.set(at, found.tabs);
    if (found !== undefined) joined.push(found.text, ...found.below);
    else if (mark !== undefined) joined.push(line);
    else joined.push(withEnded(withPlainParts(line, { isMdx, values, room })));
  }
  return tabs.size === 0 ? joined : nameTabs(joined, tabs);
}

function endedNames(lines: readonly string[]): ReadonlySet<string | undefined> {
  const tags = lines.filter((line) => line.includes("</"));
  return new Set(tags.flatMap((line) => Array.from(line.matchAll(ENDED_TAG), ([, name]) => name)));
}

const ENDED_TAG = /<\/([A-Z][\w.]*|note|tip|hint|info|warning|caution|danger|important)\s*>/g;

/** `<warning>` of Writerside, and of those who write a component's name small: no HTML. */
const REMARK_TAG =
  /(`+[^`]*`+)|<(\/?)(note|tip|hint|info|warning|caution|danger|important)((?:\s+[\w-]+="[^"<>]*")*)\s*>/g;

function withRemarkTags(line: string, ended: ReadonlySet<string | undefined>): string {
  if (!line.includes("<")) return line;
  return line.replace(REMARK_TAG, (tag, code?: string, end = "", name = "", words = "") => {
    if (code !== undefined || !ended.has(name)) return tag;
    const component = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
    return end === "" ? `<${component} is=""${words}>` : `</${component}>`;
  });
}

interface JoinedTag {
  readonly text: string;
  /** The lines after its first one that it takes. */
  readonly below: readonly string[];
  readonly tabs?: readonly TabName[];
}

interface TagPlace {
  readonly at: number;
  /** The page imports or exports something. */
  readonly isMdx: boolean;
  readonly odd: number[];
  /** What it exports. */
  readonly values: JsxValues;
  /** The searches in vain that are left. */
  readonly room: { tries: number; longTries: number };
}

function tagFrom(lines: readonly string[], place: TagPlace): JoinedTag | undefined {
  const { at, isMdx, room } = place;
  const line = lines[at] ?? "";
  if (room.tries <= 0) return undefined;
  const tried = (found: JoinedTag | undefined): JoinedTag | undefined => {
    if (found === undefined) room.tries -= 1;
    return found;
  };
  if (opensShortcode(line)) return tried(shortcodeFrom(lines, at));
  if (ADDRESS_OPENS.test(line)) return addressFrom(line, lines[at + 1] ?? "");
  const liquid = opensLiquid(line);
  if (liquid !== undefined) return tried(liquidFrom(lines, at, liquid));
  if (opensModule(line)) return tried(moduleFrom(lines, at));
  if (isMdx && EXPRESSION_OPENS.test(line)) return tried(expressionFrom(lines, place));
  const opening =
    COMPONENT_OPENS.exec(line) ??
    COMPUTED_OPENS.exec(line) ??
    (isMdx ? COMPUTED_WITHIN.exec(line) : null) ??
    CUSTOM_GOES_ON.exec(line) ??
    computedBelow(lines, at);
  return opening === null ? undefined : componentFrom(lines, opening[0], place);
}

/** The beginning of a tag of HTML that computes an attribute in the lines below it. */
function computedBelow(lines: readonly string[], at: number): RegExpExecArray | null {
  const opening = HTML_GOES_ON.exec(lines[at] ?? "");
  if (opening === null) return null;
  const below = lines.slice(at + 1, at + MOST_ATTRIBUTES);
  const first = below.findIndex((line) => line.trim() === "" || /=\{|>/.test(line));
  return /^[^<>]*=\{/.test(below[first] ?? "") ? opening : null;
}

/** Whether the line's last shortcode does not end in it. */
function opensShortcode(line: string): boolean {
  const last = Math.max(line.lastIndexOf("{{<"), line.lastIndexOf("{{%"));
  return last !== -1 && !SHORTCODE_ENDS.test(line.slice(last));
}

/** `[x]({{ site.repository` of Liquid, which goes on below. */
const ADDRESS_OPENS = /\]\(\s*\{\{[^{}]*$/;

/** The address stands in one line then, and what follows it in its own. */
function addressFrom(line: string, next: string): JoinedTag | undefined {
  const rest = next.trimStart();
  const address = /^[^(){}]*\}\}[^()\s]*\)[.,;:!?)]*/.exec(rest)?.[0];
  if (address === undefined) return undefined;
  return {
    text: `${line.trimEnd()} ${address}`,
    below: [rest.slice(address.length).trimStart()],
  };
}

function shortcodeFrom(lines: readonly string[], at: number): JoinedTag | undefined {
  let text = (lines[at] ?? "").trimEnd();
  // Behind one that ends, another may begin.
  for (let more = 1; more < MOST_LINES && at + more < lines.length; more += 1) {
    const line = lines[at + more] ?? "";
    text += ` ${line.trim()}`;
    if (SHORTCODE_ENDS.test(line) && !opensShortcode(text)) {
      return { text, below: emptyLines(more) };
    }
  }
  return undefined;
}

/** What ends the line's last tag or value of Liquid, which does not end in it. */
function opensLiquid(line: string): "%}" | "}}" | undefined {
  const tag = line.lastIndexOf("{%");
  if (tag !== -1 && line[tag - 1] !== "{" && !line.includes("%}", tag)) return "%}";
  const value = line.lastIndexOf("{{");
  const isValue =
    value !== -1 && !line.includes("}}", value) && VALUE_OPENS.test(line.slice(value));
  return isValue ? "}}" : undefined;
}

const VALUE_OPENS = /^\{\{-?\s*[\w.]+\s*\|/;

/** No tag of Liquid goes over an empty line. */
function liquidFrom(lines: readonly string[], at: number, end: string): JoinedTag | undefined {
  const following = lines.slice(at + 1, at + MOST_LINES);
  const last = following.findIndex((line) => line.trim() === "" || line.includes(end));
  if (!(following[last] ?? "").includes(end)) return undefined;
  const rest = following.slice(0, last + 1).map((line) => line.trim());
  return { text: [(lines[at] ?? "").trimEnd(), ...rest].join(" "), below: emptyLines(last + 1) };
}

/** What MDX imports or exports is no text. */
function moduleFrom(lines: readonly string[], at: number): JoinedTag | undefined {
  const count = moduleLines(lines, at);
  return count === undefined ? undefined : { text: "", below: emptyLines(count - 1) };
}

/** What MDX computes between paragraphs: its texts, and undefined for what is none. */
function expressionFrom(lines: readonly string[], { at, values }: TagPlace): JoinedTag | undefined {
  const read = readJsxExpression(lines.slice(at, at + MOST_LINES).join("\n"), values);
  if (read === undefined) return undefined;
  const [text = "", ...below] = read.map(itemOf);
  return { text, below };
}

/** Undefined for a tag that ends nowhere, and for one that is plain already. */
function componentFrom(
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
  return {
    text: withEndedTags(`${opening}${first}${withoutComputed(rest)}`),
    below: below.map((words) => `${words === "" ? "" : " ".repeat(indent)}${itemOf(words)}`),
    ...(tag.tabs.length === 0 ? {} : { tabs: tag.tabs }),
  };
}

function itemOf(words: string): string {
  return words === "" || words.startsWith("<pre>") ? words : `- ${words}`;
}

/** A tag that ends in this line, without anything computed. */
const PLAIN_TAG = /^(?:\s+[\w:-]+(?:="[^"]*"|='[^']*')?)*\s*\/?>/;

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

function emptyLines(count: number): string[] {
  return Array.from({ length: count }, () => "");
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
