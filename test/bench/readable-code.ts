/** Code and words of a page, told from its source alone. */

/** What holds code as it is: any fence but a directive of MyST, whose name stands in braces. */
const DIRECTIVE =
  /^\{(?!code|code-block|code-cell|sourcecode|literalinclude|raw|eval-rst|mermaid|math|parsed-literal|ipython|(?:bash|dot|go|java|javascript|js|julia|lua|octave|ojs|perl|python|q|r|ruby|rust|sas|scala|sql|stata|typescript)[\s,}])[\w:-]+\}/;
const FENCE =
  /^(?!(?: {4}|\t)\s*~{3,}\^)(?:[\s>]|[-*+]\s|\d+[.)]\s|:\s)*(`{3,}(?=[^`]*$)|~{3,})(?!\s*<\/(?:code|pre)>)(.*)$/;

/** No mark of an item stands before the end of a fence. */
const ITEM = /^[\s>]*(?:[-*+]|\d+[.)]|:)\s/;

const DELIMITERS = /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$/;

/** Each row of a table by itself: nothing goes on in the next one. */
export function withRowsApart(prose: string): string {
  let width = 0;
  return prose
    .split("\n")
    .map((line) => {
      if (line.trim() === "") width = 0;
      else if (width === 0 && DELIMITERS.test(line)) width = cellsOf(line).length;
      return width === 0 ? line : `\n${withLoneMarks(line, width)}`;
    })
    .join("\n");
}

function cellsOf(row: string): string[] {
  return row.replace(/^[ \t>]*\||\|[ \t]*$/g, "").split(/(?<!\\)\|/);
}

/** No code goes on in the next cell: a backtick without its fellow is a sign. With more cells than its table, a row has code with a line in it. */
function withLoneMarks(row: string, width: number): string {
  if (cellsOf(row).length > width) return row;
  return row
    .split(/(?<=(?<!\\)\|)/)
    .map((cell) =>
      cell.replace(/(?<![`\\])(`+)(?!`)[^\n]*?(?<!`)\1(?!`)|`/g, (all, mark?: string) =>
        mark === undefined ? "\\`" : all,
      ),
    )
    .join("");
}

interface OpenFence {
  readonly mark: string;
  readonly at: number;
  readonly column: number;
  readonly isInItem: boolean;
  readonly isQuoted: boolean;
}

/** A line of code that was forgotten at the left: nothing begins there. */
function isBelowCode(lines: readonly string[], at: number): boolean {
  return lines[at - 1]?.trim() !== "" && !/^(?:[-*+]\s|[>#<]|\d{1,9}[.)]\s)/.test(lines[at] ?? "");
}

/** Whether the quote or the item ends before this line in which a fence stands. */
function isBehind(lines: readonly string[], at: number, fence: OpenFence): boolean {
  const line = lines[at] ?? "";
  if (fence.isQuoted) return !/^\s*>/.test(line);
  if (!fence.isInItem || !/^\S/.test(line)) return false;
  // Some write the code of an item at the left, and the end of its fence below the beginning.
  const next = lines.slice(at).find((each) => FENCE.test(each)) ?? "";
  const isLeft = /^\S/.test(lines[fence.at + 1] ?? "") || isBelowCode(lines, at);
  return !isLeft || next.trim() !== fence.mark || next.indexOf(fence.mark) !== fence.column;
}

/** Signs right below the last tag of a block of HTML belong to it, as far as its empty line (CommonMark 4.6). */
function isEndOfHtml(lines: readonly string[], at: number): boolean {
  return (
    /^`{3,}\s*$/.test(lines[at] ?? "") &&
    lines[at + 1]?.trim() === "" &&
    /^<\/[a-z]+>\s*$/.test(lines[at - 1] ?? "")
  );
}

/** A heading at the left of code that stands far in, before other code begins: nobody wrote its end. */
function isForgotten(
  lines: readonly string[],
  at: number,
  { column, isInItem }: OpenFence,
): boolean {
  if (column < 4 || isInItem || !/^#{2,6}\s/.test(lines[at] ?? "")) return false;
  const [, , words = ""] = FENCE.exec(lines.slice(at).find((line) => FENCE.test(line)) ?? "") ?? [];
  return /^\w/.test(words);
}

/** Fenced code, and what stands around it; MDX ends a fence in any column. */
export function partCode(text: string, mdx: boolean): { prose: string; code: string[] } {
  const prose: string[] = [];
  const code: string[] = [];
  /** The directives that are open, and at the end what holds code. */
  const open: OpenFence[] = [];
  /** The last line that stood at the left: what is further in belongs to it. */
  let atLeft = "";
  let holdsCode = false;
  let mayHaveOptions = false;
  let isPicture = false;
  /** Options may stand as YAML between two rules. */
  let yaml: "may" | "in" | "no" = "no";
  const lines = text.split("\n");
  for (const [at, line] of lines.entries()) {
    if (!holdsCode && isEndOfHtml(lines, at)) {
      prose.push(line);
      continue;
    }
    const [, mark = "", words = ""] = FENCE.exec(line) ?? [];
    // With the item of a list or a quote, a fence in it ends.
    const innermost = open.at(-1);
    if (
      innermost !== undefined &&
      (isBehind(lines, at, innermost) || isForgotten(lines, at, innermost))
    ) {
      open.pop();
      holdsCode = false;
    }
    if (!holdsCode && /^\S/.test(line)) atLeft = line;
    const last = open.at(-1);
    // Three columns further than it began is the most, but for MDX; a fence further in is code.
    const ends =
      last !== undefined &&
      mark.startsWith(last.mark) &&
      !ITEM.test(line) &&
      words.replace(/\{%-?\s*end\w+\s*-?%\}/, "").trim() === "" &&
      (mdx || line.indexOf(mark) < last.column + 4);
    if (
      mayHaveOptions &&
      yaml !== "no" &&
      RULE.test(line) &&
      (yaml === "in" || hasEnd(lines, at))
    ) {
      mayHaveOptions = yaml === "may";
      yaml = yaml === "may" ? "in" : "no";
      continue;
    }
    if (mayHaveOptions || yaml === "in") prose.push(optionOf(line, isPicture));
    if (yaml === "in") continue;
    yaml = "no";
    mayHaveOptions &&= /^\s*:[\w-]+:/.test(line);
    if (ends) {
      open.pop();
      holdsCode = false;
      prose.push("");
    } else if (holdsCode) {
      if (!mayHaveOptions) code.push(line);
    } else if (!mdx && isSignedCode(lines, at, atLeft)) code.push(line);
    else if (mark === "") prose.push(mayHaveOptions ? "" : withoutAddress(line));
    else {
      const column = line.indexOf(mark);
      // Before the column in which its words begin, nothing belongs to an item (CommonMark 5.2).
      const marked = /^(?:[-*+]|\d+[.)])\s{1,4}(?=\S)|^(?:[-*+]|\d+[.)])\s/.exec(atLeft)?.[0];
      const isInItem = marked !== undefined && column >= marked.length && line !== atLeft;
      open.push({ mark, at, column, isInItem, isQuoted: /^\s*>/.test(line) });
      const directive = DIRECTIVE.exec(words.trim())?.[0];
      holdsCode = directive === undefined;
      mayHaveOptions = words.trim().startsWith("{");
      if (mayHaveOptions) yaml = "may";
      isPicture = /^\{(?:image|figure)\}/.test(words.trim());
      prose.push(
        directive === undefined
          ? titleOf(words)
          : argumentOf(words.trim().slice(directive.length), directive),
      );
    }
    if (!holdsCode && /^\s*:{3,}\s*\{/.test(line)) {
      mayHaveOptions = true;
      yaml = "may";
      isPicture = /\{(?:image|figure)\}/.test(line);
    }
  }
  return { prose: prose.join("\n"), code };
}

/** Whether stars and backticks are signs of code that is indented below words, or a fence, at the left: `    a*b*c`. */
function isSignedCode(lines: readonly string[], at: number, atLeft: string): boolean {
  const above = lines[at - 1] ?? "";
  return (
    /^(?: {4}|\t)(?!\s*(?:[-*+]|\d+[.)])\s).*(?:\S\*\S|\p{L}`\p{L})/u.test(lines[at] ?? "") &&
    /^\s*$|^(?: {4}|\t)/.test(above) &&
    /^(?:(?!\d+[.)]\s)[\p{L}\d(]|`{3}|~{3})/u.test(atLeft)
  );
}

const RULE = /^\s*-{3,}\s*$/;

/** Options that no second rule ends before the next fence are none: they would take the page with them. */
function hasEnd(lines: readonly string[], at: number): boolean {
  const next = lines.slice(at + 1).find((line) => RULE.test(line) || FENCE.test(line));
  return next !== undefined && RULE.test(next);
}

/** What sites show above code. */
function titleOf(words: string): string {
  const [, double, single, bare] =
    /(?:^|[\s{,])(?:title|filename|tab)=(?:"([^"]+)"|'([^']+)')|\s\[([^\][]+)\]/.exec(words) ?? [];
  return double ?? single ?? bare ?? "";
}

/** What sites show of a directive's options: what stands above it, and the text of a picture. */
function optionOf(line: string, isPicture: boolean): string {
  const [, name, words = ""] = /^\s*:?(caption|filename|alt):\s+(\S.*)$/.exec(line) ?? [];
  return name === "caption" || name === "filename" || isPicture ? words : "";
}

/** What a directive says besides what it holds; of some it is an address. */
function argumentOf(words: string, directive: string): string {
  return /^\{(?:image|figure|toctree|csv-table|div|container|grid|class|cssclass|only)\}/.test(
    directive,
  )
    ? ""
    : words;
}

/** `:::{figure} a.png`, and the format of what is raw. */
function withoutAddress(line: string): string {
  return line.replace(
    /^(\s*:{3,}\s*\{(?:code|code-block|code-cell|figure|image|include|literalinclude|raw|sourcecode)\})\s+\S+\s*$/,
    "$1",
  );
}
