/** Reference links and footnotes: what they stand for is written elsewhere on their page. */

import type { Definition, FootnoteDefinition, Nodes, Root } from "mdast";
import { writeMarkdown } from "./markdown.ts";

export interface PageLinks {
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly footnotes: ReadonlyMap<string, FootnoteDefinition>;
}

/** All definitions of the page; the first of one name holds, as in CommonMark. */
export function pageLinks(tree: Root): PageLinks {
  const definitions = new Map<string, Definition>();
  const footnotes = new Map<string, FootnoteDefinition>();
  visit(tree, (node) => {
    if (node.type === "definition" && !definitions.has(node.identifier)) {
      definitions.set(node.identifier, node);
    }
    if (node.type === "footnoteDefinition" && !footnotes.has(node.identifier)) {
      footnotes.set(node.identifier, node);
    }
  });
  return { definitions, footnotes };
}

/** What the nodes refer to and do not hold themselves, as Markdown to be put behind them. */
export function neededLinks(
  nodes: readonly Nodes[],
  { definitions, footnotes }: PageLinks,
): string[] {
  const needed = new Set<Definition | FootnoteDefinition>();
  const held = new Set<Nodes>();
  const collect = (node: Nodes): void => {
    if (node.type === "linkReference" || node.type === "imageReference") {
      add(definitions.get(node.identifier));
    }
    if (node.type === "footnoteReference") add(footnotes.get(node.identifier));
    if (node.type === "definition" || node.type === "footnoteDefinition") held.add(node);
  };
  const add = (definition: Definition | FootnoteDefinition | undefined): void => {
    if (definition === undefined || needed.has(definition)) return;
    needed.add(definition);
    if (definition.type === "footnoteDefinition")
      for (const child of definition.children) visit(child, collect);
  };
  for (const node of nodes) visit(node, collect);
  return [...needed]
    .filter((definition) => !held.has(definition) && !isLong(definition))
    .map((one) => writeMarkdown([one]));
}

/** Characters of a footnote; a longer one stands in its own section, and not in all that refer to it. */
const LONGEST_NOTE = 5_000;

function isLong({ position }: Nodes): boolean {
  const { start, end } = position ?? {};
  return (end?.offset ?? 0) - (start?.offset ?? 0) > LONGEST_NOTE;
}

function visit(node: Nodes, see: (node: Nodes) => void): void {
  see(node);
  if ("children" in node) for (const child of node.children) visit(child, see);
}

/** The tree with its reference links and images as plain ones, where the tree itself defines them. */
export function resolveReferences(tree: Root): Root {
  const { definitions } = pageLinks(tree);
  const resolve = <T extends Nodes>(node: T): T => {
    const definition = "identifier" in node ? definitions.get(node.identifier) : undefined;
    if (definition !== undefined && node.type === "imageReference") {
      const { url, title } = definition;
      return { type: "image", url, title, alt: node.alt } as Nodes as T;
    }
    if (!("children" in node)) return node;
    const children = node.children.map((child: Nodes) => resolve(child));
    if (definition !== undefined && node.type === "linkReference") {
      return { type: "link", url: definition.url, title: definition.title, children } as Nodes as T;
    }
    return Object.assign({}, node, { children });
  };
  return resolve(tree);
}
