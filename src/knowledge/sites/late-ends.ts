/**
 * Ends of fences that stand right behind the last line of code: "df -h```". CommonMark takes the rest of the page
 * for code then, and its code for text. With the end in the empty line below, as many lines as before.
 */

import { endsFence, type Fence, fenceOf } from "../lines/fences.ts";

/** Three signs alone: code that shows Markdown stands within more, or has some in front. */
const LATE_END = /^[^`]*[^`\s] ?`{3}\s*$/;

/** The same lines, when that leaves no fence of the page open. */
export function withEndsBelow(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => LATE_END.test(line))) return lines;
  const written = [...lines];
  let fence: Fence | undefined;
  let before = "";
  for (const [at, line] of lines.entries()) {
    if (written[at] !== line) continue;
    if (fence === undefined) {
      fence = fenceOf(line);
      before = line.slice(0, line.indexOf("`"));
      continue;
    }
    if (endsFence(line, fence)) {
      fence = undefined;
      continue;
    }
    // A beginning within code tells that what was taken for an end is none.
    if (fence.mark === "```" && fenceOf(line)?.mark === fence.mark) return lines;
    if (fence.mark !== "```" || before.trim() !== "" || !LATE_END.test(line)) continue;
    if (lines[at + 1]?.trim() !== "") continue;
    written[at] = line.replace(/ ?`{3}\s*$/, "");
    written[at + 1] = `${before}\`\`\``;
    fence = undefined;
  }
  return fence === undefined ? written : lines;
}
