/** What a page names: its Markdown, its code blocks and its front matter. */

import type { Code, InlineCode, Nodes, Root } from "mdast";
import { findNames } from "../knowledge/find-names.ts";
import { readFrontMatter } from "../knowledge/front-matter/front-matter.ts";
import { parseMarkdown } from "../knowledge/markdown/markdown.ts";
import {
  alertnamesIn,
  isHedged,
  type Mention,
  type MentionedName,
  type MentionPlace,
} from "./mention.ts";
import { readCommands } from "./read-commands.ts";
import { readTable } from "./read-tables.ts";
import { readYamlValues } from "./yaml-values.ts";

export interface SourceFile {
  /** The path from the repository's root, with `/` between its parts. */
  readonly file: string;
  readonly text: string;
}

/** All mentions of a page, in no order. */
export function readPageMentions({ file, text }: SourceFile): Mention[] {
  const front = readFrontMatter(text);
  const tree = parseMarkdown(front.content);
  const hedges = hedgedLines(tree, front.content);
  const head = text.split("\n").slice(0, front.linesBefore).join("\n");
  const mentions = readWordMentions({ file, text: head });
  const page: Page = {
    content: front.content,
    add: (name, place, line) =>
      mentions.push({
        file,
        line: line + front.linesBefore,
        place,
        hedged: hedges(line),
        ...name,
      }),
  };
  walk(tree, page);
  return mentions;
}

interface Page {
  readonly content: string;
  readonly add: (name: MentionedName, place: MentionPlace, line: number) => void;
}

/** What people may type or paste to find a page names what it likes; a name must still be one. */
export function readWordMentions({ file, text }: SourceFile): Mention[] {
  return text
    .split("\n")
    .flatMap((line, n) =>
      findNames(line).map(
        ({ name }): Mention => ({ file, line: n + 1, place: "prose", hedged: true, ...name }),
      ),
    );
}

/** Tells for a line whether the section around it says that not every build records. */
function hedgedLines(tree: Root, content: string): (line: number) => boolean {
  const starts = tree.children.flatMap(({ type, position }) =>
    type === "heading" && position !== undefined ? [position.start] : [],
  );
  const sections = starts.map(({ line, offset }, n) => ({
    line,
    hedged: isHedged(content.slice(offset, starts[n + 1]?.offset)),
  }));
  return (line) => sections.findLast((section) => section.line <= line)?.hedged ?? false;
}

function walk(node: Nodes, page: Page): void {
  const line = node.position?.start.line ?? 1;
  if (node.type === "code") readCode(node, page);
  if (node.type === "inlineCode") readInlineCode(node, page);
  if (node.type === "text" || node.type === "html") {
    readText(node.value, page, { place: "prose", line });
    for (const name of alertsIn(node.value)) page.add(name, "prose", line);
  }
  if (node.type === "link" || node.type === "definition" || node.type === "image") {
    page.add({ kind: "link", target: node.url }, "prose", line);
  }
  if (node.type === "table") {
    for (const fact of readTable(node)) page.add({ kind: "table", fact }, "prose", fact.line);
  }
  if ("children" in node) for (const child of node.children) walk(child, page);
}

/** "the alert StreamlineDown": a word of two humps behind that word is a name. */
function alertsIn(text: string): MentionedName[] {
  const found = text.matchAll(/\b[Aa]lerts? ([A-Z][a-z]+[A-Z][A-Za-z]+)\b/g);
  return [...found].map((match) => ({ kind: "alert", name: match[1] ?? "" }));
}

interface Spot {
  readonly place: MentionPlace;
  /** The line of the text's first character. */
  readonly line: number;
}

function readText(text: string, page: Page, { place, line }: Spot): void {
  for (const { offset, name } of findNames(text)) {
    page.add(name, place, line + text.slice(0, offset).split("\n").length - 1);
  }
}

const INLINE_PROGRAM = /^(?:streamline|streamline-cli|curl) \S/;

function readInlineCode({ value, position }: InlineCode, page: Page): void {
  const line = position?.start.line ?? 1;
  const add = (name: MentionedName): void => page.add(name, "prose", line);
  readText(value, page, { place: "prose", line });
  if (/(?:streamline|kafka)_[a-z_]+.*[({[]|[({].*(?:streamline|kafka)_/s.test(value)) {
    add({ kind: "expression", text: value, mode: "loose" });
  }
  if (/^\[[a-z_]+\] [a-z_]+$/.test(value)) add({ kind: "file-key", key: value });
  if (value.startsWith("--")) for (const flag of flagsIn(value)) add(flag);
  if (INLINE_PROGRAM.test(value)) for (const { name } of readCommands(value)) add(name);
  const endpoint = /^(?:(GET|POST|PUT|DELETE) )?(\/[^\s?#]*)\S*$/.exec(value);
  if (endpoint !== null) {
    add({ kind: "endpoint", method: endpoint[1], path: endpoint[2] ?? "" });
  }
}

function flagsIn(value: string): MentionedName[] {
  return [...value.matchAll(/(?:^|\s)(--[a-z][a-z0-9-]*\*?)/g)].map((match) => ({
    kind: "option",
    flag: match[1] ?? "",
    of: "any",
  }));
}

const PLACES: ReadonlyMap<string, MentionPlace> = new Map(
  (
    [
      ["command", "bash sh shell console"],
      ["promql", "promql"],
      ["config", "yaml yml toml ini nginx json conf properties dockerfile"],
    ] as const
  ).flatMap(([place, languages]) =>
    languages.split(" ").map((language): [string, MentionPlace] => [language, place]),
  ),
);

function readCode(code: Code, page: Page): void {
  const place = PLACES.get(code.lang?.toLowerCase() ?? "") ?? "output";
  const start = code.position?.start;
  const isFenced = /[`~]/.test(page.content[start?.offset ?? 0] ?? "");
  const line = (start?.line ?? 1) + (isFenced ? 1 : 0);
  readText(code.value, page, { place, line });
  if (place === "command") readScript(code.value, page, { place, line });
  if (place === "promql") readQueries(code.value, page, line);
  if (place === "config") readConfig(code, page, line);
}

function readScript(script: string, page: Page, { place, line }: Spot): void {
  for (const used of readCommands(script)) page.add(used.name, place, line + used.line - 1);
  for (const [n, text] of script.split("\n").entries()) {
    for (const name of alertnamesIn(text)) page.add({ kind: "alert", name }, place, line + n);
  }
}

/** One query a line, as our pages write them; a `#` begins a comment. */
function readQueries(block: string, page: Page, line: number): void {
  for (const [n, text] of block.split("\n").entries()) {
    if (text.trim() === "" || text.trimStart().startsWith("#")) continue;
    page.add({ kind: "expression", text, mode: "query" }, "promql", line + n);
  }
}

function readConfig({ value, lang }: Code, page: Page, line: number): void {
  if (lang === "toml") readToml(value, page, line);
  for (const [n, text] of value.split("\n").entries()) {
    const started = /^ExecStart=(.*)$/.exec(text)?.[1];
    if (started !== undefined) readScript(started, page, { place: "config", line: line + n });
  }
  if (lang !== "yaml" && lang !== "yml") return;
  const read = readYamlValues(value);
  if (read.kind === "broken") return;
  for (const { path, value: text, line: at } of read.values) {
    if (path.at(-1) === "expr") {
      page.add({ kind: "expression", text, mode: "query" }, "promql", line + at - 1);
    }
  }
}

function readToml(text: string, page: Page, line: number): void {
  let section = "";
  for (const [n, each] of text.split("\n").entries()) {
    section = /^\[([a-z_]+)\]/.exec(each)?.[1] ?? section;
    const key = /^([a-z_]+)\s*=/.exec(each)?.[1];
    if (key !== undefined) {
      page.add({ kind: "file-key", key: `[${section}] ${key}` }, "config", line + n);
    }
  }
}
