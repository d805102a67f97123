/** Which metrics a section tells people to look at that the live server does not have now. */

import type { Code, Nodes } from "mdast";
import { findNames } from "./find-names.ts";
import { parseMarkdown } from "./markdown/markdown.ts";

export interface LiveNames {
  /** Names of the samples in the server's last /metrics; a summary's with or without `_sum`. */
  readonly metrics: ReadonlySet<string>;
}

/**
 * The server's metrics that the section's commands and queries read and the live server lacks, each
 * once, in the order of the text. That is no fault of the server: a metric appears with its first
 * event. Prose does not count, since it may speak of what does not exist.
 */
export function lacking(sectionMarkdown: string, { metrics }: LiveNames): string[] {
  const asked = codeBlocks(parseMarkdown(sectionMarkdown))
    .filter(({ lang }) => /^(?:bash|sh|shell|console|promql)$/.test(lang ?? ""))
    .flatMap(({ value }) => findNames(value).map(({ name }) => name))
    .filter(({ kind, name }) => kind === "metric" && !/^(?:streamline|kafka)_$/.test(name));
  const missing = asked.filter(({ name, family }) =>
    family ? ![...metrics].some((each) => each.startsWith(name)) : !isThere(name, metrics),
  );
  return [...new Set(missing.map(({ name, family }) => (family ? `${name}*` : name)))];
}

function isThere(name: string, metrics: ReadonlySet<string>): boolean {
  if (metrics.has(name)) return true;
  const base = name.replace(/_(?:sum|count|bucket)$/, "");
  return metrics.has(`${name}_count`) || (base !== name && metrics.has(base));
}

function codeBlocks(node: Nodes): Code[] {
  if (node.type === "code") return [node];
  return "children" in node ? node.children.flatMap(codeBlocks) : [];
}
