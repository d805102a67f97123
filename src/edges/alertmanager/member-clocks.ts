/**
 * The clocks of Alertmanagers, which may differ from ours: each answer carries its time (RFC 9110,
 * 6.6.1). What is over, begins or holds at a moment of theirs is compared with our moment.
 */

export interface MemberClocks {
  /** Takes the header Date of an answer that came now. */
  learn(address: string, date: string | undefined): void;
  /** A moment of theirs by our clock. */
  toOurs(address: string, ms: number): number;
  /** A moment of ours by their clock. */
  toTheirs(address: string, ms: number): number;
}

/** The header is in whole seconds, and answers take time: less is no difference. */
const SAME_MS = 5_000;

/** Far times, such as the end of a silence for ever, stay within what a date can be. */
const LAST_MS = 8.64e15;

/**
 * Differences by address, learnt from the header `Date`; until one is learnt, none is assumed. Times in
 * milliseconds.
 */
export function createMemberClocks(now: () => number): MemberClocks {
  /** How far theirs is ahead, in milliseconds. */
  const ahead = new Map<string, number>();
  const moved = (ms: number, by: number): number => Math.max(-LAST_MS, Math.min(LAST_MS, ms + by));
  return {
    learn(address, date) {
      const theirs = Date.parse(date ?? "");
      if (Number.isNaN(theirs)) return;
      const differs = theirs - now();
      ahead.set(address, Math.abs(differs) < SAME_MS ? 0 : differs);
    },
    toOurs: (address, ms) => moved(ms, -(ahead.get(address) ?? 0)),
    toTheirs: (address, ms) => moved(ms, ahead.get(address) ?? 0),
  };
}
