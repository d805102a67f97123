/** Expressions that are too deep or too long for the grammar: of such a row its tree is another than the text's. */

import { PromqlError } from "./promql-error.ts";

/** Deepest nesting that is read; beyond it an expression could exhaust the stack. */
export const MAX_DEPTH = 200;
/** The grammar reads some more of them in one row, and the stack holds twice as many. */
const MAX_OPERATORS = 2_000;
/** Each waits for all behind it, since powers group to the right: the grammar gives up at some 700 with signs. */
const MAX_POWERS = 500;
const STRING = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|`[^`]*`/g;
const OPERATOR = /[-+*/%^<>]|[=!]=|\b(?:and|or|unless|atan2)\b/gi;

/** The limit that an expression is beyond which the grammar cannot read; undefined when it is none. */
export function beyondLimit(text: string): PromqlError | undefined {
  const bare = text.replace(STRING, "");
  if (depthOf(bare) > MAX_DEPTH) {
    return new PromqlError(`expressions nest at most ${MAX_DEPTH} deep`, {
      from: 0,
      to: text.length,
    });
  }
  const operators = bare.match(OPERATOR) ?? [];
  const powers = operators.filter((operator) => operator === "^").length;
  const limit =
    (operators.length > MAX_OPERATORS && `${MAX_OPERATORS} operators`) ||
    (powers > MAX_POWERS && `${MAX_POWERS} powers (^)`);
  if (limit === false) return undefined;
  return new PromqlError(`an expression has at most ${limit}`, { from: 0, to: text.length });
}

/** Of parentheses, or of signs before one operand. */
function depthOf(bare: string): number {
  let depth = 0;
  let deepest = 0;
  for (const sign of bare) {
    if (sign === "(") deepest = Math.max(deepest, ++depth);
    if (sign === ")") depth--;
  }
  const signs = bare.match(/(?:[-+]\s*)+/g)?.map((run) => run.replace(/\s/g, "").length) ?? [];
  return signs.reduce((most, run) => Math.max(most, run), deepest);
}
