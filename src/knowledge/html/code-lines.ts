/**
 * `<code>` with several lines, as `<br>` parts them: Markdown's code among words has one, and an empty line would
 * end it. So it becomes a block; within a heading or emphasis, one line.
 */

import type { Code, InlineCode, Nodes, PhrasingContent, RootContent } from "mdast";

/** The nodes with such code as blocks. */
export function withCodeLines<T extends Nodes>(nodes: readonly T[]): T[] {
  if (!nodes.some(holdsLines)) return [...nodes];
  return nodes.flatMap((node): T[] => {
    if (node.type === "paragraph") return parted(node.children) as Nodes[] as T[];
    if (!("children" in node)) return [inOneLine(node)];
    const children =
      node.type === "tableCell"
        ? node.children.flatMap((part): Nodes[] =>
            isLines(part) ? [blockOf(part)] : withCodeLines([part]),
          )
        : withCodeLines<Nodes>(node.children);
    return [Object.assign({}, node, { children })];
  });
}

function holdsLines(node: Nodes): boolean {
  return isLines(node) || ("children" in node && node.children.some(holdsLines));
}

function isLines(node: Nodes): node is InlineCode {
  return node.type === "inlineCode" && node.value.includes("\n");
}

function inOneLine<T extends Nodes>(node: T): T {
  return isLines(node) ? { ...node, value: node.value.replace(/\s*\n\s*/g, " ") } : node;
}

function blockOf({ value }: InlineCode): Code {
  return { type: "code", value: value.replace(/^\s*\n|\s+$/g, "") };
}

/** The paragraph's words before, between and behind such code. */
function parted(nodes: readonly PhrasingContent[]): RootContent[] {
  const blocks: RootContent[] = [];
  let words: PhrasingContent[] = [];
  const close = (): void => {
    const said = trimmedWords(words);
    if (said.length > 0) blocks.push({ type: "paragraph", children: said });
    words = [];
  };
  for (const node of nodes) {
    if (isLines(node) && node.value.trim() !== "") {
      close();
      blocks.push(blockOf(node));
    } else words.push(...withCodeLines([node]));
  }
  close();
  return blocks;
}

/** Without the breaks and spaces at both ends. */
export function trimmedWords(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const isSaid = (node: PhrasingContent): boolean =>
    node.type === "text" ? node.value.trim() !== "" : node.type !== "break";
  const from = nodes.findIndex(isSaid);
  const end = nodes.findLastIndex(isSaid);
  return nodes.slice(Math.max(0, from), end + 1).map((node, at, { length }) => {
    if (node.type !== "text") return node;
    const begun = at === 0 ? node.value.trimStart() : node.value;
    return { ...node, value: at === length - 1 ? begun.trimEnd() : begun };
  });
}
