/** The bodies of what MkDocs adds, an admonition or a tab: lines indented below the one that opens them. */

import { indentOf, widthOf } from "../lines/indentation.ts";

/** Columns by which MkDocs indents them. */
const BODY_INDENT = 4;

/** A tag of Jinja at the left is taken away before anybody looks for bodies: `{% include "a.yaml" %}` in code. */
const TAG_ALONE = /^\{%(?:(?!%\}).)*%\}\s*$/;

export interface Bodies {
  /** How many bodies the last line stands in. */
  depth(): number;
  /** The next lines that are indented further than this one are a body. */
  open(line: string): void;
  /** The line without the indentation of the bodies that it stands in. */
  without(line: string): string;
}

/** Follows which bodies each line stands in. */
export function followBodies(): Bodies {
  const starts: number[] = [];
  return {
    depth: () => starts.length,
    open: (line) => void starts.push(indentOf(withoutTabs(line))),
    without(line) {
      if (starts.length === 0) return line;
      const isBlank = line.trim() === "" || TAG_ALONE.test(line);
      const spaced = withoutTabs(line);
      const isOutside = () => indentOf(spaced) < (starts.at(-1) ?? 0) + BODY_INDENT;
      while (!isBlank && starts.length > 0 && isOutside()) starts.pop();
      if (starts.length === 0) return line;
      return spaced.slice(Math.min(indentOf(spaced), starts.length * BODY_INDENT));
    },
  };
}

function withoutTabs(line: string): string {
  const indent = line.slice(0, indentOf(line));
  return indent.includes("\t") ? " ".repeat(widthOf(line)) + line.trimStart() : line;
}
