/** Whether a text is an expression of the language, whatever of it we evaluate. */

import { parser } from "@prometheus-io/lezer-promql";

/** Longer texts are none: reading one must take no time. */
const LONGEST = 8_000;

/** Ends at the first place that cannot be read: to guess what was meant takes a hundred times as long. */
const strict = parser.configure({ strict: true });

/** By the grammar alone: names of functions and kinds of values are not checked. */
export function isPromql(text: string): boolean {
  if (text.length > LONGEST || text.trim() === "") return false;
  try {
    strict.parse(text);
    return true;
  } catch (error) {
    // A row of thousands of operators may be more than the stack holds.
    if (error instanceof SyntaxError || error instanceof RangeError) return false;
    throw error;
  }
}
