/** Runs works of one key one after the other, works of different keys at the same time. */

export type OneAtATime = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/**
 * A queue for each key. The caller gets what its work gives, or its error; the next one begins in either
 * case. A key is forgotten when nothing waits for it.
 */
export function createOneAtATime(): OneAtATime {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const result = before.then(work);
    const ended = result
      .catch(() => undefined)
      .then(() => {
        if (last.get(key) === ended) last.delete(key);
      });
    last.set(key, ended);
    return result;
  };
}
