/**
 * The YAML block at the top of a page. gray-matter finds it; only YAML is ever parsed,
 * because gray-matter's JavaScript engine would run what a page says.
 */

import matter from "gray-matter";
import { parse as parseToml } from "smol-toml";
import { stringify } from "yaml";
import { z } from "zod";
import { parseJson } from "../exposition/parse-json.ts";
import type { Fills, GuardedStep, PageAnswer, RawCheck, SearchTerms } from "./page.ts";
import { readFills } from "./page-fills.ts";
import { readSectionHints, type SectionHint } from "./section-terms.ts";
import { readTexts } from "./text-list.ts";
import { type Complaint, complaintOf, readYamlBlock, type YamlBlock } from "./yaml-block.ts";

export type FrontMatter = SearchTerms & {
  title: string | undefined;
  kind: "guide" | "runbook" | undefined;
  alerts: readonly string[];
  checks: readonly RawCheck[];
  fills: Fills;
  steps: readonly GuardedStep[];
  answer: PageAnswer;
  sections: readonly SectionHint[];
};

export type FrontMatterRead = {
  frontMatter: FrontMatter;
  /** What follows the block, and how many lines of the file come before it. */
  content: string;
  linesBefore: number;
  /** What could not be used, each with its line; the rest of the page stays. */
  complaints: readonly Complaint[];
};

/** A title may look like a number or a date to YAML; what is meant is its text. */
const text = z.union([z.string(), z.number(), z.boolean(), z.date()]).transform(String);

/** One id of a check, or several. */
const checkIds = z.union([z.string().transform((id) => [id]), z.array(z.string()).min(1)]);

const steps = z.array(z.strictObject({ begins: z.string().min(3), unless: checkIds }));

const answer = z
  .strictObject({
    confirmed_by: checkIds.optional(),
    refuted: z.string().optional(),
    refuted_first: z.string().optional(),
    unseen: z.string().optional(),
    first: z.string().optional(),
  })
  .transform(
    ({
      confirmed_by: confirmedBy,
      refuted_first: refutedFirst,
      refuted,
      unseen,
      first,
    }): PageAnswer => ({
      ...(confirmedBy === undefined ? {} : { confirmedBy }),
      ...(refuted === undefined ? {} : { refuted }),
      ...(refutedFirst === undefined ? {} : { refutedFirst }),
      ...(unseen === undefined ? {} : { unseen }),
      ...(first === undefined ? {} : { first }),
    }),
  );

const shape = z.object({
  title: text.optional(),
  kind: z.enum(["guide", "runbook"]).optional(),
  checks: z.array(z.unknown()).default([]),
  steps: steps.default([]),
  answer: answer.default({}),
});

const KNOWN_KEYS: ReadonlySet<string> = new Set([
  ...Object.keys(shape.shape),
  "alerts",
  "symptoms",
  "logs",
  "fills",
  "sections",
]);

/**
 * Keys that site generators put into pages; a page written for one is not wrong for us.
 * Sources: the front matter references of Hugo, Jekyll, Docusaurus and MkDocs Material.
 */
const SITE_KEYS: ReadonlySet<string> = new Set(
  (
    "aliases author authors bookCollapseSection bookFlatSection bookHidden bookToc cascade categories date " +
    "description displayName draft expiryDate hide icon id keywords labels lastmod layout linkTitle menu " +
    "menuTitle nav_order owner owners outputs parent permalink published publishDate refs review_in service " +
    "sidebar_label sidebar_position slug status subtitle summary tags template toc type url version weight"
  ).split(" "),
);

const YAML_LANGUAGES: ReadonlySet<string> = new Set(["", "yaml", "yml"]);

/**
 * Splits a file into its front matter (YAML, or TOML between lines of "+++") and its Markdown. A file
 * without front matter is fine; of one with mistakes, what can be used is.
 */
export function readFrontMatter(text: string): FrontMatterRead {
  const toml = tomlBlock(withoutMark(text));
  if (toml !== undefined) return readToml(toml);
  const json = jsonBlock(withoutMark(text));
  if (json !== undefined) return json;
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
  return read.kind === "refused"
    ? unread(text, { text: file.content, complaint: read.complaint })
    : readBlock(read.block, position(text, file.content), read.complaints);
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

const NO_FRONT_MATTER: FrontMatter = {
  title: undefined,
  kind: undefined,
  alerts: [],
  symptoms: [],
  logs: [],
  checks: [],
  fills: {},
  steps: [],
  answer: {},
  sections: [],
};

type TomlBlock = Position & { toml: string };

/** Hugo's other front matter: TOML between two lines of "+++". */
function tomlBlock(text: string): TomlBlock | undefined {
  const match = /^\+\+\+[ \t]*\r?\n([\s\S]*?)\r?\n\+\+\+[ \t]*(?:\r?\n|$)/.exec(text);
  if (match === null) return undefined;
  return { toml: match[1] ?? "", ...position(text, text.slice(match[0].length)) };
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

/** Each key by itself, and each word of a list: one that cannot be used costs itself only. */
function readBlock(
  block: YamlBlock,
  where: Position,
  mistakes: readonly Complaint[] = [],
): FrontMatterRead {
  if (block.value !== null && !block.isMap) {
    const complaint = {
      line: block.lineOf([]),
      reason: "front matter must be a list of keys and values",
    };
    return { ...where, frontMatter: NO_FRONT_MATTER, complaints: [complaint] };
  }
  const given = new Map(Object.entries(block.value ?? {}));
  const wrong: Complaint[] = [];
  const usable = new Map<string, unknown>();
  for (const [key, schema] of Object.entries(shape.shape)) {
    const value: unknown = given.get(key) ?? undefined;
    const parsed = z
      .object({ [key]: schema })
      .safeParse(value === undefined ? {} : { [key]: value });
    if (parsed.success) usable.set(key, value);
    else wrong.push(complaintOf(parsed.error, block, "front matter"));
  }
  const {
    checks,
    steps: guarded,
    title,
    kind,
    answer: said,
  } = shape.parse(Object.fromEntries(usable));
  const { complaints, ...words } = readWords(given, block);
  const habits = [...wrong, ...complaints].map((each) => ({ ...each, isHabit: true }) as const);
  return {
    ...where,
    complaints: [...mistakes, ...habits, ...unknownKeys(block)],
    frontMatter: {
      title,
      kind,
      answer: said,
      ...words,
      checks: checks.map((value, n) => ({ value, line: block.lineOf(["checks", n]) })),
      steps: guarded.map((step, n) => ({ ...step, line: block.lineOf(["steps", n]) })),
    },
  };
}

type PageWords = Pick<FrontMatter, "alerts" | "symptoms" | "logs" | "fills" | "sections"> & {
  complaints: readonly Complaint[];
};

function readWords(given: ReadonlyMap<string, unknown>, block: YamlBlock): PageWords {
  const standing = (key: string) => ({ block, path: [key], what: "front matter" });
  const texts = (key: string) => readTexts(given.get(key), standing(key));
  const [alerts, symptoms, logs] = [texts("alerts"), texts("symptoms"), texts("logs")];
  const fills = readFills(given.get("fills"), standing("fills"));
  const sections = readSectionHints(given.get("sections"), standing("sections"));
  return {
    alerts: alerts.texts,
    symptoms: symptoms.texts,
    logs: logs.texts,
    fills: fills.fills,
    sections: sections.hints,
    complaints: [alerts, symptoms, logs, fills, sections].flatMap((each) => each.complaints),
  };
}

function unknownKeys({ keys }: YamlBlock): Complaint[] {
  return keys
    .filter(({ name }) => !KNOWN_KEYS.has(name) && !SITE_KEYS.has(name))
    .map(({ name, line }) => ({
      line,
      reason: `front matter has an unknown key ${JSON.stringify(name)}`,
      isHabit: true,
    }));
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
