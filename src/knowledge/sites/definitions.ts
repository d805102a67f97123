/**
 * Words that Markdown takes for addresses. `[Data]: confidential` right behind the mark of an item, or at the
 * left, is a definition to it, and shows nothing: where no link refers to it and it names no address, its author
 * meant words. `vector<std::string>` holds a link to it, and loses its brackets.
 */

import { followVerbatim } from "../lines/fences.ts";
import { mayBeIndentedCode } from "../lines/indentation.ts";

const DEFINITION =
  /^(\s*(?:(?:[-*+]|\d{1,9}[.)]|>)\s+)*)(?=\[([^\][^\\]{1,200})\]:\s+(\S{1,200})\s*$)/;
/** Signs of an address, and names by which pages leave remarks. */
const ADDRESS = /[/.#:@?&%=<>]/;
const REMARK = /^(?:comment|_)$/i;

/** The name of a type in C++ or Rust; no scheme of an address has two colons behind it. */
const TYPE = /(`+)(?!`)[^`]+\1(?!`)|(?<!\\)<(?=[A-Za-z]\w{0,40}::[\w:]{0,80}>)/g;

/** The same lines, in which such definitions and names are words. */
export function plainDefinitions(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => isWords(line) || line.includes("::"))) return lines;
  const verbatim = followVerbatim();
  const uses = usesOf(lines);
  const isDefined = definedWithAddress(lines);
  return lines.map((line) => {
    if (verbatim.holds(line)) return line;
    if (isWords(line)) {
      const label = DEFINITION.exec(line)?.[2] ?? "";
      if (isDefined(label)) return line.replace(/\]:(?=\s)/, "][]:");
      return uses(label) > 1 ? line : line.replace(DEFINITION, "$1\\");
    }
    if (!line.includes("::") || mayBeIndentedCode(line)) return line;
    return line.replace(TYPE, (found) => (found === "<" ? "\\<" : found));
  });
}

function isWords(line: string): boolean {
  if (!line.includes("]: ")) return false;
  const [, , label = "", words = ""] = DEFINITION.exec(line) ?? [];
  return words !== "" && !ADDRESS.test(words) && !REMARK.test(label);
}

/** Whether a line by itself says where these words lead: then another one names them, `- [Post]: 2026-01-02`. */
function definedWithAddress(lines: readonly string[]): (label: string) => boolean {
  let labels: Set<string> | undefined;
  return (label) => {
    labels ??= new Set(
      lines.flatMap((line) => {
        const [, own = "", words = ""] = /^ {0,3}\[([^\][]{1,200})\]:\s+(\S+)/.exec(line) ?? [];
        return ADDRESS.test(words) ? [keyOf(own)] : [];
      }),
    );
    return labels.has(keyOf(label));
  };
}

/** How often brackets stand around these words; counted once somebody asks. */
function usesOf(lines: readonly string[]): (label: string) => number {
  let counts: Map<string, number> | undefined;
  return (label) => {
    counts ??= countLabels(lines);
    return counts.get(keyOf(label)) ?? 0;
  };
}

function countLabels(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) {
    for (const [, label = ""] of line.matchAll(/\[([^\][]{1,200})\]/g)) {
      counts.set(keyOf(label), (counts.get(keyOf(label)) ?? 0) + 1);
    }
  }
  return counts;
}

function keyOf(label: string): string {
  return label.replace(/\s+/g, " ").trim().toLowerCase();
}
