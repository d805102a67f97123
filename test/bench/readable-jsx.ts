/** What MDX adds to Markdown, told from the source alone: exports, and components with what they are given. */

const EXPORT = /^export\s+(?:const|let|var|default|async|function)\b/;
const FENCE = /^[\s>]*(`{3,}(?=[^`]*$)|~{3,})(.*)$/;
const MOST_LINES = 300;

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
    else if (EXPORT.test(line)) lines.fill("", at, at + linesOf(lines, at));
  }
  return lines.join("\n");
}

function linesOf(lines: readonly string[], at: number): number {
  let depth = 0;
  for (let more = 0; more < MOST_LINES && at + more < lines.length; more += 1) {
    const line = lines[at + more] ?? "";
    depth += (line.match(/[{([]/g) ?? []).length - (line.match(/[})\]]/g) ?? []).length;
    if (depth <= 0 && !/=\s*$/.test(line)) return more + 1;
  }
  return 1;
}

/** The text with something in place of each tag of a component, whatever objects it is given. */
export function replaceComponents(text: string, shown: (tag: string) => string): string {
  let plain = "";
  let from = 0;
  for (const { index } of text.matchAll(/<[A-Z][\w.]*(?=[\s/>])/g)) {
    if (index < from) continue;
    const end = endOfTag(text, index);
    if (end === undefined) continue;
    plain += text.slice(from, index) + shown(text.slice(index, end));
    from = end;
  }
  return plain + text.slice(from);
}

const LONGEST = 60_000;

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
  /(?<![\w-])["']?(?:title|label|summary|caption|heading|alt|description)["']?\s*[=:]\s*\{?\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')/g;

/** What a component is given under names that a site shows. */
export function shownOfComponent(tag: string): string {
  const words = Array.from(tag.matchAll(GIVEN), ([, double, single]) => double ?? single ?? "");
  return ` ${words.join(" ").replace(/\\[nrt]/g, " ")} `;
}
