/** Documents that end where a line is indented less than their beginning, or with their bracket, as in Prometheus' parser. */
import type { Document, YAMLError } from "yaml";

/** Where nothing of a document is read any more. */
export interface EarlyEnd {
  readonly line: number;
  /** Why. */
  readonly words: string;
  /** What to read instead of the file: its rules all the same if that is YAML, or what stands before. */
  readonly texts: readonly string[];
}

/** Whether an error is that a document has ended, and goes on. */
export function earlyEnd(
  text: string,
  document: Document.Parsed | undefined,
  error: YAMLError,
): EarlyEnd | undefined {
  const [start, last] = document?.contents?.range ?? [];
  const line = error.linePos?.[0].line;
  if (start === undefined || last === undefined || line === undefined) return undefined;
  // A list or map in brackets ends with these.
  if (/[{[]/.test(text.charAt(start)) && last <= error.pos[0]) {
    return { line, words: "what is in brackets has ended", texts: [text.slice(0, last)] };
  }
  const column = start - (text.lastIndexOf("\n", start - 1) + 1);
  const lines = text.split("\n");
  const indent = indentOf(lines[line - 1] ?? "");
  if (indent >= column) return undefined;
  const before = lines.slice(0, line - 1);
  const behind = lines.slice(line - 1).map((each) => " ".repeat(column - indent) + each);
  const words = "this is indented less than the beginning";
  return { line, words, texts: [[...before, ...behind].join("\n"), `${before.join("\n")}\n`] };
}

function indentOf(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}
