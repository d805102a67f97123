/**
 * Tabs that are named where all of them begin -> each is named where it begins, as its heading. Sources:
 * Nextra (`<Tabs items={["Linux", "macOS"]}>`) and Docusaurus (`<Tabs values={[{ label, value }]}>`).
 */

import { endsFence, type Fence, fenceOf } from "../lines/fences.ts";
import { inlineText } from "./inline.ts";
import { attribute } from "./tag-attributes.ts";

export interface TabName {
  readonly label: string;
  /** By which the tab names itself; its place decides where there is none. */
  readonly value?: string;
}

interface OpenTabs {
  readonly at: number;
  /** Of which no tab was found yet. */
  readonly names: TabName[];
}

const TABS_OPEN = /<Tabs(?=[\s>])(?![^<>]*\/>)/;
const TAB = /<((?:[A-Z]\w*\.)?Tab(?:Item)?)(\s[^<>]*)?(?<!\/)>/g;

/** The same lines; `namesAt` are the names by the line, from 0, in which the tabs begin. */
export function nameTabs(
  lines: readonly string[],
  namesAt: ReadonlyMap<number, readonly TabName[]>,
): string[] {
  const named = [...lines];
  const open: OpenTabs[] = [];
  let fence: Fence | undefined;
  const close = (): void => {
    const last = open.pop();
    if (last !== undefined && last.names.length > 0) nameAtOnce(named, last);
  };
  for (const [at, line] of lines.entries()) {
    if (fence !== undefined) {
      if (endsFence(line, fence)) fence = undefined;
      continue;
    }
    fence = fenceOf(line);
    if (TABS_OPEN.test(line)) open.push({ at, names: [...(namesAt.get(at) ?? [])] });
    const names = open.at(-1)?.names ?? [];
    if (names.length > 0) named[at] = line.replace(TAB, (...found) => namedTab(found, names));
    for (const _ of line.matchAll(/<\/Tabs\s*>/g)) close();
  }
  while (open.length > 0) close();
  return named;
}

function namedTab(found: string[], names: TabName[]): string {
  const [tag = "", name = "", attributes = ""] = found;
  const own = ["label", "title", "value", "name"]
    .map((each) => attribute(attributes, each))
    .find((each) => each !== undefined);
  const at =
    own === undefined ? 0 : names.findIndex(({ value, label }) => own === (value ?? label));
  const [taken] = at === -1 ? [] : names.splice(at, 1);
  if (taken === undefined || attribute(attributes, "label") !== undefined) return tag;
  return `<${name} label="${quoted(taken.label)}"${attributes}>`;
}

/** Names without a tab are shown where all of them begin, so that none is lost. */
function nameAtOnce(named: string[], { at, names }: OpenTabs): void {
  const words = quoted(names.map(({ label }) => label).join("; "));
  named[at] = (named[at] ?? "").replace(TABS_OPEN, `$& words="${words.replace(/\$/g, "$$$$")}"`);
}

function quoted(words: string): string {
  return words.replace(/"/g, "&quot;");
}

const TABS_BLOCK = /^\s*(:{3,})\s*tabs(?:\s|$)/;
const EQUALS = /^(\s*)==\s+(?=\S)/;

/** `== Linux` between `:::tabs` and its colons, as plugins of VitePress write it -> `@tab Linux`. */
export function namedByEquals(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => TABS_BLOCK.test(line))) return lines;
  let colons: string | undefined;
  let fence: Fence | undefined;
  return lines.map((line) => {
    if (fence !== undefined) {
      if (endsFence(line, fence)) fence = undefined;
      return line;
    }
    fence = fenceOf(line);
    const opened = TABS_BLOCK.exec(line)?.[1];
    if (opened !== undefined) colons = opened;
    else if (line.trim() === colons) colons = undefined;
    return colons === undefined ? line : line.replace(EQUALS, "$1@tab ");
  });
}

/** `@tab Linux` of VuePress, and `@tab:active Linux#its-id`. */
export function vuepressTab(line: string): { readonly tab: string } | undefined {
  const name = /^\s*@tab(?::active)?[ \t]+(\S[^#]*)/.exec(line)?.[1];
  return name === undefined ? undefined : { tab: inlineText(name.trim()) };
}
