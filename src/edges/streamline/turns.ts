/** Whose turn it is: of many names a few at a time, each no oftener than its interval. */

export interface Turns {
  /**
   * The names whose turn is now, those that waited longest first, at most `most`. Urgent ones come
   * before the others, which keep a quarter of the turns.
   */
  next(
    names: readonly string[],
    nowMs: number,
    isUrgent?: (name: string) => boolean,
  ): readonly string[];
  /** Notes that a name had its turn. */
  took(name: string, nowMs: number): void;
}

/** `everyMs` is the least time between two turns of a name, `most` how many names have one at a time. */
export function createTurns(options: { everyMs: number; most: number }): Turns {
  const last = new Map<string, number>();
  return {
    next(names, nowMs, isUrgent = () => false) {
      forgetOthers(last, names);
      const due = names
        .filter((name) => nowMs - lastOf(last, name) >= options.everyMs)
        .toSorted((a, b) => lastOf(last, a) - lastOf(last, b));
      const urgent = due.filter(isUrgent);
      const others = due.filter((name) => !isUrgent(name));
      const kept = Math.min(others.length, Math.ceil(options.most / 4));
      const first = urgent.slice(0, options.most - kept);
      return [...first, ...others.slice(0, options.most - first.length)];
    },
    took(name, nowMs) {
      last.set(name, nowMs);
    },
  };
}

/** A server that invents names must not fill our memory. */
function forgetOthers(last: Map<string, number>, names: readonly string[]): void {
  const known = new Set(names);
  for (const name of last.keys()) if (!known.has(name)) last.delete(name);
}

function lastOf(last: ReadonlyMap<string, number>, name: string): number {
  return last.get(name) ?? Number.NEGATIVE_INFINITY;
}
