/**
 * A remark, a script or a style that nothing ends hides the rest of its page, here as on any site. Nobody
 * sees what is missing, so it is said.
 */

import type { Html, Nodes, Root } from "mdast";

export type HiddenRest = { line: number; reason: string };

/** What begins, what would end it, and what its reader writes to end it. */
const HIDING: readonly { begins: RegExp; ends: RegExp; end: string }[] = [
  { begins: /^\s*<!--/, ends: /--!?>/, end: "-->" },
  { begins: /^\s*<script(?=[\s/>])/i, ends: /<\/script/i, end: "</script>" },
  { begins: /^\s*<style(?=[\s/>])/i, ends: /<\/style/i, end: "</style>" },
  // To a browser both are remarks that end with their first ">".
  { begins: /^\s*<\?/, ends: />/, end: "?>" },
  { begins: /^\s*<!\[CDATA\[/, ends: />/, end: "]]>" },
  { begins: /^\s*<![a-z]+/i, ends: />/, end: ">" },
];

/** The places of the tree's HTML, with lines from 1, from where on words are hidden by mistake. */
export function hiddenRests(tree: Root): HiddenRest[] {
  const found: HiddenRest[] = [];
  const visit = (node: Nodes): void => {
    if (node.type === "html") for (const rest of hiddenBy(node)) found.push(rest);
    else if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(tree);
  return found;
}

/** What a remark hides that only the end of the next one ends. */
function beforeNext(value: string): string {
  const next = value.search(/\n[ \t]*<!--/);
  return next === -1 || next > value.search(/--!?>/) ? "" : value.slice(0, next);
}

function hiddenBy({ value, position }: Html): HiddenRest[] {
  const kind = HIDING.find(({ begins }) => begins.test(value));
  if (kind === undefined) return [];
  const hidden = kind.ends.test(value) ? beforeNext(value) : value;
  const lines = hidden.trim().split("\n").length - 1;
  if (lines === 0) return [];
  const begun = kind.begins.exec(value)?.[0].trim();
  const below = lines === 1 ? "the line below it is" : `the ${lines} lines below it are`;
  return [
    {
      line: position?.start.line ?? 1,
      reason: `"${begun}" is never ended, so ${below} hidden: end it with "${kind.end}"`,
    },
  ];
}
