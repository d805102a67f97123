/** What MDX adds to Markdown, told from the source alone: exports, and components with what they are given. */

const EXPORT = /^export\s+(?:const|let|var|default|async|function)\b/;
/** What tells a page of MDX: it imports or exports something. */
const MODULE = /^(?:import\s.*["']|export\s+(?:const|default|function|async)\b)/m;

/** Whether a page imports or exports something outside code. */
export function isMdx(text: string): boolean {
  return MODULE.test(
    text.replace(/^([ \t]*)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^(?!\1 {4})[ \t]*\2/gm, ""),
  );
}
const FENCE = /^[\s>]*(`{3,}(?=[^`]*$)|~{3,})(.*)$/;
const MOST_LINES = 500;

/** The text without what it exports, which goes on until its last bracket closes; code keeps its own. */
export function withoutExports(text: string): string {
  const lines = text.split("\n");
  let mark: string | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const [, fence = "", words = ""] = FENCE.exec(line) ?? [];
    if (mark !== undefined) {
      if (fence.startsWith(mark) && words.trim() === "") mark = undefined;
    } else if (fence !== "") mark = fence;
    // Behind the words of a paragraph or within a tag, it is text.
    else if (EXPORT.test(line) && /^(?:\s*|(?:import|export)\s.*)$/.test(lines[at - 1] ?? ""))
      lines.fill("", at, at + linesOf(lines, at));
  }
  return lines.join("\n");
}

function linesOf(lines: readonly string[], at: number): number {
  let depth = 0;
  let isTemplate = false;
  for (let more = 0; more < MOST_LINES && at + more < lines.length; more += 1) {
    const line = lines[at + more] ?? "";
    depth += (line.match(/[{([]/g) ?? []).length - (line.match(/[})\]]/g) ?? []).length;
    if ((line.match(/`/g) ?? []).length % 2 === 1) isTemplate = !isTemplate;
    if (depth <= 0 && !isTemplate && !/(?:=|\bconst)\s*$/.test(line)) return more + 1;
  }
  // Brackets in its texts may have no end.
  const text = lines.slice(at, at + MOST_LINES).join("\n");
  const end = text.includes("{") ? endOfBraces(text, text.indexOf("{")) : undefined;
  return end === undefined ? 1 : text.slice(0, end).split("\n").length;
}

/** Behind the brace that ends the one there, without those in texts. */
function endOfBraces(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < Math.min(text.length, from + LONGEST); at += 1) {
    const sign = text[at] ?? "";
    if (sign === '"' || sign === "'" || sign === "`") at = endOfText(text, at);
    else if (sign === "{") depth += 1;
    else if (sign === "}") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

/** The texts that a page exports by their names; any other value is computed. */
export function exportedValues(prose: string): ReadonlyMap<string, string> {
  return new Map(
    Array.from(
      prose.matchAll(/^export const (\w+)\s*=\s*(?:"([^"\n]*)"|'([^'\n]*)'|\S)/gm),
      ([, name = "", double, single]) => [name, double ?? single ?? " "] as const,
    ),
  );
}

/** `{version}` is what the page exports by that name; in code, it is code. */
export function withValues(prose: string, values: ReadonlyMap<string, string>): string {
  return prose.replace(
    /(`+)[^`]+\1|(?<![=$`{])\{\s*(\w+)(?:\.\w+)*\s*\}(?!\})/g,
    (all, _mark, name?: string) => (name === undefined ? all : (values.get(name) ?? all)),
  );
}

/** What stands between paragraphs in braces is computed: of it, what it shows. */
export function replaceExpressions(text: string): string {
  let plain = "";
  let from = 0;
  for (const { 0: opening, index } of text.matchAll(/^[ \t]*\{(?=\s*!*[[(A-Za-z_$])/gm)) {
    if (index < from) continue;
    const end = endOfBraces(text, index + opening.length - 1);
    if (end === undefined || !/^[ \t]*(?:\n|$)/.test(text.slice(end))) continue;
    const written = text.slice(index, end);
    plain += text.slice(from, index) + shownOfComponent(written) + textOfElements(written);
    from = end;
  }
  return plain + text.slice(from);
}

/** The words between tags in which nothing is computed. */
function textOfElements(written: string): string {
  return Array.from(
    // Of `a && <b>x</b> && <i>y</i>` only the last is shown.
    written
      .replace(/\(\s*<(\w+)>[^<>{}]*<\/\1>\s*\)\s*&&/g, " ")
      .matchAll(/(?<=[\w"'}/]>)([^<>{}]+)(?=<)/g),
    // What a function returns behind another element is no text.
    ([, words = ""]) => (words.trim() === "return" ? "" : words),
  ).join(" ");
}

/** Tags of components that begin a line and are given objects: what looks like code in their texts is none. */
export function replaceGivenObjects(text: string, shown: (tag: string) => string): string {
  return replaceComponents(
    text,
    shown,
    /(?<=^[ \t]*)<[A-Z][\w.]*(?=(?:\s+[\w-]+="[^"\n]*")*\s+[\w-]+=\{[{[])/gm,
  );
}

/** The text with something in place of each tag of a component, whatever objects it is given. */
export function replaceComponents(
  text: string,
  shown: (tag: string) => string,
  opening = /<[A-Z][\w.]*(?=[\s/>])/g,
): string {
  let plain = "";
  let from = 0;
  for (const { index } of text.matchAll(opening)) {
    // A name in an address is a part of it.
    if (index < from || /\]\([^()\s]*$/.test(text.slice(Math.max(0, index - 300), index))) continue;
    const end = endOfTag(text, index);
    if (end === undefined) continue;
    plain += text.slice(from, index) + shown(text.slice(index, end));
    from = end;
  }
  return plain + text.slice(from);
}

const LONGEST = 500_000;

/** Behind its `>`, which stands in no quotes and no braces. */
function endOfTag(text: string, from: number): number | undefined {
  let depth = 0;
  const most = Math.min(text.length, from + LONGEST);
  for (let at = from + 1; at < most; at += 1) {
    const sign = text[at] ?? "";
    if (sign === '"' || sign === "'" || sign === "`") at = endOfText(text, at);
    else if (text.startsWith("/*", at)) at = Math.max(at, text.indexOf("*/", at));
    else if (sign === "{") depth += 1;
    else if (sign === "}") depth -= 1;
    else if (sign === ">" && depth === 0) return at + 1;
    else if (sign === "<" && depth === 0) return undefined;
  }
  return undefined;
}

/** Where a text in quotes ends; an apostrophe among words ends nowhere in its line. */
function endOfText(text: string, from: number): number {
  const quote = text[from];
  for (let at = from + 1; at < Math.min(text.length, from + LONGEST); at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === quote) return at;
    else if (quote === "'" && text[at] === "\n") return from;
  }
  return from;
}

const GIVEN =
  /(?<![\w-])["']?(?:title|label|summary|caption|heading|alt|description)["']?(?:\s*=\s*\{?|\s*:)\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')/g;

/** What a component is given under names that a site shows. */
export function shownOfComponent(tag: string): string {
  // HTML may be written large.
  if (/^<(?:B|Em|I|Mark|Small|Strong|Sub|Sup|U)>$/.test(tag)) return "";
  const words = Array.from(tag.matchAll(GIVEN), ([, double, single]) => double ?? single ?? "");
  return ` ${words.join(" ").replace(/\\[nrt]/g, " ")} `;
}
