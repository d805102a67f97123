/** Numbers as a row of bars, for where there can be no chart. */

const BARS = "▁▂▃▄▅▆▇█";

/** The course of a series in one line of text, from its least to its most; a gap stays a gap. */
export function sparkline(values: readonly (number | undefined)[]): string {
  const numbers = values.filter((value) => value !== undefined);
  const low = numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const span = numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) - low;
  const bars = values.map((value) => {
    if (value === undefined) return " ";
    const share = span === 0 ? 0 : (value - low) / span;
    return BARS[Math.min(BARS.length - 1, Math.floor(share * BARS.length))] ?? " ";
  });
  return bars.join("");
}
