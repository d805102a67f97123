/** The world as the flows see it, held in hand: a clock that is set, a Slack that fails as told. */

import { setImmediate as turn } from "node:timers/promises";
import type { DeliveryMeter } from "../../src/features/delivery/delivery-ports.ts";
import type { Messenger, Post, PostOutcome } from "../../src/features/delivery/messenger.ts";
import type { AlertMeter } from "../../src/features/incidents/incident-ports.ts";
import type { SearchMeter } from "../../src/features/search/learning-ports.ts";
import type { PersonKind } from "../../src/features/shared/decide.ts";
import type { Permission, SlackDirectory } from "../../src/features/shared/permission.ts";
import type { AnswerMeter, Clock, Log, MonotonicClock } from "../../src/features/shared/ports.ts";

export interface VirtualClock extends MonotonicClock {
  /** Lets time pass, waking every sleeper on its way, and everything run that follows. */
  advance(ms: number): Promise<void>;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

export function createClock(start: number): VirtualClock {
  let now = start;
  const sleepers = new Set<Sleeper>();
  const next = (): Sleeper | undefined => [...sleepers].toSorted((a, b) => a.at - b.at)[0];
  return {
    now: () => now,
    elapsed: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper: Sleeper = {
          at: now + ms,
          wake: () => {
            sleepers.delete(sleeper);
            // A signal looks through all its listeners for each that is added.
            signal?.removeEventListener("abort", sleeper.wake);
            resolve();
          },
        };
        if (signal?.aborted === true) return resolve();
        signal?.addEventListener("abort", sleeper.wake);
        sleepers.add(sleeper);
      }),
    async advance(ms) {
      const until = now + ms;
      await quiet();
      for (let first = next(); first !== undefined && first.at <= until; first = next()) {
        now = Math.max(now, first.at);
        first.wake();
        await quiet();
      }
      now = until;
      await quiet();
    },
  };
}

/** Turns of the event loop within which a row is taken, said and settled in an SQLite in memory. */
const TURNS = 60;

/** Lets everything run that waits for nothing but its turn. */
async function quiet(): Promise<void> {
  for (let count = 0; count < TURNS; count += 1) await turn();
}

interface SlackMessage {
  readonly channel: string;
  readonly ts: string;
  readonly key: string | undefined;
  readonly threadTs: string | undefined;
  readonly broadcast: boolean;
  readonly text: string;
  readonly edits: number;
}

/** What the next call does instead of what it should; `lost` is done without an answer. */
type Trouble = Exclude<PostOutcome, { kind: "posted" }> | { readonly kind: "lost" };

export interface FakeSlack extends Messenger {
  readonly messages: readonly SlackMessage[];
  /** All calls as "post KEY", "update KEY" or "ours CHANNEL", each with its time. */
  readonly calls: readonly { readonly call: string; readonly at: number }[];
  /** Troubles for the next calls, used up one by one; only for a channel, if one is named. */
  trouble(
    call: "post" | "update" | "ours" | "reach",
    troubles: readonly Trouble[],
    channel?: string,
  ): void;
  /** Holds every post until it is released. */
  holdPosts(): () => void;
  /** Another app's post is there. */
  postOfOther(post: {
    readonly channel: string;
    readonly ts: string;
    readonly threadTs: string | undefined;
  }): void;
  /** Somebody deletes it in Slack. */
  erase(ts: string): void;
  thread(ts: string): SlackMessage[];
}

interface Planned {
  readonly call: string;
  readonly channel: string | undefined;
  readonly trouble: Trouble;
}

export function createSlack(clock: Pick<Clock, "now">): FakeSlack {
  let messages: SlackMessage[] = [];
  let planned: Planned[] = [];
  let held: Promise<void> | undefined;
  const calls: { call: string; at: number }[] = [];
  let lastTs = 0;

  const note = (call: string, key: string | undefined): void => {
    calls.push({ call: `${call} ${key}`, at: clock.now() });
  };
  const take = (call: string, channel: string): Trouble | undefined => {
    const met = planned.find(
      (each) => each.call === call && (each.channel === undefined || each.channel === channel),
    );
    planned = planned.filter((each) => each !== met);
    return met?.trouble;
  };
  const put = (post: Post): string => {
    lastTs += 1;
    const ts = String(lastTs);
    const { channel, key, threadTs, broadcast = false, message } = post;
    const { text } = message;
    messages = [...messages, { channel, key, ts, threadTs, broadcast, text, edits: 0 }];
    return ts;
  };
  const answer = (trouble: Trouble | undefined, act: () => PostOutcome): PostOutcome => {
    if (trouble === undefined) return act();
    if (trouble.kind !== "lost") return trouble;
    act();
    return { kind: "unknown", error: "no answer" };
  };
  return {
    get messages() {
      return messages;
    },
    calls,
    trouble(call, troubles, channel) {
      planned.push(...troubles.map((trouble) => ({ call, channel, trouble })));
    },
    holdPosts() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    postOfOther({ channel, ts, threadTs }) {
      const other = { key: undefined, broadcast: false, text: "", edits: 0 };
      messages = [...messages, { channel, ts, threadTs, ...other }];
    },
    erase(ts) {
      messages = messages.filter((message) => message.ts !== ts);
    },
    thread: (ts) => messages.filter((message) => message.threadTs === ts),
    async post(post) {
      note("post", post.key);
      await held;
      const isOrphan =
        post.threadTs !== undefined && !messages.some(({ ts }) => ts === post.threadTs);
      if (isOrphan) return { kind: "gone", error: "thread_not_found" };
      return answer(take("post", post.channel), () => ({ kind: "posted", ts: put(post) }));
    },
    async update(post) {
      note("update", post.key);
      return answer(take("update", post.channel), () => {
        const found = messages.find(({ ts }) => ts === post.ts);
        if (found === undefined) return { kind: "gone", error: "message_not_found" };
        const edited = { ...found, text: post.message.text, edits: found.edits + 1 };
        messages = messages.map((each) => (each === found ? edited : each));
        return { kind: "posted", ts: post.ts };
      });
    },
    async ours({ channel, threadTs }) {
      note("ours", channel);
      const trouble = take("ours", channel);
      if (trouble !== undefined) throw new Error(trouble.kind);
      return messages
        .filter((each) => each.channel === channel && each.threadTs === threadTs)
        .flatMap(({ key, ts }) => (key === undefined ? [] : [{ key, ts, replies: 0 }]));
    },
    async remove({ ts }) {
      note("remove", ts);
      messages = messages.filter((message) => message.ts !== ts);
      return { kind: "posted", ts };
    },
    async reach() {
      note("reach", undefined);
      return answer(take("reach", ""), () => ({ kind: "posted", ts: "reached" }));
    },
  };
}

export interface FakeLog extends Log {
  /** Each line as "level: message". */
  readonly lines: readonly string[];
  readonly fields: readonly object[];
}

export function createLog(): FakeLog {
  const lines: string[] = [];
  const fields: object[] = [];
  const at = (level: string) => (data: object, message: string) => {
    lines.push(`${level}: ${message}`);
    fields.push(data);
  };
  return {
    lines,
    fields,
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
  };
}

export interface FakeMeter extends AlertMeter, AnswerMeter, DeliveryMeter, SearchMeter {
  /** Each count as its words: "webhook opened", "post posted". */
  readonly counts: string[];
}

export function createMeter(): FakeMeter {
  const counts: string[] = [];
  return {
    counts,
    webhook: (outcome) => void counts.push(`webhook ${outcome}`),
    alerts: (status, count) => void counts.push(`alerts ${status} ${count}`),
    post: (outcome) => void counts.push(`post ${outcome}`),
    answered: (kind) => void counts.push(`answered ${kind}`),
    external: (outcome) => void counts.push(`heard ${outcome}`),
    searched: (found) => void counts.push(`searched ${found}`),
  };
}

/** A Slack in which everybody is a full member and every channel is public, but those named here. */
export function directoryOf({
  kinds = {},
  members = {},
  shared = [],
}: {
  readonly kinds?: Readonly<Record<string, PersonKind>>;
  /** Members of private channels. */
  readonly members?: Readonly<Record<string, readonly string[]>>;
  /** Channels with members of other organizations. */
  readonly shared?: readonly string[];
} = {}): SlackDirectory {
  return {
    kindOf: async (user) => kinds[user] ?? "member",
    isPublic: async (channel) => members[channel] === undefined,
    isMember: async (channel, user) => members[channel]?.includes(user) ?? false,
    isShared: async (channel) => shared.includes(channel),
  };
}

/** Everybody may see everything. */
export const OPEN: Pick<Permission, "visible" | "targetsFor"> = {
  visible: async (_, all) => [...all],
  targetsFor: (_, targets) => targets,
};
