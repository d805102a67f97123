/** Whether something ends further below. */

/** Whether a pattern fits a line behind another. */
export type ComesLater = (pattern: RegExp, index: number) => boolean;

/** Each pattern is searched for once, from the end. */
export function laterLines(lines: readonly string[]): ComesLater {
  const last = new Map<string, number>();
  return (pattern, index) => {
    const known = last.get(pattern.source) ?? lines.findLastIndex((line) => pattern.test(line));
    last.set(pattern.source, known);
    return known > index;
  };
}
