/**
 * Tabs of Hugo that are named where all of them begin: `{{< tabs Linux "Mac OS" >}}` and `{{% codetab %}}` for
 * each, as Dapr's manual writes them, `{{< tabs items="Linux,macOS" >}}` of Hextra, `{{< tabs tabName1="Linux" >}}`
 * of Docsy's tabs by number -> each is named where it begins.
 */

import { linesOfFences } from "../lines/fences.ts";
import { SITE_SYNTAXES, type SiteTag, siteTagOf } from "./site-tag.ts";
import { attributesIn, unnamedIn } from "./tag-attributes.ts";

const [[, SHORTCODE]] = SITE_SYNTAXES;
/** In code, they are shown. */
const TAGS = new RegExp(`(?<!\`)(?:\`+)(?!\`)[^\`]*\`|${SHORTCODE.source}`, "g");
const ALL = /^tabs(?:et|-?group)?$/;
const ONE = /^(?:code-?)?tab(?:-?(?:content|item|pane|body))?$/;
/** The tab's own words; by its number, it has none. */
const NAMELESS = /^(?:tab(?:Num|Id|ID)=\S*\s*)*$/;
const NUMBERED = /^tab(?:Name|Title)?\d+$/;
const LISTED = /^(?:items|names|labels|tabs|titles)$/;

/** The same lines, as many as before. */
export function plainListedTabs(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => line.includes("{{") && /[<%]\s*tabs/.test(line))) return lines;
  const isCode = linesOfFences(lines);
  /** Of the tabs that are open, the names of those that have not begun. */
  const open: string[][] = [];
  return lines.map((line, at) =>
    isCode[at] === true || !line.includes("{{")
      ? line
      : line.replace(TAGS, (all, ...found) => {
          if (all.startsWith("`")) return all;
          const match = [all, ...found] as unknown as RegExpExecArray;
          const tag = siteTagOf(match, "shortcode");
          return tag === undefined ? all : (namedTag(tag, open) ?? all);
        }),
  );
}

/** The tag with its name; undefined where it stays as it is. */
function namedTag({ name, words, isClosing }: SiteTag, open: string[][]): string | undefined {
  if (ALL.test(name)) {
    if (isClosing) open.pop();
    else open.push(namesIn(words));
    // Each name stands where its tab begins.
    return open.at(-1)?.length === 0 || isClosing ? undefined : "{{< tabs >}}";
  }
  if (!ONE.test(name) || open.length === 0) return undefined;
  // An end is an end of a tab, whatever the site calls it.
  if (isClosing) return "{{< /tab >}}";
  const own = NAMELESS.test(words) ? open.at(-1)?.shift() : undefined;
  if (own !== undefined) return `{{< tab "${own.replace(/"/g, "'")}" >}}`;
  return name === "tab" ? undefined : `{{< tab ${words} >}}`;
}

function namesIn(words: string): string[] {
  const given = attributesIn(words);
  const numbered = given.filter(([name]) => NUMBERED.test(name)).map(([, name]) => name);
  if (numbered.length > 0) return numbered;
  const list = given.find(([name]) => LISTED.test(name))?.[1];
  if (list !== undefined) return list.split(",").map((name) => name.trim());
  if (given.length > 0) return [];
  return unnamedIn(words);
}
