/**
 * `[Data]: confidential` right behind the mark of an item, or at the left: Markdown takes it for a definition,
 * and shows nothing. Where no link refers to it and it names no address, its author meant words.
 */

import { followVerbatim } from "./site-fences.ts";

const DEFINITION =
  /^(\s*(?:(?:[-*+]|\d{1,9}[.)]|>)\s+)*)(?=\[([^\][^\\]{1,200})\]:\s+(\S{1,200})\s*$)/;
/** Signs of an address, and names by which pages leave remarks. */
const ADDRESS = /[/.#:@?&%=<>]/;
const REMARK = /^(?:comment|_)$/i;

/** The same lines, in which such definitions are words. */
export function plainDefinitions(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => isWords(line))) return lines;
  const verbatim = followVerbatim();
  const uses = usesOf(lines);
  return lines.map((line) => {
    if (verbatim.holds(line) || !isWords(line)) return line;
    const label = DEFINITION.exec(line)?.[2] ?? "";
    return uses(label) > 1 ? line : line.replace(DEFINITION, "$1\\");
  });
}

function isWords(line: string): boolean {
  if (!line.includes("]: ")) return false;
  const [, , label = "", words = ""] = DEFINITION.exec(line) ?? [];
  return words !== "" && !ADDRESS.test(words) && !REMARK.test(label);
}

/** How often brackets stand around these words. */
function usesOf(lines: readonly string[]): (label: string) => number {
  const counts = new Map<string, number>();
  for (const line of lines) {
    for (const [, label = ""] of line.matchAll(/\[([^\][]{1,200})\]/g)) {
      counts.set(keyOf(label), (counts.get(keyOf(label)) ?? 0) + 1);
    }
  }
  return (label) => counts.get(keyOf(label)) ?? 0;
}

function keyOf(label: string): string {
  return label.replace(/\s+/g, " ").trim().toLowerCase();
}
