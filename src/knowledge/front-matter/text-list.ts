/** Lists of texts that people write: one that is no text costs itself alone. */

import type { Complaint, YamlBlock } from "./yaml-block.ts";

export type TextListRead = { texts: readonly string[]; complaints: readonly Complaint[] };

/**
 * One text or a list of texts; a number is the text that it is written as. YAML takes `Failed: no space` for
 * a map, when it is not in quotes: it is read as what it says, and named.
 */
export function readTexts(
  value: unknown,
  { block, path, what }: { block: YamlBlock; path: readonly string[]; what: string },
): TextListRead {
  if (value === undefined || value === null) return { texts: [], complaints: [] };
  const read = (Array.isArray(value) ? value : [value]).map((each, n) => {
    const at = Array.isArray(value) ? [...path, n] : path;
    return readText(each, (reason) => ({
      line: block.lineOf(at),
      reason: `${what}: ${path.join(".")}: ${shown(each)} ${reason}`,
    }));
  });
  return {
    texts: read.flatMap(({ texts }) => texts),
    complaints: read.flatMap(({ complaints }) => complaints),
  };
}

function readText(value: unknown, complain: (reason: string) => Complaint): TextListRead {
  if (typeof value === "string" && value.trim() !== "") return { texts: [value], complaints: [] };
  if (typeof value === "number" || typeof value === "boolean") {
    return { texts: [String(value)], complaints: [] };
  }
  const text = textOfPair(value);
  return text === undefined
    ? { texts: [], complaints: [complain("is not a text, and is left out")] }
    : { texts: [text], complaints: [complain(`needs quotes, and is read as ${shown(text)}`)] };
}

/** `a: b` without quotes. */
function textOfPair(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const [pair, ...others] = Object.entries(value);
  if (pair === undefined || others.length > 0) return undefined;
  const [before, after] = pair;
  const isPlain = ["string", "number", "boolean"].includes(typeof after);
  return isPlain ? `${before}: ${String(after)}` : undefined;
}

/** Characters of a value that a complaint repeats. */
const SHOWN = 80;

function shown(value: unknown): string {
  return JSON.stringify(value)?.slice(0, SHOWN) ?? "nothing";
}
