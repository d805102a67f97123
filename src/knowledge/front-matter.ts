/**
 * The YAML block at the top of a page. gray-matter finds it; only YAML is ever parsed,
 * because gray-matter's JavaScript engine would run what a page says.
 */

import matter from "gray-matter";
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { z } from "zod";
import type { RawCheck, Words } from "./page.ts";

export type FrontMatter = Words & {
  title: string | undefined;
  kind: "guide" | "runbook" | undefined;
  alerts: readonly string[];
  checks: readonly RawCheck[];
  sections: readonly { anchor: string; line: number; words: Words }[];
};

/** A reason and the line of the file it stands on, counted from 1. */
export type Complaint = { line: number; reason: string };

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

const words = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value))
  .default([]);

const sectionWords = z.strictObject({ symptoms: words, logs: words });

const shape = z.object({
  title: z.string().optional(),
  kind: z.enum(["guide", "runbook"]).optional(),
  alerts: words,
  symptoms: words,
  logs: words,
  checks: z.array(z.unknown()).default([]),
  sections: z.record(z.string(), sectionWords).default({}),
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
  const lines = new LineCounter();
  const document = parseDocument(`${file.matter ?? ""}\n`, { lineCounter: lines });
  const lineOf = (offset: number): number => lines.linePos(offset).line;
  const [error] = document.errors;
  if (error !== undefined) {
    return refused(lineOf(error.pos[0]), `front matter is not YAML: ${firstLine(error.message)}`);
  }
  return readDocument(document, { lineOf, content, linesBefore });
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

type Position = { lineOf: (offset: number) => number; content: string; linesBefore: number };

function readDocument(document: Document.Parsed, position: Position): FrontMatterResult {
  const { lineOf, content, linesBefore } = position;
  const value = toValue(document);
  if (value.kind === "refused") return refused(1, value.reason);
  if (value.value !== null && !isMap(document.contents)) {
    const line = lineOf(startOf(document.contents));
    return refused(line, "front matter must be a list of keys and values");
  }
  const parsed = shape.safeParse(value.value ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = [
      ...(issue?.path ?? []),
      ...(issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : []),
    ];
    const where = path.map(String).join(".");
    return refused(lineAt(document, path, lineOf), `front matter: ${where}: ${issue?.message}`);
  }
  const { title, kind, alerts, symptoms, logs, checks, sections } = parsed.data;
  return {
    kind: "read",
    content,
    linesBefore,
    complaints: unknownKeys(document, lineOf),
    frontMatter: {
      title,
      kind,
      alerts,
      symptoms,
      logs,
      checks: checks.map((check, n) => ({
        value: check,
        line: lineAt(document, ["checks", n], lineOf),
      })),
      sections: Object.entries(sections).map(([anchor, hint]) => ({
        anchor: anchor.replace(/^#/, ""),
        line: lineAt(document, ["sections", anchor], lineOf),
        words: hint,
      })),
    },
  };
}

/** YAML aliases can blow a few lines up to gigabytes; the library's own limit throws. */
function toValue(
  document: Document.Parsed,
): { kind: "value"; value: unknown } | { kind: "refused"; reason: string } {
  try {
    return { kind: "value", value: document.toJS() };
  } catch (error) {
    return { kind: "refused", reason: `front matter is not YAML: ${firstLine(String(error))}` };
  }
}

function unknownKeys(document: Document.Parsed, lineOf: (offset: number) => number): Complaint[] {
  if (!isMap(document.contents)) return [];
  const complaints: Complaint[] = [];
  for (const { key } of document.contents.items) {
    const name = isScalar(key) ? String(key.value) : String(key);
    if (KNOWN_KEYS.has(name) || SITE_KEYS.has(name)) continue;
    complaints.push({
      line: lineOf(startOf(key)),
      reason: `front matter has an unknown key ${JSON.stringify(name)}`,
    });
  }
  return complaints;
}

/** The line of the deepest part of the path that the document has. */
function lineAt(
  document: Document.Parsed,
  path: readonly PropertyKey[],
  lineOf: (offset: number) => number,
): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const step of path) {
    const pair = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      : undefined;
    const next: unknown = pair?.value ?? (isSeq(node) ? node.items[Number(step)] : undefined);
    if (next === undefined && pair === undefined) break;
    offset = startOf(pair?.key ?? next);
    node = next;
  }
  return lineOf(offset);
}

function startOf(node: unknown): number {
  const range = (node as Partial<Node> | null | undefined)?.range;
  return range?.[0] ?? 0;
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

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function refused(line: number, reason: string): FrontMatterResult {
  return { kind: "refused", complaint: { line, reason } };
}
