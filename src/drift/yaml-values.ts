/** Every scalar of a YAML or JSON document, with its path and its line. */

import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";

export interface YamlValue {
  readonly path: readonly (string | number)[];
  readonly value: string;
  readonly line: number;
}

export type YamlValues =
  | { readonly kind: "values"; readonly values: readonly YamlValue[] }
  | { readonly kind: "broken"; readonly line: number; readonly reason: string };

/** Aliases are left out: what they stand for is read where it is written. */
export function readYamlValues(text: string): YamlValues {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    const reason = error.message.split("\n", 1)[0] ?? "";
    return { kind: "broken", line: lines.linePos(error.pos[0]).line, reason };
  }
  const values: YamlValue[] = [];
  collect(document.contents, [], (path, node) => {
    if (!isScalar(node)) return;
    const line = lines.linePos(node.range?.[0] ?? 0).line;
    values.push({ path, value: String(node.value), line });
  });
  return { kind: "values", values };
}

type Take = (path: readonly (string | number)[], node: Node) => void;

function collect(node: unknown, path: readonly (string | number)[], take: Take): void {
  if (isAlias(node)) return;
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      collect(value, [...path, isScalar(key) ? String(key.value) : ""], take);
    }
  } else if (isSeq(node)) {
    for (const [n, item] of node.items.entries()) collect(item, [...path, n], take);
  } else if (isScalar(node)) take(path, node);
}

/** The values of the same map as the given one, by key. */
export function siblings(
  values: readonly YamlValue[],
  { path }: YamlValue,
): ReadonlyMap<string, string> {
  const parent = path.slice(0, -1);
  return new Map(
    values
      .filter((each) => startsWith(each.path, parent))
      .map((each) => [each.path.slice(parent.length).join("."), each.value]),
  );
}

function startsWith(
  path: readonly (string | number)[],
  prefix: readonly (string | number)[],
): boolean {
  return prefix.every((step, at) => path[at] === step);
}
