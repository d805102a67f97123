/**
 * Tags of site generators that go over several lines, or hold expressions of JavaScript -> the same on
 * one line with their words only. The lines in between stay, empty, so that places remain places.
 */

import { endsFence, type Fence, fenceOf } from "../lines/fences.ts";
import { componentFrom, componentOpening } from "./component-tags.ts";
import { MODULE, withPlainParts } from "./computed.ts";
import { endedNames, withEndedNames } from "./ended-tags.ts";
import { emptyLines, itemOf, type JoinedTag, MOST_LINES, type TagPlace } from "./joined-tag.ts";
import { moduleLines, opensModule } from "./jsx-modules.ts";
import { readJsxExpression } from "./jsx-tags.ts";
import { readExports } from "./jsx-values.ts";
import { NO_VALUES } from "./jsx-words.ts";
import { nameTabs, type TabName } from "./tab-names.ts";
import {
  ADDRESS_OPENS,
  addressFrom,
  liquidFrom,
  opensLiquid,
  opensShortcode,
  shortcodeFrom,
} from "./template-tags.ts";

/** Not Liquid's, Hugo's and kramdown's signs, and no remark; it may stand in a tag, as in `<ul>{…}</ul>`. */
const EXPRESSION_OPENS = /^\s*(?:<(?:[a-z][\w-]*(?:\s[^<>{}]*)?|[A-Z]\w*)>)*\{(?![%{#:.]|\s*\/\*)/;

/** Searches of a page for an end that is not there: each costs many lines, and a page can have a million. */
const MOST_VAIN = { tries: 500, longTries: 10 };

/** `odd` takes the lines, from 1, with tags that no parser takes for JSX. */
export function joinTags(lines: readonly string[], odd: number[] = []): string[] {
  const isMdx = lines.some((line) => MODULE.test(line));
  const values = isMdx ? readExports(lines) : NO_VALUES;
  const room = { ...MOST_VAIN };
  const ended = endedNames(lines);
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
    if (found !== undefined) joined.push(withEndedNames(found.text, ended), ...found.below);
    else if (mark !== undefined) joined.push(line);
    else joined.push(withEndedNames(withPlainParts(line, { isMdx, values, room }), ended));
  }
  return tabs.size === 0 ? joined : nameTabs(joined, tabs);
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
  const opening = componentOpening(lines, at, isMdx);
  return opening === undefined ? undefined : componentFrom(lines, opening, place);
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
