/**
 * What Quarto and Pandoc add: divisions, `::: {.callout-tip title="Watch out" collapse="true"}`, keys, and
 * words of pictures. Sources: the manuals of both.
 */

import { isRemark, remark } from "../markdown/remarks.ts";
import { attribute, attributesIn } from "./tag-attributes.ts";

const DIVISION = /^\s*:{3,}\s*\{\s*((?:[.#][\w:-]|[\w-]+=)[^{}]*)\}\s*:*\s*$/;
/** The same with one class that needs no braces. */
const OF_ONE_CLASS = /^\s*:{3,}\s*([\w-]+)\s*:*\s*$/;
const LAYOUT =
  /^(?:panel-tabset|columns?|column-[\w-]+|g-col-\d+|layout-[\w-]+|r-stack|fragment|(?:non)?incremental|content-(?:visible|hidden)|(?:light|dark)-content)$/;

/**
 * The label of a division, "" where it has none; undefined for a line that opens none. A class that makes a
 * remark says so, a condition says when its words hold, and all others only lay out.
 */
export function divisionLabel(line: string): string | undefined {
  const alone = OF_ONE_CLASS.exec(line)?.[1];
  if (alone !== undefined) {
    if (LAYOUT.test(alone)) return "";
    return alone.startsWith("callout-") ? remark(kindOf(alone)) : undefined;
  }
  const words = DIVISION.exec(line)?.[1];
  if (words === undefined) return undefined;
  const classes = classesIn(words);
  const title = attribute(words, "title") ?? "";
  const kind = classes.map(kindOf).find((each) => isRemark(each) && each !== "callout");
  return kind === undefined
    ? (conditionOf(classes, words) ?? title)
    : remark(kind, title === "" ? undefined : title);
}

function classesIn(words: string): string[] {
  const bare = words.replace(/"[^"]*"|'[^']*'/g, "");
  return Array.from(bare.matchAll(/(?<=^|\s)\.([\w-]+)/g), ([, name = ""]) => name);
}

function kindOf(name: string): string {
  return name.replace(/^callout-/, "");
}

/** "Only for html" of `.content-visible when-format="html"`. */
function conditionOf(classes: readonly string[], words: string): string | undefined {
  const isHidden = classes.includes("content-hidden");
  if (!isHidden && !classes.includes("content-visible")) return undefined;
  const [name, value] = attributesIn(words).find(([each]) => /^(?:when|unless)-/.test(each)) ?? [];
  if (name === undefined || value === undefined) return undefined;
  return `${name.startsWith("unless-") === isHidden ? "Only" : "Not"} for ${value}`;
}

/** `{{< kbd Ctrl+C >}}`; where systems have keys of their own, each with its name behind it. */
export function keysInWords(words: string): string {
  const named = attributesIn(words).filter(([name]) => /^(?:mac|win|linux)$/.test(name));
  const systems = [...Map.groupBy(named, ([, keys]) => keys)].map(
    ([keys, of]) => `\`${keys}\` (${of.map(([name]) => name).join(", ")})`,
  );
  const bare = words
    .replace(/(?<=^|\s)\w+=(?:"[^"]*"|'[^']*'|\S+)/g, "")
    .replace(/["'`]/g, "")
    .trim();
  return [...(bare === "" ? [] : [`\`${bare}\``]), ...systems].join(", ");
}

const PICTURE =
  /!\[([^\]]{0,500})\]\(((?:[^()\s{}]|\{\{[^{}()\n]*\}\})*)\)\{((?:[^{}"']|"[^"]*"|'[^']*')*\bfig-alt=(?:"[^"]*"|'[^']*')(?:[^{}"']|"[^"]*"|'[^']*')*)\}/g;

/** `![](a.png){fig-alt="The words of a picture, and `code`"}` is a picture with these words. */
export function withPictureWords(line: string): string {
  if (!line.includes("fig-alt=")) return line;
  return line.replace(PICTURE, (_, caption: string, source: string, words: string) => {
    const alt = caption === "" ? (attribute(words, "fig-alt") ?? "") : caption;
    return `![${alt.replace(/[\][`]/g, "")}](${source})`;
  });
}
