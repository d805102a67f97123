/** YAML that people write about a page: its value, the line of each part, and what is wrong with it. */

import type { SchemaProblem } from "../schema-words.ts";
import { readYamlPieces } from "./yaml-pieces.ts";

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
  readonly lineOf: (path: readonly PropertyKey[]) => number;
};

export type YamlBlockResult =
  /** The complaints name what of it is no YAML; the rest is in the block. */
  | { kind: "read"; block: YamlBlock; complaints: readonly Complaint[] }
  | { kind: "refused"; complaint: Complaint };

/** `what` names the block in a complaint, such as `front matter`. Never throws. */
export function readYamlBlock(text: string, what: string): YamlBlockResult {
  const { value, lineOf, mistakes } = readYamlPieces(text);
  const complaints = mistakes.map(({ line, path, reason }) => ({
    line,
    reason: `${[what, ...(path.length === 0 ? [] : [path.join(".")])].join(": ")} is not YAML: ${reason}`,
  }));
  const [first] = complaints;
  if (first !== undefined && value === undefined) return { kind: "refused", complaint: first };
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
  const names = isMap ? Object.keys(value) : [];
  const block: YamlBlock = {
    value,
    isMap,
    keys: names.map((name) => ({ name, line: lineOf([name]) })),
    lineOf,
  };
  return { kind: "read", block, complaints };
}

/** What a schema found wrong, with its place in the block. */
export function complaintOf(
  { path, words }: SchemaProblem,
  { block, what }: { readonly block: YamlBlock; readonly what: string },
): Complaint {
  const where = path.length === 0 ? "" : `${path.map(String).join(".")} `;
  return { line: block.lineOf(path), reason: `${what}: ${where}${words}` };
}
