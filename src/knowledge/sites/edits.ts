/** Pieces of lines that become other words, all of a page at once. */

/** The signs of a line from one place to another become these words. */
export interface Edit {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly words: string;
}

/** The same lines with these edits, which do not overlap. */
export function withEdits(lines: readonly string[], edits: readonly Edit[]): readonly string[] {
  if (edits.length === 0) return lines;
  const written = [...lines];
  for (const [line, own] of Map.groupBy(edits, (edit) => edit.line)) {
    const text = lines[line] ?? "";
    let plain = "";
    let end = 0;
    for (const { from, to, words } of own.toSorted((one, other) => one.from - other.from)) {
      plain += text.slice(end, from) + words;
      end = to;
    }
    written[line] = plain + text.slice(end);
  }
  return written;
}
