/**
 * The YAML block at the top of a page. gray-matter finds it; only YAML is ever parsed,
 * because gray-matter's JavaScript engine would run what a page says.
 */

import matter from "gray-matter";
import { z } from "zod";
import type { RawCheck, SearchTerms } from "./page.ts";
import { type SectionHint, sectionHints, sectionTerms, textList } from "./section-terms.ts";
import { type Complaint, complaintOf, readYamlBlock, type YamlBlock } from "./yaml-block.ts";

export type FrontMatter = SearchTerms & {
  title: string | undefined;
  kind: "guide" | "runbook" | undefined;
  alerts: readonly string[];
  checks: readonly RawCheck[];
  sections: readonly SectionHint[];
};

export type FrontMatterResult =
  | {
      kind: "read";
      frontMatter: FrontMatter;
      /** What follows the block, and how many lines of the file come before it. */
      content: string;
      linesBefore: number;
      complaints: readonly Complaint[];
    }
  | { kind: "refused"; complaint: Complaint };

const shape = z.object({
  title: z.string().optional(),
  kind: z.enum(["guide", "runbook"]).optional(),
  alerts: textList,
  symptoms: textList,
  logs: textList,
  checks: z.array(z.unknown()).default([]),
  sections: sectionTerms.default({}),
});

const KNOWN_KEYS: ReadonlySet<string> = new Set(Object.keys(shape.shape));

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

/** Splits a file into its front matter and its Markdown. A file without front matter is fine. */
export function readFrontMatter(text: string): FrontMatterResult {
  const language = languageOf(text);
  if (!YAML_LANGUAGES.has(language)) {
    const shown = JSON.stringify(language.slice(0, 40));
    return refused(1, `front matter must be YAML, this block says it is ${shown}; it was not run`);
  }
  if (opensFrontMatter(text) && !/\n---/.test(text)) {
    return refused(1, "the front matter is not closed by a line of three dashes");
  }
  const file = matter(text, { engines: ENGINES });
  const content = file.content;
  const linesBefore = countLines(text.slice(0, text.length - content.length));
  const read = readYamlBlock(`${file.matter ?? ""}\n`, "front matter");
  return read.kind === "refused" ? read : readBlock(read.block, { content, linesBefore });
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

function readBlock(
  block: YamlBlock,
  position: { content: string; linesBefore: number },
): FrontMatterResult {
  if (block.value !== null && !block.isMap) {
    return refused(block.lineOf([]), "front matter must be a list of keys and values");
  }
  const parsed = shape.safeParse(block.value ?? {});
  if (!parsed.success) {
    return { kind: "refused", complaint: complaintOf(parsed.error, block, "front matter") };
  }
  const { checks, sections, ...rest } = parsed.data;
  const { title, kind, ...words } = rest;
  return {
    kind: "read",
    ...position,
    complaints: unknownKeys(block),
    frontMatter: {
      title,
      kind,
      ...words,
      checks: checks.map((value, n) => ({ value, line: block.lineOf(["checks", n]) })),
      sections: sectionHints(sections, block, ["sections"]),
    },
  };
}

function unknownKeys({ keys }: YamlBlock): Complaint[] {
  return keys
    .filter(({ name }) => !KNOWN_KEYS.has(name) && !SITE_KEYS.has(name))
    .map(({ name, line }) => ({
      line,
      reason: `front matter has an unknown key ${JSON.stringify(name)}`,
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

function refused(line: number, reason: string): FrontMatterResult {
  return { kind: "refused", complaint: { line, reason } };
}
