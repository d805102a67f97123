/** The words of a section's blocks, as a search finds them: without markup, and none grown together. */

import type { Nodes } from "mdast";
import { toString as toText } from "mdast-util-to-string";
import { codeTitle } from "../markdown/code-titles.ts";

/** Not text for a reader: what a browser would swallow, and link targets. */
const SILENT: ReadonlySet<string> = new Set(["html", "definition"]);

/** What holds blocks or cells, whose words must not grow together, and what to put between. */
const SEPARATORS: ReadonlyMap<string, string> = new Map([
  ["table", "\n"],
  ["list", "\n"],
  ["listItem", "\n"],
  ["blockquote", "\n"],
  ["footnoteDefinition", "\n"],
  ["tableRow", " "],
]);

/** The text of a block, its parts apart. */
export function blockText(node: Nodes): string {
  if (SILENT.has(node.type)) return "";
  const separator = SEPARATORS.get(node.type);
  if (separator === undefined || !("children" in node)) return withPicturesApart(wordsOf(node));
  return joinChildren(node.children, separator);
}

/** HTML may hold them in a bold text. */
const BLOCKS: ReadonlySet<string> = new Set(["code", "heading", "paragraph", ...SEPARATORS.keys()]);

/** No page holds it: it stands on both sides of a picture's words. */
const PICTURE = "\0";

/** A picture parts the words around it, whatever is written between them. */
function withPicturesApart(words: string): string {
  if (!words.includes(PICTURE)) return words.trim();
  return words
    .replace(/(?<=[^\s\0])\0+(?=[^\s\0])/g, " ")
    .replace(/\0/g, "")
    .trim();
}

/** A line break stands between two words, too. */
function wordsOf(node: Nodes): string {
  if (node.type === "break") return "\n";
  if (node.type === "code") return `${codeTitle(node) ?? ""}\n${node.value}`;
  if (node.type === "image" || node.type === "imageReference")
    return `${PICTURE}${node.alt ?? ""}${PICTURE}`;
  if (!("children" in node)) return toText(node, { includeHtml: false });
  return node.children
    .map((child: Nodes, at) => {
      if (BLOCKS.has(child.type)) return `\n${blockText(child)}\n`;
      const isStuck =
        isBareAddress(child) && BEGINS_WITH_LETTER.test(toText(node.children[at + 1]));
      return isStuck ? `${wordsOf(child)} ` : wordsOf(child);
    })
    .join("");
}

/** `<https://a.example>and more`: a reader sees where the address ends. */
function isBareAddress(node: Nodes): boolean {
  return node.type === "link" && toText(node) === node.url;
}

const BEGINS_WITH_LETTER = /^\p{L}/u;

function joinChildren(children: readonly Nodes[], between: string): string {
  return children
    .map(blockText)
    .filter((text) => text !== "")
    .join(between);
}
