/** Rows that are being delivered: in all no more than Slack can be asked at once, nor in one channel. */

/** Deliveries at the same time. */
const MOST = 64;
/** In one channel: one that hangs must not take all of them. */
const MOST_IN_CHANNEL = 4;

export interface RowsUnderWay {
  /** `ended` is called when the work has ended, well or not. */
  add(channel: string, work: Promise<void>, ended: () => void): void;
  isFull(): boolean;
  /** Channels in which no more may begin. */
  full(): string[];
  settled(): Promise<void>;
}

/** Nothing is under way at first. */
export function createRowsUnderWay(): RowsUnderWay {
  const works = new Set<Promise<void>>();
  const counts = new Map<string, number>();
  const count = (channel: string, change: number): void => {
    const now = (counts.get(channel) ?? 0) + change;
    if (now > 0) counts.set(channel, now);
    else counts.delete(channel);
  };
  return {
    add(channel, work, ended) {
      count(channel, 1);
      const whole = work.finally(() => {
        works.delete(whole);
        count(channel, -1);
        ended();
      });
      works.add(whole);
    },
    isFull: () => works.size >= MOST,
    full: () => [...counts].flatMap(([channel, many]) => (many < MOST_IN_CHANNEL ? [] : [channel])),
    async settled() {
      await Promise.all(works);
    },
  };
}
