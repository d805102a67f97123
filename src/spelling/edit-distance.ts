/** How many typing errors lie between two words, or between a word and some part of a text. */

/**
 * The number of letters put in, left out, replaced, or swapped with their neighbour
 * (optimal string alignment), or `limit + 1` as soon as it is sure to be more than `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    before = last;
    last = row;
  }
  return Math.min(last[b.length] ?? 0, limit + 1);
}

/**
 * The fewest edits (insert, delete, replace) that turn `pattern` into some part of `text`.
 *
 * The matrix of Levenshtein's distance whose first row is zero, so that a match may begin
 * anywhere, and whose last row is searched for its least value, so that it may end anywhere
 * (Sellers 1980).
 */
export function distanceWithin(pattern: string, text: string): number {
  let previous = Array.from({ length: text.length + 1 }, () => 0);
  for (let row = 1; row <= pattern.length; row++) {
    const current = [row];
    for (let column = 1; column <= text.length; column++) {
      const replaced = pattern[row - 1] === text[column - 1] ? 0 : 1;
      current[column] = Math.min(
        (previous[column - 1] ?? 0) + replaced,
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
      );
    }
    previous = current;
  }
  return Math.min(...previous);
}
