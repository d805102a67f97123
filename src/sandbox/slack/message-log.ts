/**
 * Every message as it stands now, by channel.
 *
 * The emulator keeps messages too, but forgets what a reader of threads needs: the parent's own
 * `thread_ts`, its newest reply, and pages by time. So history is read from here.
 */

import { type Json, text } from "./json.ts";

export interface MessageLog {
  /** Adds a message or takes its new form; returns the form before, if any. */
  put(channel: string, message: Json): Json | undefined;
  remove(channel: string, ts: string): Json | undefined;
  get(channel: string, ts: string): Json | undefined;
  /** Messages of the channel itself, oldest first; replies are left out. */
  channel(channel: string): readonly Json[];
  /** A thread: its first message and all replies, oldest first; empty if there is none. */
  thread(channel: string, ts: string): readonly Json[];
}

interface ChannelLog {
  readonly messages: Map<string, Json>;
  /** The timestamps of a thread's replies, by that of its first message. */
  readonly replies: Map<string, Set<string>>;
}

/** An empty log. */
export function createMessageLog(): MessageLog {
  const channels = new Map<string, ChannelLog>();
  const of = (id: string): ChannelLog => {
    const known = channels.get(id) ?? { messages: new Map(), replies: new Map() };
    channels.set(id, known);
    return known;
  };
  return {
    get: (id, ts) => read(of(id), ts),
    put(id, message) {
      const channel = of(id);
      const ts = text(message, "ts");
      const before = read(channel, ts);
      channel.messages.set(ts, message);
      if (isReply(message)) repliesTo(channel, text(message, "thread_ts")).add(ts);
      return before;
    },
    remove(id, ts) {
      const channel = of(id);
      const before = read(channel, ts);
      channel.messages.delete(ts);
      if (before !== undefined) repliesTo(channel, text(before, "thread_ts")).delete(ts);
      return before;
    },
    channel(id) {
      const channel = of(id);
      const own = [...channel.messages.values()].filter((message) => !isReply(message));
      return own.map((message) => withReplies(channel, message)).sort(byTime);
    },
    thread(id, ts) {
      const channel = of(id);
      const first = read(channel, ts);
      return first === undefined ? [] : [first, ...readReplies(channel, ts)];
    },
  };
}

function isReply(message: Json): boolean {
  const thread = text(message, "thread_ts");
  return thread !== "" && thread !== text(message, "ts");
}

function read(channel: ChannelLog, ts: string): Json | undefined {
  const message = channel.messages.get(ts);
  return message === undefined ? undefined : withReplies(channel, message);
}

function repliesTo(channel: ChannelLog, ts: string): Set<string> {
  const known = channel.replies.get(ts) ?? new Set<string>();
  channel.replies.set(ts, known);
  return known;
}

function readReplies(channel: ChannelLog, ts: string): Json[] {
  const found = [...(channel.replies.get(ts) ?? [])].map((each) => channel.messages.get(each));
  return found.filter((message) => message !== undefined).sort(byTime);
}

/** Timestamps of one sandbox have equal length, so their text order is their order in time. */
function byTime(one: Json, other: Json): number {
  return text(one, "ts") < text(other, "ts") ? -1 : 1;
}

function withReplies(channel: ChannelLog, message: Json): Json {
  const { reply_count: _count, reply_users: _users, ...rest } = message;
  const replies = isReply(message) ? [] : readReplies(channel, text(message, "ts"));
  const last = replies.at(-1);
  if (last === undefined) return rest;
  const users = [...new Set(replies.map((reply) => text(reply, "user")))];
  return {
    ...rest,
    thread_ts: text(message, "ts"),
    reply_count: replies.length,
    reply_users: users,
    reply_users_count: users.length,
    latest_reply: text(last, "ts"),
  };
}
