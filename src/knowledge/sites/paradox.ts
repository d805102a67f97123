/**
 * What Paradox, the generator of Akka's and Pekko's documentation, adds: `@ref:[words](page.md)` and its likes
 * among words, `@@snip [x](file) { #part }` for what another file holds, and `@@@ note` … `@@@` around blocks.
 * Source: developer.lightbend.com/docs/paradox, "Directives".
 */

import { isRemark, labelLine, remark } from "../markdown/remarks.ts";
import { withCodeKept, withoutCode } from "./code-spans.ts";
import { includedFile } from "./included-file.ts";
import { plainLanguages } from "./paradox-languages.ts";
import { linesOfProse } from "./prose.ts";

const BLOCK = /^(\s*)@{3,}\s*([a-z][\w-]*)?\s*(?:\{(.*)\}\s*)?$/;
const LEAF =
  /^(\s*(?:(?:[-*+]|:)\s+)?)@@\s?([a-z][\w-]*)(?:\s?\[([^\][]*)\])?(?:\(([^()\s]*)\))?\s*(?:\{([^{}]*)(\}?)\s*)?$/;
const WITHIN = /@(?:ref|extref|link|apidoc|javadoc|scaladoc|github|scala|java|span):?\[/;
/** Also as what a term means, which is an item by now. */
const BEGINS = /^\s*(?:(?:[-*+]|:)\s+)?@@/;
/** Innermost first: what it says, where it leads, and what only its site needs. */
const INLINE =
  /@(ref|extref|link|apidoc|javadoc|scaladoc|github):?\[((?:[^\][@]|@(?!\w+:?\[)|\[(?:[^\][]|\[[^\][]*\])*\])*)\](?:\(((?:[^()\s]|\((?:[^()]|\([^()]*\))*\))*)\))?(?:[ ]?\{(?:[^{}"]|"[^"]*")*\})?/g;
/** Its words go on in the next line, as far as it ends there. */
const OPEN = /@(?:ref|extref|link|apidoc|javadoc|scaladoc|github):?\[[^\][]{0,500}$/;
const REST = /^\s*([^\][]{0,500}\](?:\([^()\s]*\))?)(.*)$/;
const MOST_DEPTH = 3;
/** Of a type or a method, `Try[T]` and `ask()`. */
const NAME = /^[\w.$]+(?:\[[\w., ]*\])?(?:\([\w., ]*\))?$/;

/** The same lines, as many as before. */
export function plainParadox(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => WITHIN.test(line) || BEGINS.test(line))) return lines;
  const joined = joinedWords(lines);
  const isProse = linesOfProse(joined);
  return readLines(plainLanguages(joined, isProse), isProse);
}

function readLines(lines: readonly string[], isProse: readonly boolean[]): readonly string[] {
  /** What the lines are shown as that a directive is given: those of a dependency are code, the part of a file is nothing. */
  let given: "code" | "nothing" | undefined;
  return lines.map((line, at) => {
    if (given !== undefined) {
      const isCode = given === "code";
      if (line.trim() !== "}") return isCode ? line : "";
      given = undefined;
      return isCode ? "```" : "";
    }
    if (isProse[at] !== true) return line;
    const block = blockLine(line);
    if (block !== undefined) return block;
    const leaf = LEAF.exec(line);
    if (leaf === null) return WITHIN.test(line) ? wordsOf(line) : line;
    const [, before = "", , , file, attributes, end] = leaf;
    if (attributes !== undefined && end === "") given = file === undefined ? "code" : "nothing";
    if (file !== undefined) return `${before}${includedFile(file)}`;
    return given === undefined ? "" : `${before}\`\`\``;
  });
}

/** What is begun in one line and ends in the next, on the first. */
function joinedWords(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => OPEN.test(line))) return lines;
  const isProse = linesOfProse(lines);
  const joined = [...lines];
  for (const [at, line] of joined.entries()) {
    const [, rest, behind = ""] = REST.exec(joined[at + 1] ?? "") ?? [];
    if (rest === undefined || behind.trim() === "" || !OPEN.test(withoutCode(line))) continue;
    if (isProse[at] !== true || isProse[at + 1] !== true) continue;
    joined[at] = `${line} ${rest}`;
    joined[at + 1] = behind.trimStart();
  }
  return joined;
}

/** `@@@ warning { title="Take care" }`, `@@@ index`, and the end of either. */
function blockLine(line: string): string | undefined {
  const [all, indent = "", kind = "", attributes = ""] = BLOCK.exec(line) ?? [];
  if (all === undefined) return undefined;
  if (!isRemark(kind)) return "";
  const [, double, single, bare] = /\btitle=(?:"([^"]*)"|'([^']*)'|(.*\S))/.exec(attributes) ?? [];
  return indent + labelLine(remark(kind, double ?? single ?? bare));
}

function wordsOf(line: string): string {
  return withCodeKept(line, (written) => {
    let text = written;
    for (let depth = 0; depth < MOST_DEPTH && WITHIN.test(text); depth += 1) {
      text = text.replace(INLINE, directive);
    }
    return text;
  });
}

function directive(_all: string, name: string, words: string, target?: string): string {
  if (name.endsWith("doc")) return NAME.test(words) ? `\`${words.replace(/\$$/, "")}\`` : words;
  // Elsewhere the target begins with a name that only the site knows.
  const leads = target !== undefined && /^(?:ref|link|github)$/.test(name);
  return leads ? `[${words}](${target})` : words;
}
