/** Footnotes within what is read as HTML, which has none. */

import type { Nodes, RootContent } from "mdast";

/** A footnote within a block of HTML is none of its words. */
export function withNotesApart(region: RootContent[]): RootContent[][] {
  const notes = region.filter((node) => node.type === "footnoteDefinition");
  const rest = region.filter((node) => node.type !== "footnoteDefinition");
  // The converter drops those that an item holds.
  const within = rest.some(hasHtml) ? rest.flatMap(notesIn) : [];
  if (rest.length === 0 || notes.length + within.length === 0) return [region];
  return [rest, ...[...notes, ...within].map((note) => [note])];
}

function notesIn(node: Nodes): RootContent[] {
  if (node.type === "footnoteDefinition") return [node];
  return "children" in node ? node.children.flatMap((child: Nodes) => notesIn(child)) : [];
}

/** Whether HTML stands in it, however deep. */
export function hasHtml(node: Nodes): boolean {
  if (node.type === "html") return true;
  return "children" in node && node.children.some(hasHtml);
}
