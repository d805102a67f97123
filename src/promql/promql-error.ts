/** What is wrong with an expression, and where. */

/** A range of characters of the expression's text; `to` is exclusive. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

const LONGEST_WORD = 60;
const LONGEST = 400;

/** What was written may be of any length, and is repeated no longer than it takes to find it. */
function shortened(message: string): string {
  const words = message.replace(/\S{61,}/g, (word) => {
    const end = /[",;)]*$/.exec(word.slice(-3))?.[0] ?? "";
    return `${word.slice(0, LONGEST_WORD)}…${end}`;
  });
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}

/**
 * Thrown for an expression that cannot be read, is not supported, or cannot be evaluated over the
 * data at hand (for instance many-to-many matching). The message says what was expected or which
 * feature it is; `range` says where in the text.
 */
export class PromqlError extends Error {
  override readonly name = "PromqlError";
  readonly range: TextRange;

  constructor(message: string, range: TextRange) {
    super(`${shortened(message)} (at character ${range.from + 1})`);
    this.range = range;
  }
}
