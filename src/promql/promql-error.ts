/** What is wrong with an expression, and where. */

/** A range of characters of the expression's text; `to` is exclusive. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
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
    super(`${message} (at character ${range.from + 1})`);
    this.range = range;
  }
}
