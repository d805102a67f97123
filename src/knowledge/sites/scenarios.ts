/**
 * Commands that a reader may run with a click in scenarios of Katacoda and Killercoda: `{{execute}}` and its
 * likes stand right behind code among words, and behind the signs that end a fence. To any parser those signs
 * end nothing, and the rest of the page would be code. Source: Killercoda, "Creators: Markdown".
 */

import { endsFence, followVerbatim } from "../lines/fences.ts";
import { mayBeIndentedCode } from "../lines/indentation.ts";

const ACTION = String.raw`\{\{ ?(?:copy|exec(?:ute)?|open)(?: [\w -]*)?\}\}`;
const HAS_ACTION = new RegExp(`\`${ACTION}`);
const ENDS = new RegExp(`^(\\s*(?:\`{3,}|~{3,}))\\s?${ACTION}\\s*$`);
const BEHIND_CODE = new RegExp(`((?<!\`)(\`+)(?!\`)[^\`]+\\2(?!\`))${ACTION}`, "g");

/** The same lines without what can be clicked. */
export function plainScenarios(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => HAS_ACTION.test(line))) return lines;
  const verbatim = followVerbatim();
  return lines.map((line) => {
    const end = ENDS.exec(line)?.[1];
    const fence = verbatim.fence();
    const isEnd = end !== undefined && fence !== undefined && endsFence(end, fence);
    const written = isEnd ? end : line;
    if (verbatim.holds(written) || mayBeIndentedCode(line)) return written;
    return written.replace(BEHIND_CODE, "$1");
  });
}
