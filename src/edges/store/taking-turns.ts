/** Work under one name, one after the other; under different names, at the same time. */

export interface TakingTurns {
  take<T>(name: string, work: () => Promise<T>): Promise<T>;
}

export function createTakingTurns(): TakingTurns {
  const last = new Map<string, Promise<unknown>>();
  return {
    async take(name, work) {
      const before = last.get(name) ?? Promise.resolve();
      const mine = before.then(work, work);
      last.set(name, mine);
      try {
        return await mine;
      } finally {
        if (last.get(name) === mine) last.delete(name);
      }
    },
  };
}
