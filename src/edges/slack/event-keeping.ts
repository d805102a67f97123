/** Nothing that was asked is lost: what came is kept, what was missed is read, what was left is taken up. */

import type { App } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { ChannelPositions, EventInbox } from "../../features/missed-events/event-inbox.ts";
import { repeat } from "../../features/shared/repeat.ts";
import { clock } from "../clock.ts";
import { catchUp } from "./catch-up.ts";
import { createProgress } from "./channel-progress.ts";
import type { SeenMessage } from "./event-record.ts";
import { keepEvents } from "./kept-events.ts";
import { type OpenPost, readMissed } from "./missed-messages.ts";

export interface EventKeepingPorts {
  readonly inbox: EventInbox;
  readonly positions: ChannelPositions;
  /** Channels whose posts of other apps are read. */
  readonly watched: readonly string[];
  /** Posts of other apps whose alerts fire. */
  readonly openPosts: () => Promise<readonly OpenPost[]>;
}

export interface EventKeeping {
  /** Before Slack is connected: where each channel was read to is what it was when the bot ended. */
  prepare(): Promise<void>;
  /** Once Slack is connected. */
  start(): void;
  /** Slack's events may not arrive any more: from here on something may be missed. */
  away(): void;
  /** They arrive again: what was written meanwhile is read. */
  back(): void;
  stop(): Promise<void>;
}

const RESUME_EVERY_MS = 30_000;
/** A position that is some seconds old makes some messages be read twice, and answered once. */
const MOVE_EVERY_MS = 5_000;

/** Takes over the events of one app. Nothing is read before `start`. */
export function keepSlackEvents(
  { app, web, log }: { readonly app: App; readonly web: WebClient; readonly log: Logger },
  { inbox, positions, watched, openPosts }: EventKeepingPorts,
): EventKeeping {
  const channels = new Set(watched);
  const progress = createProgress();
  const seen = ({ channel, ts, kind }: SeenMessage): void => {
    if (kind !== "channel" || channels.has(channel)) progress.moveTo(channel, ts);
  };
  const kept = keepEvents(app, { inbox, watched: channels, seen, log });
  const stopped = new AbortController();
  const { signal } = stopped;
  const catchingUp = catchUp({
    log,
    signal,
    async read(before) {
      const now = (clock.now() / 1_000).toFixed(6);
      const read = { app, web, before, watched: channels, openPosts, log, signal };
      await readMissed({ ...read, now: () => clock.now() });
      // From here on something can be missed there.
      for (const channel of channels) progress.moveTo(channel, now);
    },
  });
  const move = async (): Promise<void> => {
    // Until what was missed is read, no position may move past it.
    if (!catchingUp.isBehind()) await positions.move(progress.take());
  };
  const work = { clock, log };
  const resuming = repeat({
    ...work,
    everyMs: RESUME_EVERY_MS,
    failure: "unanswered events cannot be read",
    work: () => kept.resume(),
  });
  const moving = repeat({
    ...work,
    everyMs: MOVE_EVERY_MS,
    failure: "how far channels were read cannot be stored",
    work: move,
  });
  return {
    async prepare() {
      const before = await positions.all(MOST_CHANNELS);
      progress.learn(before);
      catchingUp.from(before);
    },
    start() {
      resuming.start();
      moving.start();
      // Slack may be away when the bot starts: what was missed is read once it is there.
      catchingUp.begin();
    },
    away: () => catchingUp.from(progress.latest(MOST_CHANNELS)),
    back: () => catchingUp.begin(),
    async stop() {
      stopped.abort();
      await Promise.all([catchingUp.ended(), resuming.stop(), moving.stop()]);
      await move();
    },
  };
}

/** Channels that are read, those of the last messages first. */
const MOST_CHANNELS = 100;
