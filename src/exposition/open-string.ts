/** Strings that hold line feeds as they are, so that a sample goes on in the lines behind. */

const BACKSLASH = "\\";

/** Where the line ends that holds a position: at its line feed, or with the text. */
export function endOfLine(text: string, at: number): number {
  const found = text.indexOf("\n", at);
  return found < 0 ? text.length : found;
}

/** The quote that closes a string of which a position is a part; -1 when the text has none. */
export function closingQuote(text: string, within: number): number {
  let at = text.indexOf('"', within);
  while (at >= 0 && isEscaped(text, within, at)) at = text.indexOf('"', at + 1);
  return at;
}

/** Whether an odd number of backslashes stands before a position. */
function isEscaped(text: string, from: number, at: number): boolean {
  let first = at;
  while (first > from && text[first - 1] === BACKSLASH) first--;
  return (at - first) % 2 === 1;
}

/** How many line feeds stand between two positions. */
export function countLineFeeds(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", start); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) {
    count++;
  }
  return count;
}
