/**
 * Keys that stand twice in a map of YAML -> one each. The library's own check compares each key with all before
 * it, and refuses the text; here it is one pass, and both keep what they say.
 */

import { isMap, isScalar, isSeq, type Scalar } from "yaml";

/** A key that its map has already. */
type Twin = { offset: number; path: readonly string[] };

/** Leaves each key of a map once, with what all of that name say; where the further ones stand. */
export function joinTwins(node: unknown, path: readonly string[] = []): Twin[] {
  if (isSeq(node)) return node.items.flatMap((item, at) => joinTwins(item, [...path, String(at)]));
  if (!isMap(node)) return [];
  const inside = node.items.flatMap(({ key, value }) => joinTwins(value, [...path, String(key)]));
  // "<<" merges another map, and may do so twice.
  const named = Map.groupBy(node.items, ({ key }) =>
    isScalar(key) && key.value !== "<<" ? String(key.value) : key,
  );
  const twins: Twin[] = [];
  for (const [name, [first, ...others]] of named) {
    if (first === undefined || others.length === 0 || typeof name !== "string") continue;
    first.value = joinedNodes([first, ...others].map(({ value }) => value));
    for (const { key } of others) twins.push({ offset: offsetOfKey(key), path: [...path, name] });
  }
  if (twins.length > 0) node.items = [...named.values()].flatMap((pairs) => pairs.slice(0, 1));
  return [...twins, ...inside];
}

/** As `merged` has it, for what is not read yet. */
function joinedNodes(values: readonly unknown[]): unknown {
  const [first] = values;
  if (isSeq(first) && values.every(isSeq)) first.items = values.flatMap(({ items }) => items);
  else if (isMap(first) && values.every(isMap)) {
    first.items = values.flatMap(({ items }) => items);
    joinTwins(first);
  } else {
    const said = values.filter((value) => !(isScalar(value) && value.value === null));
    return said.at(-1) ?? first;
  }
  return first;
}

function offsetOfKey(key: unknown): number {
  return (key as Partial<Scalar> | null)?.range?.[0] ?? 0;
}
