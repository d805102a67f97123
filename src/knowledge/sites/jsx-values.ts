/** What a page of MDX exports, such as `export const rows = […]`: its words are shown where its name stands. */

import { endsFence, type Fence, fenceOf } from "../lines/fences.ts";
import { jsxLibrary } from "./jsx-library.cjs";
import { moduleLines } from "./jsx-modules.ts";
import { isJsNode, type JsNode } from "./jsx-node.ts";
import { type JsxValue, type JsxValues, NO_VALUES } from "./jsx-words.ts";

const EXPORT =
  /^export\s+(?:(?:const|let|var)\s+([A-Za-z_$][\w$]*)(?:\s*:[^=]+)?\s*=(?!=)|(?=(?:async\s+)?function\s+([A-Za-z_$][\w$]*)))\s*/;

const MOST = {
  values: 200,
  /** Characters that all the names of a page are replaced by: a name costs little, and its value may be long. */
  shown: 200_000,
};

/** The values of a page. */
export function readExports(lines: readonly string[]): JsxValues {
  const values = new Map<string, JsxValue>();
  let fence: Fence | undefined;
  let tries = 0;
  for (const [at, line] of lines.entries()) {
    if (tries === MOST.values) break;
    if (fence !== undefined) {
      if (endsFence(line, fence)) fence = undefined;
      continue;
    }
    fence = fenceOf(line);
    const [start = "", value, made] = EXPORT.exec(line) ?? [];
    const name = value ?? made;
    if (name === undefined) continue;
    tries += 1;
    const text = lines.slice(at, at + (moduleLines(lines, at) ?? 0)).join("\n");
    const node = expressionAt(text, start.length);
    if (node !== undefined) values.set(name, { node, text });
  }
  return values.size === 0 ? NO_VALUES : limited(values);
}

function limited(values: ReadonlyMap<string, JsxValue>): JsxValues {
  let room = MOST.shown;
  return {
    has: (name) => values.has(name),
    take(name) {
      const value = values.get(name);
      room -= value === undefined ? 0 : value.node.end - value.node.start;
      return room < 0 ? undefined : value;
    },
  };
}

function expressionAt(text: string, from: number): JsNode | undefined {
  try {
    const read = jsxLibrary().expression(text, from);
    return isJsNode(read) ? read : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
