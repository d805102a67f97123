/** Values in braces that a site computes, `{{ count }}`, within HTML, where they stand in the words of an element. */

import type { InlineCode, Nodes, Text } from "mdast";

const VALUE = /((?<!\{)\{\{(?![{%<#/*])[^{}\n`]{1,200}\}\}(?!\}))/;

/** The nodes with such values as code, as elsewhere on a page. */
export function withValuesAsCode<T extends Nodes>(node: T): T {
  if (!("children" in node) || node.type === "heading") return node;
  const parts: readonly Nodes[] = node.children;
  const children = parts.flatMap((child): Nodes[] =>
    child.type === "text" ? parted(child) : [withValuesAsCode(child)],
  );
  return Object.assign({}, node, { children });
}

function parted(node: Text): (Text | InlineCode)[] {
  if (!node.value.includes("{{")) return [node];
  return node.value
    .split(VALUE)
    .map((value, at): Text | InlineCode =>
      at % 2 === 1 ? { type: "inlineCode", value } : { type: "text", value },
    )
    .filter(({ value }) => value !== "");
}
