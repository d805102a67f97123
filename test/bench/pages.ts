/**
 * What is left of other people's pages: for each folder its pages, sections and words, the words of the
 * files that no section shows, and what of markup a reader would meet. `node test/bench/pages.ts FOLDER…`
 * with folders of Markdown; `--words` prints what is lost and the lines, page by page.
 */

import { globSync, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import type { Nodes } from "mdast";
import { toString as toText } from "mdast-util-to-string";
import { parseMarkdown } from "../../src/knowledge/markdown/markdown.ts";
import type { Page } from "../../src/knowledge/page.ts";
import { decodePage } from "../../src/knowledge/page-files.ts";
import { readPage } from "../../src/knowledge/read-page.ts";
import { programWords } from "../support/program-words.ts";
import { withoutLoneMarks } from "./lone-marks.ts";
import { countWords, lackingWords, readableWords } from "./readable-words.ts";
import { tornTables } from "./torn-tables.ts";

const { values, positionals } = programWords({
  usage: "usage: node test/bench/pages.ts FOLDER… [--words]",
  options: { words: { type: "boolean", default: false } },
});

interface PageReport {
  readonly sections: number;
  readonly words: number;
  readonly lost: readonly string[];
  readonly junk: readonly string[];
}

/** Their texts do not run into the next one. */
const BLOCKS: ReadonlySet<string> = new Set(["paragraph", "heading", "tableCell", "listItem"]);

/** Markup that says nothing to a reader. `<name>` may be a placeholder, `-->` an arrow. */
const JUNK =
  /(?<![$\\{/.=-])\{[a-z][\w:.+-]*\}`…`|^\([\w:.-]+\)=$|^\+\+\+(?! [abiw]\/)|\{\{|\}\}|\{%|%\}|\{\/\*|\*\/\}|(?<![%"“]):::(?![\d*])|<\/[a-zA-Z](?![\w.-]*\/)|<[a-zA-Z][\w.-]*\s(?!\.\.)[^<>]*(?<=[\w-])=["'{\w#][^<>]*>|<(?:a|b|br|center|code|details|div|em|font|h\d|hr|i|iframe|img|kbd|li|object|ol|p|pre|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul)\s*\/?>|(?-i:<[A-Z])\w*(?:\s[^<>]*)?\/>|<!--|(?<![='])\{:?\s*(?:#[\w\u00C0-\uFFFF-]+|\.[\w-]+)(?![\w,-])(?:[^}"\u00C0-\uFFFF]|"[^"]*")*\}|(?<!\w)\[\[(?![\s"\d.])[^\][]*\]\]|&(?:nbsp|lt|gt|amp|quot|mdash|ndash|#\d+|#x[\da-f]+);|^\s*(?:!!!|\?\?\?)\s|^=== "|^import .* from ["']|^export (?:const|default)|^\s*\[!\w+\](?!\w)|^\s*(?:`{3,}|~{3,})|`{3,}\w*\s*$|(?<!\{)\{(?:\+\+|--|~~|>>)(?=[^{}]*(?:\+\+|--|~~|<<)\}(?!\}))|^\*\[[^\][]+\]:\s|\^\[(?=[^\][]*[a-z]{3,}\s+[a-z]{3,}[^\][]*\](?![[(*+?{$]))/i;
/** `{{ .Values.x }}` and `{{ $value | humanize }}`, which sites show as they stand, formulas of LaTeX, objects of JSON, braces that begin side by side and end apart, braces around nothing. */
const AS_MEANT =
  /(?<!\{)\{\{[^{}]*\}[^{}]+\}(?!\})|(?<!\{)\{"[\w-]+":(?:[^{}]|\{[^{}]*\})*\}|(?<!\{)\{\{-?\s*(?:[.$][\w.*]*(?:[\s|][^{}]*?)?)?-?\}\}|\\[a-z]+\{.*\}/g;
/** An element that is named, and not used: in quotes, or before a word for it. */
const NAMED_ELEMENT =
  /(?<=[“"'「‘])<\w+>(?=[”"'」’])|(?<=[“「‘])<\w+\s[^<>]*>(?=[”」’])|<\w+>(?=\s?(?:elements?|tags?|元素|标签|標籤|要素|タグ|요소|태그)(?![a-z]))/g;
const GIVEN_TITLE = /^title:\s*["']?(.*?)["']?\s*$/m;
const FENCED = /^[ \t>]*(`{3,}|~{3,})[^`\n]*\n[\s\S]*?^[ \t>]*\1/gm;

/** HTML that no reader meets: remarks, and anchors without text. */
const UNSEEN_HTML =
  /^(?:\s*(?:<!--[\s\S]*?(?:-->|$)|<a\s+(?:id|name)=[^<>]*>\s*(?:<\/a>)?|<\/a>))*\s*$/;

if (positionals.length === 0)
  print("name folders of Markdown pages: node test/bench/pages.ts FOLDER…");
else
  print(row(["collection", "pages", "not read", "sections", "words", "words lost", "junk lines"]));
for (const folder of positionals) reportOf(folder);

function reportOf(folder: string): void {
  const files = globSync("**/*.{md,markdown,mdx}", { cwd: folder })
    .filter((file) => statSync(`${folder}/${file}`, { throwIfNoEntry: false })?.isFile())
    .toSorted();
  const sums = { pages: 0, problems: 0, sections: 0, words: 0, lost: 0, junk: 0 };
  for (const file of files) {
    const report = readOne(folder, file);
    if (typeof report === "string") {
      sums.problems += 1;
      if (values.words) print(`  ${file}: NOT READ: ${report}`);
      continue;
    }
    sums.pages += 1;
    sums.sections += report.sections;
    sums.words += report.words;
    sums.lost += report.lost.length;
    sums.junk += report.junk.length;
    if (values.words && report.lost.length + report.junk.length > 0) {
      print(`  ${file}: ${report.lost.slice(0, 30).join(" ")}`);
      for (const line of report.junk.slice(0, 8)) print(`    | ${line.slice(0, 160)}`);
    }
  }
  print(
    row([
      basename(folder),
      sums.pages,
      sums.problems,
      sums.sections,
      sums.words,
      sums.lost,
      sums.junk,
    ]),
  );
}

/** What is wrong where the page is not read. */
function readOne(folder: string, file: string): PageReport | string {
  const text = decodePage(readFileSync(`${folder}/${file}`))?.text;
  if (text === undefined) return "no text";
  const result = readPage({ file, folder, text });
  if (result.kind === "problem") return result.problem.reason;
  const { page } = result;
  const shown = shownOf(page, text);
  const wanted = readableWords(text);
  const found = page.sections.map((section) => section.text);
  // The page's own title, and that of a section in parts, says again what a heading says once.
  const titles = page.sections
    .filter(({ level, anchor }) => level > 0 && !/:\d+$/.test(anchor))
    .map(({ title }) => title);
  const lost = new Set([
    ...lackingWords(wanted, countWords([...titles, ...shown.texts])),
    // What is shown must be found, too.
    ...lackingWords(wanted, countWords([...titles, ...found])),
  ]);
  return {
    sections: page.sections.length,
    words: [...wanted.values()].reduce((sum, count) => sum + count, 0),
    lost: [...lost],
    junk: [...shown.junk.filter((line) => !isMeant(line, text)), ...tornOf(page, text)],
  };
}

function tornOf({ sections }: Page, source: string): string[] {
  return sections.flatMap(({ markdown }) => tornTables(parseMarkdown(markdown), markdown, source));
}

/** Whether the page writes as words, in code or by references, what looks like markup, and nowhere as markup. */
function isMeant(line: string, text: string): boolean {
  const found = line.match(new RegExp(JUNK, "gi")) ?? [];
  const markup = withoutCode(text);
  const words = text.replace(/<(https?:[^<>\s]+)>/g, "$1").replace(/\\([!-/:-@[-`{-~])/g, "$1");
  const letters = words
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&(?:#34|quot);/g, '"');
  let from = 0;
  return found.every((sign) => {
    const at = line.indexOf(sign, from);
    from = at + sign.length;
    if (!markup.includes(sign)) return words.includes(sign) || letters.includes(sign);
    // Elsewhere it is markup; behind these letters, it is written as words.
    const written = line.slice(Math.max(0, at - 12), from);
    return (
      written.length > sign.length + 5 && !markup.includes(written) && letters.includes(written)
    );
  });
}

function withoutCode(text: string): string {
  return text
    .replace(FENCED, "")
    .replace(/(?<![`\\])(`+)(?!`)[^\n]*?(?<!`)\1(?!`)|\\[!-/:-@[-`{-~]/g, "");
}

/** A title is plain text: what of it is code is told from the file. */
function codeInHeadings(text: string): string[] {
  const headings = text.match(/^ {0,3}#{1,6}\s.*|^.*(?=\n(?:=+|-+)\s*$)/gm) ?? [];
  // A longer name may begin with a shorter one.
  return headings
    .flatMap((heading) =>
      [...heading.matchAll(/(`+)\s?(.+?)\s?\1(?!`)/g)].map(([, , code = ""]) => code),
    )
    .toSorted((one, other) => other.length - one.length);
}

function shownOf(page: Page, source: string): { texts: string[]; junk: string[] } {
  const codeOfTitles = codeInHeadings(source);
  const texts: string[] = [];
  const junk: string[] = [];
  for (const { title, markdown } of page.sections) {
    const tree = parseMarkdown(markdown);
    texts.push(...tree.children.map((block) => piecesOf(block).join("")));
    // Above the page, a title is text whatever it names.
    const isGiven = source.startsWith("---") && GIVEN_TITLE.exec(source)?.[1] === title;
    const prose = isGiven
      ? "…"
      : codeOfTitles.reduce((words, code) => words.replaceAll(code, "…"), title);
    for (const line of [prose, ...proseLines(tree)]) {
      const rest = withoutLoneMarks(line, source);
      if (isJunk(rest.replace(AS_MEANT, "…").replace(NAMED_ELEMENT, "…"), source)) junk.push(line);
    }
  }
  return { texts, junk };
}

/** Whether markup is left in a line that its page did not write as words: `\\<br>`, or a formula's braces. */
function isJunk(line: string, source: string): boolean {
  if (endsNoAttribute(line)) return true;
  const sign = JUNK.exec(withoutObjects(line.replace(/\$[^$]*(?:\\|[_^]\{)[^$]*\$/g, "$…$")))?.[0];
  if (sign === undefined) return false;
  // A line of its own ends a block of MyST.
  if (sign === "+++" && !/^\+{3}(?:\s|$)/m.test(source.replace(FENCED, ""))) return false;
  // Among other words of a link, YFM shows it as it stands.
  if (sign === "{#T}" && /\[[^[\]]*[^[\]\s][^[\]]*\{#T\}\]\(/.test(source)) return false;
  // Where nothing begins with two braces, they end objects; where nothing ends with them, they begin nothing.
  if (sign === "}}" && !source.includes("{{")) return false;
  if (sign === "{{" && !withoutCode(source).includes("}}")) return false;
  // In an item, it begins nothing that another one ends.
  if (sign === "<!--" && /^[ \t]*[-*+] \S.*<!--(?!.*-->).*\n[ \t]*[-*+] /m.test(source))
    return false;
  if (/^[{}]{2}$/.test(sign) && isTornObject(line, source)) return false;
  // A sentence or a title begins with a capital, and nothing of JavaScript.
  if (sign.startsWith("Export ")) return false;
  // Behind words and alone in its line, it begins no block.
  if (sign === ":::" && /\p{L} :::[a-zA-Z]+ \p{L}/u.test(line) && line.split(":::").length === 2)
    return false;
  // Only at the left, MDX imports anything.
  if (sign.startsWith("import ") && !`\n${source}`.includes(`\n${sign}`)) return false;
  // Only at the beginning of a line, they begin a remark.
  if (/^\s*[!?]{3}\s$/.test(sign) && !/^[\s>]*(?:[-*+]\s+|\d+[.)]\s+)?[!?]{3}\s/m.test(source))
    return false;
  const escaped = sign.replace(/[<>&[\]{}!~`]/g, (each) => `\\${each}`);
  const written = [
    escaped,
    `\\${sign}`,
    sign.replace(/&/g, "&amp;"),
    sign.replace(/</g, "&lt;"),
    sign.replace(/</g, "&lt;").replace(/>/g, "&gt;"),
  ];
  return !written.some((each) => each !== sign && source.includes(each));
}

/** Half of an object within another that goes on in the next line, `{{A,` and `{B}}`: no template holds a brace. */
function isTornObject(line: string, source: string): boolean {
  const torn = source.match(/\{\{[^{}\n]*\n[ \t]*\{[^{}\n]*\}\}/g) ?? [];
  const halves = torn.flatMap((object) => object.replace(/\\/g, "").split("\n"));
  return halves.some((half) => line.includes(half.trim()));
}

/** The rest of a list of attributes, whose brace nothing has begun: `group="os"}`. */
function endsNoAttribute(line: string): boolean {
  const at = /\b[\w-]{1,40}="[^"{}]*"\}/.exec(line)?.index ?? 0;
  const before = line.slice(0, at);
  return at > 0 && before.lastIndexOf("{") <= before.lastIndexOf("}") && !before.includes("$");
}

/** Objects in each other end in several braces, too; each of those has its beginning, and none begins twice. */
function withoutObjects(line: string): string {
  if (/\{[{%]|%\}/.test(line)) return line;
  let depth = 0;
  for (const [brace] of line.matchAll(/[{}]/g)) {
    depth += brace === "{" ? 1 : -1;
    if (depth < 0) return line;
  }
  return line.replace(/\}+/g, "}");
}

/** The text of a tree, code included, its parts apart where they are shown apart. */
function piecesOf(node: Nodes): string[] {
  if (node.type === "break") return ["\n"];
  if (node.type === "code") return [node.value, "\n"];
  if (node.type === "image" || node.type === "imageReference") return [" ", node.alt ?? "", " "];
  if (!("children" in node)) return [toText(node, { includeHtml: true })];
  // A reader sees where an address ends.
  if (node.type === "link" && toText(node) === node.url) return [node.url, " "];
  const pieces = node.children.flatMap((child) => piecesOf(child));
  return BLOCKS.has(node.type) ? [...pieces, "\n"] : pieces;
}

/** The lines of a tree's prose; code may say what it likes, but for the reader's own signs. */
function proseLines(node: Nodes): string[] {
  if (node.type === "code")
    return node.value.split("\n").filter((line) => line.includes("<!---->"));
  if (node.type === "html") return UNSEEN_HTML.test(node.value) ? [] : [node.value];
  if (node.type === "paragraph" || node.type === "heading" || node.type === "tableCell") {
    // A backtick that is a sign is none of the code behind it, and a formula has braces of its own.
    return proseOf(node)
      .replace(/(?<=`)`…`/g, " `…`")
      .replace(/\$\$[^$]*\$\$/g, "…")
      .split("\n");
  }
  return "children" in node ? node.children.flatMap((child) => proseLines(child)) : [];
}

function proseOf(node: Nodes): string {
  if (node.type === "inlineCode") return "`…`";
  if (node.type === "break") return "\n";
  // In a cell, it is shown as the end of a line.
  if (node.type === "html" && /^<br>$/.test(node.value)) return "\n";
  if (node.type === "html") return UNSEEN_HTML.test(node.value) ? "" : node.value;
  if (node.type === "text") return node.value;
  return "children" in node ? node.children.map((child) => proseOf(child)).join("") : "";
}

function row(cells: readonly (string | number)[]): string {
  return cells
    .map((cell, at) => (at === 0 ? String(cell).padEnd(28) : String(cell).padStart(12)))
    .join("");
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
