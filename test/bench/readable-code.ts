/** Code and words of a page, told from its source alone. */

/** What holds code as it is: any fence but a directive of MyST, whose name stands in braces. */
const DIRECTIVE =
  /^\{(?!code|code-block|code-cell|sourcecode|literalinclude|raw|eval-rst|mermaid|math|parsed-literal|ipython)[\w:-]+\}/;
const FENCE = /^(?:[\s>]|[-*+]\s|\d+[.)]\s|:\s)*(`{3,}(?=[^`]*$)|~{3,})(.*)$/;

/** Fenced code, and what stands around it; MDX ends a fence in any column. */
export function partCode(text: string, mdx: boolean): { prose: string; code: string[] } {
  const prose: string[] = [];
  const code: string[] = [];
  /** The directives that are open, and at the end what holds code. */
  const open: { readonly mark: string; readonly column: number; readonly isInItem: boolean }[] = [];
  /** The last line that stood at the left: what is further in belongs to it. */
  let atLeft = "";
  let holdsCode = false;
  let mayHaveOptions = false;
  /** Options may stand as YAML between two rules. */
  let yaml: "may" | "in" | "no" = "no";
  for (const line of text.split("\n")) {
    const [, mark = "", words = ""] = FENCE.exec(line) ?? [];
    // With the item of a list, a fence in it ends.
    if (open.at(-1)?.isInItem === true && /^\S/.test(line)) {
      open.pop();
      holdsCode = false;
    }
    if (!holdsCode && /^\S/.test(line)) atLeft = line;
    const last = open.at(-1);
    // Three columns further than it began is the most, but for MDX; a fence further in is code.
    const ends =
      last !== undefined &&
      mark.startsWith(last.mark) &&
      words.trim() === "" &&
      (mdx || line.indexOf(mark) < last.column + 4);
    if (mayHaveOptions && yaml !== "no" && /^\s*-{3,}\s*$/.test(line)) {
      mayHaveOptions = yaml === "may";
      yaml = yaml === "may" ? "in" : "no";
      continue;
    }
    if (yaml === "in") continue;
    yaml = "no";
    mayHaveOptions &&= /^\s*:[\w-]+:/.test(line);
    if (ends) {
      open.pop();
      holdsCode = false;
    } else if (holdsCode) {
      if (!mayHaveOptions) code.push(line);
    } else if (mark === "") prose.push(mayHaveOptions ? "" : withoutAddress(line));
    else {
      const column = line.indexOf(mark);
      const isInItem = column >= 2 && /^(?:[-*+]|\d+[.)])\s/.test(atLeft) && line !== atLeft;
      open.push({ mark, column, isInItem });
      const directive = DIRECTIVE.exec(words.trim())?.[0];
      holdsCode = directive === undefined;
      mayHaveOptions = words.trim().startsWith("{");
      if (mayHaveOptions) yaml = "may";
      if (directive !== undefined)
        prose.push(argumentOf(words.trim().slice(directive.length), directive));
    }
    if (!holdsCode && /^\s*:{3,}\s*\{/.test(line)) {
      mayHaveOptions = true;
      yaml = "may";
    }
  }
  return { prose: prose.join("\n"), code };
}

/** What a directive says besides what it holds; of some it is an address. */
function argumentOf(words: string, directive: string): string {
  return /^\{(?:image|figure|toctree|csv-table|div|container|grid|class|cssclass)\}/.test(directive)
    ? ""
    : words;
}

/** `:::{figure} a.png` */
function withoutAddress(line: string): string {
  return line.replace(/^(\s*:{3,}\s*\{(?:image|figure|include|literalinclude)\})\s+\S+\s*$/, "$1");
}
