/** What the fake Slack knows: channels' messages, its limits, and the journal of all calls. */

import type { Journal, JournalCall, JournalMessage, WrittenMessage } from "./fault.ts";

type Fields = Readonly<Record<string, string>>;
type Answer = Record<string, unknown>;

/** Slack's limits (docs.slack.dev, "Rate limits"): one post a second and channel, with short bursts. */
const POST_BURST = 6;
/** Tier 3: so many calls a minute of one method. */
const TIER_3 = 60;
const MINUTE_MS = 60_000;

/** What others wrote stands among the bot's messages, and is none of the journal's. */
type Mutable = { readonly written?: WrittenMessage } & {
  -readonly [K in keyof JournalMessage]: JournalMessage[K];
};

export interface SlackModel {
  historyLagMs: number;
  historyMost: number;
  /** Seconds to wait when the limits say so; 0 when the call may go on. */
  limit(method: string, fields: Fields): number;
  /** Does what the method does, and returns Slack's answer. */
  perform(method: string, fields: Fields): Answer;
  write(message: WrittenMessage): void;
  note(call: JournalCall): void;
  responded(id: string): void;
  journal(): Journal;
}

export function createSlackModel(now: () => number): SlackModel {
  const messages: Mutable[] = [];
  const calls: JournalCall[] = [];
  const responses: { at: number; id: string }[] = [];
  const buckets = new Map<string, number>();
  const minutes = new Map<string, number[]>();
  let last = 0;
  const newTs = (): string => {
    last = Math.max(last + 1, Math.floor(now() * 1_000));
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, "0")}`;
  };
  const bucketWait = (channel: string): number => {
    const fullAt = Math.max(buckets.get(channel) ?? 0, now());
    if (fullAt - now() > (POST_BURST - 1) * 1_000) return 1;
    buckets.set(channel, fullAt + 1_000);
    return 0;
  };
  const minuteWait = (method: string): number => {
    const recent = (minutes.get(method) ?? []).filter((at) => now() - at < MINUTE_MS);
    if (recent.length >= TIER_3) return Math.ceil((MINUTE_MS - (now() - (recent[0] ?? 0))) / 1_000);
    minutes.set(method, [...recent, now()]);
    return 0;
  };
  const shownIn = (fields: Fields) => ({
    at: now(),
    shown: `${fields["text"] ?? ""} ${fields["blocks"] ?? ""} ${fields["attachments"] ?? ""}`,
  });
  const found = (fields: Fields): Mutable | undefined =>
    messages.find(
      ({ channel, ts, deletedAt }) =>
        channel === fields["channel"] && ts === fields["ts"] && deletedAt === undefined,
    );
  const model: SlackModel = {
    historyLagMs: 0,
    historyMost: 1_000,
    limit(method, fields) {
      if (method === "chat.postMessage") return bucketWait(fields["channel"] ?? "");
      return ["chat.update", "chat.delete", "conversations.history"].includes(method)
        ? minuteWait(method)
        : 0;
    },
    perform(method, fields) {
      switch (method) {
        case "auth.test":
          return { ok: true, url: "https://chaos.slack.com/", user_id: "UBOT", bot_id: "BBOT" };
        case "conversations.open":
          return { ok: true, channel: { id: `D${fields["users"] ?? ""}` } };
        case "chat.postMessage": {
          const message = messageOf(fields, newTs(), shownIn(fields));
          messages.push(message);
          return { ok: true, channel: message.channel, ts: message.ts };
        }
        case "chat.update": {
          const message = found(fields);
          if (message === undefined) return { ok: false, error: "message_not_found" };
          message.versions = [...message.versions, shownIn(fields)];
          return { ok: true, channel: message.channel, ts: message.ts };
        }
        case "chat.delete": {
          const message = found(fields);
          if (message === undefined) return { ok: false, error: "message_not_found" };
          message.deletedAt = now();
          return { ok: true };
        }
        case "conversations.history":
        case "conversations.replies":
          return page(messages, fields, {
            before: now() - model.historyLagMs,
            most: model.historyMost,
          });
        default:
          return { ok: true };
      }
    },
    write(written) {
      const { channel, ts, text: shown } = written;
      const rest = { threadTs: undefined, key: "", notice: "", deletedAt: undefined };
      messages.push({ channel, ts, ...rest, versions: [{ at: now(), shown }], written });
    },
    note: (call) => void calls.push(call),
    responded: (id) => void responses.push({ at: now(), id }),
    journal: () => ({
      messages: messages.filter(({ written }) => written === undefined),
      calls,
      responses,
    }),
  };
  return model;
}

function messageOf(fields: Fields, ts: string, version: { at: number; shown: string }): Mutable {
  const metadata = JSON.parse(fields["metadata"] ?? "{}") as {
    event_payload?: { key?: string; notice?: string };
  };
  return {
    channel: fields["channel"] ?? "",
    ts,
    threadTs: fields["thread_ts"],
    key: metadata.event_payload?.key ?? "",
    notice: metadata.event_payload?.notice ?? "",
    versions: [version],
    deletedAt: undefined,
  };
}

interface Shown {
  readonly before: number;
  readonly most: number;
}

/** Newest first as conversations.history does, oldest first as conversations.replies does. */
function page(messages: readonly Mutable[], fields: Fields, { before, most }: Shown): Answer {
  const { ts: parent } = fields;
  const among = messages
    .filter(
      (message) =>
        message.channel === fields["channel"] &&
        message.deletedAt === undefined &&
        Number(message.ts) * 1_000 <= before &&
        (parent === undefined
          ? message.threadTs === undefined
          : message.ts === parent || message.threadTs === parent) &&
        Number(message.ts) >= Number(fields["oldest"] ?? 0) &&
        Number(message.ts) < Number(fields["latest"] ?? Number.POSITIVE_INFINITY),
    )
    .toSorted((a, b) => Number(a.ts) - Number(b.ts));
  const ordered = parent === undefined ? among.toReversed() : among;
  const from = Number(fields["cursor"] ?? 0);
  const to = from + Math.min(most, Number(fields["limit"] ?? 100));
  const hasMore = to < ordered.length;
  const isAnswered = (ts: string): boolean => messages.some(({ threadTs }) => threadTs === ts);
  return {
    ok: true,
    messages: ordered.slice(from, to).map((message) => shownMessage(message, isAnswered)),
    has_more: hasMore,
    ...(hasMore ? { response_metadata: { next_cursor: String(to) } } : {}),
  };
}

function shownMessage(
  { ts, threadTs, key, notice, versions, written }: Mutable,
  isAnswered: (ts: string) => boolean,
): Answer {
  if (written !== undefined) {
    const { text, user, botId, attachments } = written;
    return {
      type: "message",
      ts,
      text,
      ...(user === undefined ? {} : { user }),
      ...(botId === undefined ? {} : { subtype: "bot_message", bot_id: botId }),
      ...(attachments === undefined ? {} : { attachments }),
      ...(isAnswered(ts) ? { reply_users: ["UBOT"] } : {}),
    };
  }
  return {
    type: "message",
    ts,
    bot_id: "BBOT",
    text: versions.at(-1)?.shown ?? "",
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    ...(key === ""
      ? {}
      : { metadata: { event_type: "streamline_incident_bot", event_payload: { key, notice } } }),
  };
}
