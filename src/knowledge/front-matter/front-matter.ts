/**
 * The YAML block at the top of a page. gray-matter finds it; only YAML is ever parsed,
 * because gray-matter's JavaScript engine would run what a page says.
 */

import matter from "gray-matter";
import { parse as parseToml } from "smol-toml";
import { stringify } from "yaml";
import { parseJson } from "../../exposition/parse-json.ts";
import { type FrontMatter, NO_FRONT_MATTER, readFrontMatterKeys } from "./front-matter-keys.ts";
import { type Complaint, readYamlBlock, type YamlBlock } from "./yaml-block.ts";

export type FrontMatterRead = {
  frontMatter: FrontMatter;
  /** What follows the block, and how many lines of the file come before it. */
  content: string;
  linesBefore: number;
  /** What could not be used, each with its line; the rest of the page stays. */
  complaints: readonly Complaint[];
};

/** Of a page whose front matter lacks its first dashes, as Hexo takes it. */
const BARE_YAML =
  /^(?:title|date|layout|tags|categories|permalink|author):[^\n]*\n(?:(?:[a-z][\w-]*:|[ \t]+\S|- )[^\n]*\n){0,40}---[ \t]*(?:\r?\n|$)/;

const YAML_LANGUAGES: ReadonlySet<string> = new Set(["", "yaml", "yml"]);

/**
 * Splits a file into its front matter (YAML, or TOML between lines of "+++") and its Markdown. A file
 * without front matter is fine; of one with mistakes, what can be used is.
 */
export function readFrontMatter(text: string): FrontMatterRead {
  const toml = tomlBlock(withoutMark(text)) ?? bareTomlBlock(withoutMark(text));
  if (toml !== undefined) return readToml(toml);
  const json = jsonBlock(withoutMark(text));
  if (json !== undefined) return json;
  if (BARE_YAML.test(withoutMark(text))) return readBare(withoutMark(text));
  const language = languageOf(text);
  if (opensFrontMatter(text) && !/\n---/.test(text)) {
    const reason = "the front matter is not closed by a line of three dashes";
    return unread(text, { text, complaint: { line: 1, reason } });
  }
  if (!YAML_LANGUAGES.has(language)) {
    const shown = JSON.stringify(language.slice(0, 40));
    const reason = `front matter must be YAML, this block says it is ${shown}; it was not run`;
    return unread(text, { text: behindBlock(text), complaint: { line: 1, reason } });
  }
  const file = matter(text, { engines: ENGINES });
  const read = readYamlBlock(`${file.matter ?? ""}\n`, "front matter");
  // "---", an empty line, and words: a rule that begins the page.
  const isRule =
    read.kind === "read" && !read.block.isMap && /^[^\S\n]*\n[^\S\n]*\n/.test(file.matter ?? "");
  if (isRule) return readBlock({ ...read.block, value: null, keys: [] }, position(text, text));
  return read.kind === "refused"
    ? unread(text, { text: file.content, complaint: read.complaint })
    : readBlock(read.block, position(text, file.content), read.complaints);
}

function readBare(text: string): FrontMatterRead {
  const { complaints, linesBefore, ...read } = readFrontMatter(`---\n${text}`);
  const own = complaints.map((each) => ({ ...each, line: Math.max(1, each.line - 1) }));
  return { ...read, linesBefore: linesBefore - 1, complaints: own };
}

/** What follows a block that gray-matter never sees: in another language it would run it. */
function behindBlock(text: string): string {
  const end = /\n---[^\n]*(?:\n|$)/.exec(text);
  return end === null ? text : text.slice(end.index + end[0].length);
}

/** No engine of gray-matter ever parses: the block is only cut out, and read here. */
const ENGINES = {
  yaml: () => ({}),
  json: refuseEngine,
  javascript: refuseEngine,
  js: refuseEngine,
  coffee: refuseEngine,
  toml: refuseEngine,
};

function refuseEngine(): never {
  throw new Error("front matter in another language than YAML is never parsed");
}

type Position = Pick<FrontMatterRead, "content" | "linesBefore">;

function position(text: string, content: string): Position {
  return { content, linesBefore: countLines(text.slice(0, text.length - content.length)) };
}

/** The page without its front matter, of which nothing can be used. */
function unread(
  text: string,
  { text: content, complaint }: { text: string; complaint: Complaint },
): FrontMatterRead {
  return { ...position(text, content), frontMatter: NO_FRONT_MATTER, complaints: [complaint] };
}

type TomlBlock = Position & { toml: string };

/** TOML between two lines of "+++", of Hugo and of Zola, which takes one below empty lines or of none, too. */
function tomlBlock(text: string): TomlBlock | undefined {
  const match =
    /^(?:[ \t]*\r?\n)*\+\+\+[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?\+\+\+[ \t]*(?:\r?\n|$)/.exec(text);
  if (match === null) return undefined;
  return { toml: match[1] ?? "", ...position(text, text.slice(match[0].length)) };
}

/** TOML from the first line on, up to three dashes, as Bartholomew takes it. */
function bareTomlBlock(text: string): TomlBlock | undefined {
  const [whole, toml = ""] =
    /^([a-z]\w*[ \t]*=[ \t]*\S[\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text) ?? [];
  if (whole === undefined || !isToml(toml)) return undefined;
  return { toml, ...position(text, text.slice(whole.length)) };
}

function isToml(text: string): boolean {
  try {
    parseToml(text);
    return true;
  } catch {
    return false;
  }
}

function readToml({ toml, ...where }: TomlBlock): FrontMatterRead {
  try {
    // As YAML, in which each key of the table stands on a line of its own.
    const read = readYamlBlock(stringify(parseToml(toml)), "front matter");
    if (read.kind === "read") {
      return readBlock({ ...read.block, lineOf: () => 1 }, where);
    }
    return { ...where, frontMatter: NO_FRONT_MATTER, complaints: [read.complaint] };
  } catch (error) {
    const said = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    const complaint = { line: 1, reason: `front matter is not TOML: ${said}` };
    return { ...where, frontMatter: NO_FRONT_MATTER, complaints: [complaint] };
  }
}

/** Hugo's third: a JSON object at the very start, alone on its lines; undefined when it is none. */
function jsonBlock(text: string): FrontMatterRead | undefined {
  const match = /^\{[ \t]*\r?\n[\s\S]*?\r?\n\}[ \t]*(?:\r?\n|$)/.exec(text);
  const value = match === null ? undefined : parseJson(match[0]);
  if (match === null || typeof value !== "object" || value === null) return undefined;
  const where = position(text, text.slice(match[0].length));
  const read = readYamlBlock(stringify(value), "front matter");
  return read.kind === "read"
    ? readBlock({ ...read.block, lineOf: () => 1 }, where)
    : { ...where, frontMatter: NO_FRONT_MATTER, complaints: [read.complaint] };
}

/** What of the block can be used, on the page that stands below it. */
function readBlock(
  block: YamlBlock,
  where: Position,
  mistakes: readonly Complaint[] = [],
): FrontMatterRead {
  const { frontMatter, complaints } = readFrontMatterKeys(block);
  return { ...where, frontMatter, complaints: [...mistakes, ...complaints] };
}

function languageOf(text: string): string {
  return opensFrontMatter(text) ? (withoutMark(text).slice(3).split("\n", 1)[0] ?? "").trim() : "";
}

/** gray-matter's own rule: three dashes at the very start, and not four. */
function opensFrontMatter(text: string): boolean {
  const start = withoutMark(text);
  return start.startsWith("---") && start[3] !== "-";
}

function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function countLines(text: string): number {
  return text.split("\n").length - 1;
}
