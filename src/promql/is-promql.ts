/** Whether a text is an expression of the language, whatever of it we evaluate. */

import { parser } from "@prometheus-io/lezer-promql";

/** Longer texts are none: reading one must take no time. */
const LONGEST = 8_000;

/** By the grammar alone: names of functions and kinds of values are not checked. */
export function isPromql(text: string): boolean {
  if (text.length > LONGEST || text.trim() === "") return false;
  let isWhole = true;
  parser.parse(text).iterate({
    enter(node) {
      if (node.type.isError) isWhole = false;
    },
  });
  return isWhole;
}
