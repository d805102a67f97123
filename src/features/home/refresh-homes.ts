/** Keeps the Home tabs true of those who opened theirs lately: many changes make one refresh. */

import type { View } from "../../block-kit/view.ts";
import type { Clock, Log } from "../shared/ports.ts";

export interface HomesPorts {
  readonly home: (user: string) => Promise<View>;
  /** Puts it up; nothing when Slack refuses. */
  readonly publish: (user: string, render: () => Promise<View>) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Homes {
  /** What the tab shows; its owner is kept up to date from then on. */
  open(user: string): Promise<View>;
  /** Something that Home tabs show has changed. */
  changed(): void;
  start(): void;
  stop(): Promise<void>;
}

/** Who opened it longer ago sees the present state when they open it again. */
const LATELY_MS = 30 * 60_000;
/** Slack allows about 20 publications a minute with room for others (tier 4 is 100). */
const MOST_PEOPLE = 30;
/** Between two refreshes of all. */
const EVERY_MS = 5_000;

/** Nothing is refreshed before `start`. */
export function refreshHomes(ports: HomesPorts): Homes {
  const { clock } = ports;
  const opened = new Map<string, number>();
  const stopped = new AbortController();
  let woken = new AbortController();
  let isChanged = false;
  let loop = Promise.resolve();
  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      woken = new AbortController();
      const signal = AbortSignal.any([woken.signal, stopped.signal]);
      if (!isChanged) await clock.sleep(LATELY_MS, signal);
      if (!isChanged) continue;
      isChanged = false;
      for (const user of latelyOf(opened, clock.now())) await refresh(ports, user);
      await clock.sleep(EVERY_MS, stopped.signal);
    }
  };
  return {
    open(user) {
      opened.delete(user);
      opened.set(user, clock.now());
      const [oldest] = opened.keys();
      if (opened.size > MOST_PEOPLE && oldest !== undefined) opened.delete(oldest);
      return ports.home(user);
    },
    changed() {
      isChanged = true;
      woken.abort();
    },
    start() {
      loop = run();
    },
    async stop() {
      stopped.abort();
      await loop;
    },
  };
}

function latelyOf(opened: Map<string, number>, nowMs: number): string[] {
  for (const [user, at] of opened) if (nowMs - at > LATELY_MS) opened.delete(user);
  return [...opened.keys()];
}

async function refresh({ publish, home, log }: HomesPorts, user: string): Promise<void> {
  try {
    await publish(user, () => home(user));
  } catch (error) {
    log.warn({ err: error, user }, "a Home tab could not be refreshed");
  }
}
