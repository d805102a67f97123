/** One run at a time per key: who asks while it is under way gets the same promise. */

export type Shared<T> = (key: string, start: () => Promise<T>) => Promise<T>;

/** For results of one kind; a failure is shared, too, and the next who asks starts again. */
export function createShared<T>(): Shared<T> {
  const underWay = new Map<string, Promise<T>>();
  return (key, start) => {
    const running = underWay.get(key);
    if (running !== undefined) return running;
    const begun = start().finally(() => underWay.delete(key));
    underWay.set(key, begun);
    return begun;
  };
}
