/**
 * When Slack last refused a token while the bot ran. While it does, no Home tab can say so: the token
 * that is refused is the one that would put it up. So it is said afterwards, with what came late.
 */

import type { TokenRefusal } from "../../features/home/render-home.ts";

export interface RefusalRecord {
  /** Slack refuses a token, and notices wait for it or do not; said again while it lasts. */
  began(words: string, holdsUp: boolean): void;
  ended(): void;
  /** A notice that was made at this time is in Slack. */
  delivered(madeAt: number): void;
  last(): TokenRefusal | undefined;
}

/** Slack may have refused the token for so long before anybody noticed. */
export const UNNOTICED_MS = 60_000;

/** Keeps the last refusal; times in milliseconds by `now`. */
export function createRefusalRecord(now: () => number): RefusalRecord {
  let last: TokenRefusal | undefined;
  let delays = false;
  return {
    began(words, holdsUp) {
      delays = holdsUp;
      if (last === undefined || last.to !== undefined) last = { words, from: now(), late: 0 };
    },
    ended() {
      if (last !== undefined && last.to === undefined) last = { ...last, to: now() };
    },
    delivered(madeAt) {
      if (last === undefined || !delays || madeAt < last.from - UNNOTICED_MS) return;
      if (last.to === undefined || madeAt <= last.to) last = { ...last, late: last.late + 1 };
    },
    last: () => last,
  };
}
