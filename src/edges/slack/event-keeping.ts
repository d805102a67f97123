/** Nothing that was asked is lost: what came is kept, what was missed is read, what was left is taken up. */

import type { App } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { ChannelPositions, EventInbox } from "../../features/missed-events/event-inbox.ts";
import { repeat } from "../../features/shared/repeat.ts";
import { clock } from "../clock.ts";
import type { SeenMessage } from "./event-record.ts";
import { keepEvents } from "./kept-events.ts";
import { readMissed } from "./missed-messages.ts";

export interface EventKeepingPorts {
  readonly inbox: EventInbox;
  readonly positions: ChannelPositions;
  /** Channels whose posts of other apps are read. */
  readonly watched: readonly string[];
}

export interface EventKeeping {
  /** Before Slack is connected: where each channel was read to is what it was when the bot ended. */
  prepare(): Promise<void>;
  /** Once Slack is connected. */
  start(): void;
  stop(): Promise<void>;
}

const AGAIN_MS = 30_000;
const RESUME_EVERY_MS = 30_000;
/** A position that is some seconds old makes some messages be read twice, and answered once. */
const MOVE_EVERY_MS = 5_000;

export function keepSlackEvents(
  { app, web, log }: { readonly app: App; readonly web: WebClient; readonly log: Logger },
  { inbox, positions, watched }: EventKeepingPorts,
): EventKeeping {
  const channels = new Set(watched);
  const moved = new Map<string, string>();
  const seen = ({ channel, ts, kind }: SeenMessage): void => {
    if (kind !== "channel" || channels.has(channel)) moved.set(channel, ts);
  };
  const kept = keepEvents(app, { inbox, watched: channels, seen, log });
  const stopped = new AbortController();
  let before: Awaited<ReturnType<ChannelPositions["all"]>> = [];
  let reading: Promise<void> = Promise.resolve();

  const move = async (): Promise<void> => {
    const all = [...moved].map(([channel, ts]) => ({ channel, ts }));
    moved.clear();
    await positions.move(all);
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
  const readAll = async (): Promise<void> => {
    const now = (clock.now() / 1_000).toFixed(6);
    const { signal } = stopped;
    // Slack may be away when the bot starts: what was missed is read once it is there.
    await readMissed({ app, web, before, watched: channels, now: () => clock.now(), log, signal });
    for (const channel of channels) if (!moved.has(channel)) moved.set(channel, now);
    moving.start();
  };
  const untilDone = async (work: () => Promise<void>): Promise<void> => {
    while (!stopped.signal.aborted) {
      try {
        return await work();
      } catch (error) {
        log.warn({ err: error, retryInMs: AGAIN_MS }, "missed messages cannot be read yet");
        await clock.sleep(AGAIN_MS, stopped.signal);
      }
    }
  };
  return {
    async prepare() {
      before = await positions.all(MOST_CHANNELS);
    },
    start() {
      resuming.start();
      reading = untilDone(readAll);
    },
    async stop() {
      stopped.abort();
      await Promise.all([reading, resuming.stop(), moving.stop()]);
      await move();
    },
  };
}

/** Channels that are read, those of the last messages first. */
const MOST_CHANNELS = 100;
