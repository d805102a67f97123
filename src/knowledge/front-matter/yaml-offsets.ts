/** Where in a text of YAML a value stands. */

import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";

/** How many letters into the text the value at the path begins, or the last step of it that is there. */
export function yamlOffsetOf(contents: unknown, path: readonly PropertyKey[]): number {
  let node: unknown = contents;
  let offset = startOf(node);
  for (const step of path) {
    const pair = isMap(node) ? pairsOf(node).get(String(step)) : undefined;
    const next: unknown = pair?.value ?? (isSeq(node) ? node.items[Number(step)] : undefined);
    if (next === undefined && pair === undefined) break;
    offset = startOf(pair?.key ?? next);
    node = next;
  }
  return offset;
}

/** A map is asked for each of its mistakes: to search its keys one by one took a second for ten thousand. */
const pairsOfMaps = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
  const known = pairsOfMaps.get(map);
  if (known !== undefined) return known;
  const pairs = new Map<string, Pair>();
  for (const pair of map.items) {
    if (!isScalar(pair.key)) continue;
    const name = String(pair.key.value);
    if (!pairs.has(name)) pairs.set(name, pair);
  }
  pairsOfMaps.set(map, pairs);
  return pairs;
}

function startOf(node: unknown): number {
  const range = (node as Partial<Node> | null | undefined)?.range;
  return range?.[0] ?? 0;
}
