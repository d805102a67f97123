/** How far each channel was read, as far as this process knows. */

import type { ChannelPosition } from "../../features/missed-events/event-inbox.ts";

export interface ChannelProgress {
  /** What the store knows. */
  learn(positions: readonly ChannelPosition[]): void;
  /** Never moves back. */
  moveTo(channel: string, ts: string): void;
  /** What moved since the last call, to be stored. */
  take(): readonly ChannelPosition[];
  /** Of so many channels, those of the last messages first. */
  latest(most: number): readonly ChannelPosition[];
}

/** Nothing is known at first. A channel's position only moves on. */
export function createProgress(): ChannelProgress {
  const known = new Map<string, string>();
  const moved = new Map<string, string>();
  return {
    learn(positions) {
      for (const { channel, ts } of positions) known.set(channel, ts);
    },
    moveTo(channel, ts) {
      if (ts <= (known.get(channel) ?? "")) return;
      known.set(channel, ts);
      moved.set(channel, ts);
    },
    take() {
      const all = positionsIn(moved);
      moved.clear();
      return all;
    },
    latest: (most) =>
      positionsIn(known)
        .toSorted((a, b) => (a.ts > b.ts ? -1 : 1))
        .slice(0, most),
  };
}

function positionsIn(map: ReadonlyMap<string, string>): ChannelPosition[] {
  return [...map].map(([channel, ts]) => ({ channel, ts }));
}
