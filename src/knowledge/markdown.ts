/** Markdown (GitHub's flavour) -> syntax tree, and back. */

import type { Root, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown, gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown } from "mdast-util-to-markdown";
import { gfm } from "micromark-extension-gfm";

/** Parses Markdown; throws a RangeError for text that is nested too deeply for the stack. */
export function parseMarkdown(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

/** Writes nodes of a tree as Markdown that parses to the same tree. */
export function writeMarkdown(nodes: readonly RootContent[]): string {
  const root: Root = { type: "root", children: [...nodes] };
  return toMarkdown(root, { bullet: "-", fences: true, extensions: [gfmToMarkdown()] }).trimEnd();
}
