/**
 * What was written while the bot was away: each channel is read from the last message that was seen,
 * a bounded number of messages and at Slack's pace, and what it finds goes the way of an event.
 *
 * Posts of other apps count for a day, questions for a quarter of an hour: an older one has been
 * answered by somebody else, or matters no more.
 */

import { setTimeout as sleep } from "node:timers/promises";
import type { App, ReceiverEvent } from "@slack/bolt";
import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { ChannelPosition } from "../../features/missed-events/event-inbox.ts";
import { DAY_MS } from "../../promql/duration.ts";

const POSTS_COUNT_MS = DAY_MS;
const QUESTIONS_COUNT_MS = 15 * 60_000;
const PAGES = 5;
const PAGE = 100;
/** conversations.history may be called 50 times a minute (docs.slack.dev, tier 3). */
const PAUSE_MS = 1_300;
/** Posts whose threads are read; conversations.replies may be called as often. */
const MOST_POSTS = 100;

type Missed = Readonly<Record<string, unknown>> & { readonly ts: string };

export interface OpenPost {
  readonly channel: string;
  readonly ts: string;
}

export interface MissedOptions {
  readonly app: App;
  readonly web: WebClient;
  /** Where each channel was read to. */
  readonly before: readonly ChannelPosition[];
  readonly watched: ReadonlySet<string>;
  /** Posts of other apps whose alerts fire: such an app may edit them, or write below them. */
  readonly openPosts: () => Promise<readonly OpenPost[]>;
  readonly now: () => number;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/**
 * Resolves when every channel was read; a channel that Slack does not show costs no other. Throws when
 * Slack does not answer: what was read until then is read again, and answered once.
 */
export async function readMissed(options: MissedOptions): Promise<void> {
  const { app, web, before, watched, signal, log } = options;
  if (before.length === 0) return;
  const { user_id: self } = await web.auth.test();
  const posts = (await options.openPosts()).slice(0, MOST_POSTS);
  for (const { channel, ts } of before) {
    if (signal.aborted) return;
    const earlier = posts.filter(
      (each) => each.channel === channel && Number(each.ts) <= Number(ts),
    );
    try {
      const messages = await messagesAfter(options, channel, ts);
      const events = messages.flatMap((each) => eventOf(options, { channel, self, message: each }));
      const written = watched.has(channel) ? messages.filter(hasAppsReplies) : [];
      const roots = [...earlier, ...written.map((each) => ({ channel, ts: each.ts }))];
      for (const post of roots) events.push(...(await eventsBelow(options, post, { ts, self })));
      for (const event of events) await replay(app, channel, event);
      if (events.length > 0) log.info({ channel, messages: events.length }, "missed messages read");
    } catch (error) {
      // Slack says no to this channel; without an answer of Slack's there is nothing to be read at all.
      if (!(error instanceof WebAPIPlatformError)) throw error;
      log.warn({ err: error, channel }, "what was missed in a channel cannot be read");
    }
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Oldest first. */
async function messagesAfter(
  { web, now, signal }: MissedOptions,
  channel: string,
  ts: string,
): Promise<Missed[]> {
  const oldest = Math.max(Number(ts), (now() - POSTS_COUNT_MS) / 1_000).toFixed(6);
  const all: Missed[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES && !signal.aborted; page += 1) {
    const window = { channel, oldest, limit: PAGE };
    const answer = await patiently(signal, () =>
      web.conversations.history(cursor === undefined ? window : { ...window, cursor }),
    );
    all.push(...((answer.messages ?? []) as unknown as Missed[]));
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) break;
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
  return all.toSorted((a, b) => (a.ts < b.ts ? -1 : 1));
}

/** A post of an app, below which something was written. */
function hasAppsReplies({ bot_id: botId, reply_count: replies }: Missed): boolean {
  return botId !== undefined && typeof replies === "number" && replies > 0;
}

interface ReadTo {
  /** Where the channel was read to. */
  readonly ts: string;
  readonly self: string | undefined;
}

/** What an app wrote below its own post since then, and how it edited that; one that is gone costs no other. */
async function eventsBelow(
  options: MissedOptions,
  { channel, ts: root }: OpenPost,
  { ts, self }: ReadTo,
): Promise<object[]> {
  const { web, signal } = options;
  await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
  const asked = { channel, ts: root, limit: 2 * PAGE };
  const answer = await patiently(signal, () => web.conversations.replies(asked)).catch(
    (error: unknown) => {
      if (error instanceof WebAPIPlatformError) return { messages: [] };
      throw error;
    },
  );
  const messages = (answer.messages ?? []) as unknown as Missed[];
  const isOfApp = (each: Missed): boolean => each["bot_id"] !== undefined && each["user"] !== self;
  return messages.filter(isOfApp).flatMap((message): object[] => {
    if (message.ts !== root) {
      return Number(message.ts) > Number(ts)
        ? [{ ...message, type: "message", channel, channel_type: "channel" }]
        : [];
    }
    const edited = (message["edited"] as Partial<Missed> | undefined)?.ts;
    if (edited === undefined || Number(edited) <= Number(ts)) return [];
    const event = { type: "message", subtype: "message_changed", channel, channel_type: "channel" };
    return [{ ...event, message, ts: edited, event_ts: edited }];
  });
}

/** Slack's "later" is waited for once. */
async function patiently<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof WebAPIRateLimitedError)) throw error;
    await sleep(error.retryAfter * 1_000, undefined, { signal });
    return ask();
  }
}

interface MissedIn {
  readonly channel: string;
  /** The bot's own user. */
  readonly self: string | undefined;
  readonly message: Missed;
}

/** The event that Slack would have sent; nothing for what asks nothing of the bot. */
function eventOf({ watched, now }: MissedOptions, { channel, self, message }: MissedIn): object[] {
  const { bot_id: botId, subtype, text, ts, user, reply_users: repliers } = message;
  if (botId !== undefined) {
    return watched.has(channel) && user !== self
      ? [{ ...message, type: "message", channel, channel_type: "channel" }]
      : [];
  }
  const isRecent = now() - Number(ts) * 1_000 <= QUESTIONS_COUNT_MS;
  const isAnswered = Array.isArray(repliers) && repliers.includes(self);
  if (subtype !== undefined || user === undefined || !isRecent || isAnswered) return [];
  // Slack's ids of direct messages begin with a D.
  if (channel.startsWith("D")) {
    return [{ ...message, type: "message", channel, channel_type: "im" }];
  }
  const isMention = self !== undefined && typeof text === "string" && text.includes(`<@${self}>`);
  return isMention ? [{ ...message, type: "app_mention", channel }] : [];
}

/** Through the same door as what Slack sends, so that what was answered already is known there. */
async function replay(app: App, channel: string, event: object): Promise<void> {
  const { ts } = event as Missed;
  const body = { type: "event_callback", event_id: `missed ${channel} ${ts}`, event };
  const received: ReceiverEvent = { body, ack: async () => undefined };
  await app.processEvent(received);
}
