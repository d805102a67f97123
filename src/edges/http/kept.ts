/** What is costly to compute, and asked for more often than it changes. */

export interface KeptOptions {
  readonly keptMs: number;
  readonly now: () => number;
}

/** The same answer for all who ask within a time; one that failed is not kept. */
export function createKept<T>(
  compute: () => Promise<T>,
  { keptMs, now }: KeptOptions,
): () => Promise<T> {
  let kept: { readonly value: Promise<T>; readonly atMs: number } | undefined;
  return () => {
    const nowMs = now();
    if (kept !== undefined && Math.abs(nowMs - kept.atMs) < keptMs) return kept.value;
    const value = compute();
    const own = { value, atMs: nowMs };
    kept = own;
    value.catch(() => {
      if (kept === own) kept = undefined;
    });
    return value;
  };
}
