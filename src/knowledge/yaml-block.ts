/** YAML that people write about a page: its value, the line of each part, and what is wrong with it. */

import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { ZodError } from "zod";

/** A reason and the line it stands on, counted from 1. */
export type Complaint = {
  line: number;
  reason: string;
  /** Where one page has it, all of its folder may: it is said once. */
  isHabit?: true;
};

export type YamlBlock = {
  /** Null for an empty block. */
  value: unknown;
  isMap: boolean;
  /** The keys of the block itself, in order. */
  keys: readonly { name: string; line: number }[];
  /** The line of the deepest part of the path that the block has. */
  lineOf(path: readonly PropertyKey[]): number;
};

export type YamlBlockResult =
  | { kind: "read"; block: YamlBlock }
  | { kind: "refused"; complaint: Complaint };

/** `what` names the block in a complaint, such as `front matter`. Never throws. */
export function readYamlBlock(text: string, what: string): YamlBlockResult {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: "error" });
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  const [error] = document.errors;
  if (error !== undefined) {
    return refused(lineAt(error.pos[0]), `${what} is not YAML: ${firstLine(error.message)}`);
  }
  const { contents } = document;
  try {
    const block: YamlBlock = {
      value: document.toJS(),
      isMap: isMap(contents),
      keys: keysOf(contents).map(({ name, offset }) => ({ name, line: lineAt(offset) })),
      lineOf: (path) => lineAt(offsetOf(contents, path)),
    };
    return { kind: "read", block };
  } catch (error) {
    // YAML aliases can blow a few lines up to gigabytes; the library's own limit throws.
    return refused(1, `${what} is not YAML: ${firstLine(String(error))}`);
  }
}

/** The first thing that zod found wrong, with its place in the block. */
export function complaintOf(error: ZodError, block: YamlBlock, what: string): Complaint {
  const [issue] = error.issues;
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const path = [...(issue?.path ?? []), ...unknown];
  const where = path.length === 0 ? [] : [path.map(String).join(".")];
  return { line: block.lineOf(path), reason: [what, ...where, issue?.message].join(": ") };
}

function keysOf(contents: unknown): { name: string; offset: number }[] {
  if (!isMap(contents)) return [];
  return contents.items.map(({ key }) => ({
    name: isScalar(key) ? String(key.value) : String(key),
    offset: startOf(key),
  }));
}

function offsetOf(contents: unknown, path: readonly PropertyKey[]): number {
  let node: unknown = contents;
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
  return offset;
}

function startOf(node: unknown): number {
  const range = (node as Partial<Node> | null | undefined)?.range;
  return range?.[0] ?? 0;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function refused(line: number, reason: string): YamlBlockResult {
  return { kind: "refused", complaint: { line, reason } };
}
