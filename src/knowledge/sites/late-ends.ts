/**
 * Ends of fences that stand right behind the last line of code: "df -h```". CommonMark takes the rest of the page
 * for code then, and its code for text. With the end in the empty line below, as many lines as before.
 */

import { columnsOf, endsFence, type Fence, fenceOf } from "../lines/fences.ts";

/** Three signs alone: code that shows Markdown stands within more, or has some in front. */
const LATE_END = /^[^`]*[^`\s] ?`{3}\s*$/;

/** A command behind the signs, whose rest stands below: "```ls /". */
const COMMAND = /^`{3}([a-zA-Z][\w.-]* (?=(?:[^`{}=]* )?[-/.~$<(])[^`{}=]*)$/;
const MOST_LINES = 20;

/** With an empty line above such a command, the signs stand in that and in the one below; else all of it in one line. */
export function withCommandsBelow(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => COMMAND.test(line))) return lines;
  const written = [...lines];
  let fence: Fence | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const command = fence === undefined ? COMMAND.exec(line)?.[1] : undefined;
    const end = command === undefined ? -1 : lateEnd(lines, at);
    if (command !== undefined && end !== -1) {
      const isApart = lines[at - 1]?.trim() === "";
      if (isApart) writeFence(written, { at, end, command });
      else writeSpan(written, at, end);
      at = end + 1;
    } else if (fence === undefined) fence = fenceOf(line);
    else if (endsFence(line, fence)) fence = undefined;
  }
  return written;
}

interface CommandLines {
  readonly at: number;
  readonly end: number;
  readonly command: string;
}

function writeFence(lines: string[], { at, end, command }: CommandLines): void {
  lines[at - 1] = "```";
  lines[at] = command;
  lines[end] = (lines[end] ?? "").replace(/ ?`{3}\s*$/, "");
  lines[end + 1] = "```";
}

/** As code among words, in which an end of a line is a space. */
function writeSpan(lines: string[], at: number, end: number): void {
  lines[at] = lines
    .slice(at, end + 1)
    .map((line) => line.trim())
    .join(" ");
  lines.fill("", at + 1, end + 1);
}

/** Signs of a fence behind words, "such as: ```", whose code begins in the line below. */
const BEGINNING = /^(\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?)([^`\s](?:[^`]|`[^`]+`)*[\s:])`{3}\s*$/;
const END_ALONE = /^\s*`{3}\s*$/;
const MOST_CODE_LINES = 200;

/** The same lines, when that leaves no fence of the page open: such code stands in tags that its lines have room for. */
export function withBeginningsBelow(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => BEGINNING.test(line))) return lines;
  const written = [...lines];
  let fence: Fence | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (fence !== undefined) {
      if (endsFence(line, fence)) fence = undefined;
      continue;
    }
    fence = fenceOf(line);
    // The mark of an item is no word: "- ```" begins code as it stands.
    const [, before, words = ""] = fence === undefined ? (BEGINNING.exec(line) ?? []) : [];
    const end = before === undefined ? -1 : endOfCode(lines, at);
    if (before === undefined || end === -1) continue;
    const indent = " ".repeat(columnsOf(before));
    written[at] = before + words.trimEnd();
    for (let row = at + 1; row < end; row += 1) {
      const code = lines[row] ?? "";
      written[row] = code.trim() === "" ? "" : indent + escaped(code);
    }
    written[at + 1] = `${indent}<pre><code>${escaped(lines[at + 1] ?? "")}`;
    written[end] = `${indent}</code></pre>`;
    at = end;
  }
  return fence === undefined ? written : lines;
}

/** The line with the signs alone that come next; -1 where others, or an empty line below the beginning, come first. */
function endOfCode(lines: readonly string[], at: number): number {
  const below = lines.slice(at + 1, at + MOST_CODE_LINES);
  const next = below.findIndex((line) => line.includes("`"));
  return next > 0 && below[0]?.trim() !== "" && END_ALONE.test(below[next] ?? "")
    ? at + 1 + next
    : -1;
}

function escaped(code: string): string {
  return code.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}

/** The line with which the paragraph ends, when that ends code; -1 otherwise. */
function lateEnd(lines: readonly string[], at: number): number {
  const below = lines.slice(at + 1, at + MOST_LINES);
  const last = below.findIndex((line) => line.trim() === "" || line.includes("`"));
  const isEnd = LATE_END.test(below[last] ?? "") && below[last + 1]?.trim() === "";
  return isEnd ? at + 1 + last : -1;
}

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
