/** What the parser of JSX makes. */

/** A node of the tree that the parser makes (ESTree, with its extension for JSX). */
export interface JsNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly loc: {
    readonly start: { readonly line: number };
    readonly end: { readonly line: number };
  };
  readonly [part: string]: unknown;
}

/** Whether a part of a node is one, and no value. */
export function isJsNode(value: unknown): value is JsNode {
  return typeof value === "object" && value !== null && "type" in value && "loc" in value;
}

/** What stands in the braces of a value, or the value itself. */
export function contentOf(value: unknown): JsNode | undefined {
  const inner =
    isJsNode(value) && value.type === "JSXExpressionContainer" ? value["expression"] : value;
  return isJsNode(inner) ? inner : undefined;
}
