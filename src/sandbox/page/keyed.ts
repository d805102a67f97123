/** Keys for children that have no identity of their own, such as the cells of a row. */

export interface Keyed<T> {
  readonly key: string;
  readonly item: T;
}

/** By what the item is called; the second of one name gets a number. */
export function keyed<T>(items: readonly T[], nameOf: (item: T) => string): Keyed<T>[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const name = nameOf(item);
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return { key: `${name} ${count}`, item };
  });
}
