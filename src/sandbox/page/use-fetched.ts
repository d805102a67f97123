/** What a part of the page fetches when it opens, asked for again until it came. */

import { useEffect } from "react";

/** As long as a connection that broke is given before the next attempt, in milliseconds. */
export const RETRY_MS = 1_000;

/**
 * Asks with `ask`, gives the answer to `take`, and asks again after a failure: a connection that
 * breaks in the middle must not leave the page empty. Undefined asks nothing. Both are to be
 * remembered by the caller (useCallback), since a new `ask` asks at once.
 */
export function useFetched<T>(
  ask: (() => Promise<T>) | undefined,
  take: (answer: T) => void,
): void {
  useEffect(() => {
    if (ask === undefined) return;
    let isOver = false;
    let retry: number | undefined;
    const attempt = async (): Promise<void> => {
      try {
        const answer = await ask();
        if (!isOver) take(answer);
      } catch {
        if (!isOver) retry = window.setTimeout(() => void attempt(), RETRY_MS);
      }
    };
    void attempt();
    return () => {
      isOver = true;
      window.clearTimeout(retry);
    };
  }, [ask, take]);
}
