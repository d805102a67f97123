/**
 * Short texts by their runs of three letters: what shares many of them with a mistyped
 * word or name is compared, the rest never.
 */

export type TrigramIndex = {
  /** Adds a text under a number of the caller's; a text is added once. */
  add(text: string, key: number): void;
  /** The keys that share the most trigrams with the text, most first. */
  nearest(text: string, bounds: { limit: number; leastShare: number }): number[];
};

/** An empty index of texts by the caller's keys, which are small whole numbers. */
export function createTrigramIndex(): TrigramIndex {
  const keysOf = new Map<string, number[]>();
  let shared = new Uint8Array(1024);
  return {
    add(text, key) {
      if (key >= shared.length) {
        const larger = new Uint8Array(Math.max(key + 1, shared.length * 2));
        larger.set(shared);
        shared = larger;
      }
      for (const trigram of trigramsOf(text)) {
        const keys = keysOf.get(trigram);
        if (keys === undefined) keysOf.set(trigram, [key]);
        else keys.push(key);
      }
    },
    nearest(text, { limit, leastShare }) {
      const touched: number[] = [];
      const counts = shared;
      const trigrams = trigramsOf(text);
      const least = Math.ceil(trigrams.size * leastShare);
      let left = trigrams.size;
      for (const trigram of trigrams) {
        const canReach = left >= least;
        for (const key of keysOf.get(trigram) ?? NONE) {
          const count = counts[key] ?? 0;
          // What shares nothing yet and can no longer reach the least is not counted.
          if (count === 0 && !canReach) continue;
          if (count === 0) touched.push(key);
          if (count < 255) counts[key] = count + 1;
        }
        left -= 1;
      }
      const best = mostShared(touched, { shared: counts, limit, least });
      for (const key of touched) counts[key] = 0;
      return best;
    },
  };
}

const NONE: readonly number[] = [];

/** Every run of three, with the start and the end of the text as a letter each. */
function trigramsOf(text: string): Set<string> {
  const padded = `^${text}$`;
  const trigrams = new Set<string>();
  for (let n = 0; n + 3 <= padded.length; n += 1) trigrams.add(padded.slice(n, n + 3));
  return trigrams;
}

type Sharing = { shared: Uint8Array; limit: number; least: number };

/** A counting sort: thousands of words may share a trigram with a long name. */
function mostShared(keys: readonly number[], { shared, limit, least }: Sharing): number[] {
  const byCount: number[][] = [];
  for (const key of keys) {
    const count = shared[key] ?? 0;
    if (count < least) continue;
    const same = byCount[count];
    if (same === undefined) byCount[count] = [key];
    else same.push(key);
  }
  const best: number[] = [];
  for (let count = byCount.length - 1; count > 0 && best.length < limit; count -= 1) {
    for (const key of byCount[count] ?? []) {
      if (best.length < limit) best.push(key);
    }
  }
  return best;
}
