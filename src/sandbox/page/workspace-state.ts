/** What the page knows of the workspace, and how each piece of news changes it. Pure. */

import type { FeedItem, Json, PageMessages, PageState } from "../slack/page-protocol.ts";
import { isThreadReply, readMessage, type ShownMessage, str } from "./shown-message.ts";

export interface WorkspaceState {
  readonly page: PageState;
  /** All messages seen so far, replies and ephemeral ones included, by channel and timestamp. */
  readonly messages: Readonly<Record<string, Readonly<Record<string, ShownMessage>>>>;
  /** Channels whose messages have been fetched. */
  readonly loaded: ReadonlySet<string>;
  /** Timestamp of the newest message by channel. */
  readonly latest: Readonly<Record<string, string>>;
  readonly lastRead: Readonly<Record<string, string>>;
  readonly views: readonly Json[];
  readonly home: Json | null;
  readonly isBotConnected: boolean;
  /** What the bot is doing, by channel and thread. */
  readonly statuses: Readonly<Record<string, string>>;
  /** What the bot offers to begin with, by channel. */
  readonly prompts: Readonly<Record<string, ShownPrompts>>;
}

export interface ShownPrompts {
  readonly title: string;
  readonly prompts: readonly Json[];
}

export type News =
  | { readonly type: "page"; readonly page: PageState }
  | { readonly type: "messages"; readonly channel: string; readonly found: PageMessages }
  | { readonly type: "feed"; readonly item: FeedItem }
  | { readonly type: "read"; readonly channel: string }
  | { readonly type: "dismiss"; readonly channel: string; readonly ts: string };

/** Undefined before the first answer of the sandbox. */
export function applyNews(
  state: WorkspaceState | undefined,
  news: News,
): WorkspaceState | undefined {
  if (news.type === "page") return freshState(news.page, state);
  if (state === undefined) return undefined;
  switch (news.type) {
    case "messages":
      return takeMessages(state, news.channel, news.found);
    case "feed":
      return takeFeed(state, news.item);
    case "read":
      return markRead(state, news.channel);
    case "dismiss":
      return without(state, news.channel, news.ts);
  }
}

/** Messages of the channel itself, oldest first. */
export function channelMessages(state: WorkspaceState, channel: string): ShownMessage[] {
  return sorted(state, channel).filter((message) => !isThreadReply(message));
}

/** A thread's first message and its replies, oldest first. */
export function threadMessages(state: WorkspaceState, channel: string, ts: string): ShownMessage[] {
  return sorted(state, channel).filter((each) => each.ts === ts || each.threadTs === ts);
}

/** Whether the channel's latest message is newer than what was read. */
export function isUnread(state: WorkspaceState, channel: string): boolean {
  return (state.latest[channel] ?? "") > (state.lastRead[channel] ?? "");
}

/** Everything is fetched again after a lost connection, except what the person has read. */
function freshState(page: PageState, before: WorkspaceState | undefined): WorkspaceState {
  const same = before?.page.me.id === page.me.id ? before : undefined;
  const latest = Object.fromEntries(page.channels.map(({ id, latest: ts }) => [id, ts]));
  return {
    page,
    messages: {},
    loaded: new Set(),
    latest,
    lastRead: same?.lastRead ?? {},
    views: page.views,
    home: page.home,
    isBotConnected: page.isBotConnected,
    statuses: {},
    prompts: same?.prompts ?? {},
  };
}

function takeMessages(state: WorkspaceState, channel: string, found: PageMessages): WorkspaceState {
  const read = [
    ...found.messages.map((message) => readMessage(message)),
    ...found.ephemerals.map((message) => readMessage(message, true)),
  ];
  const added = Object.fromEntries(read.map((message) => [message.ts, message]));
  return {
    ...state,
    loaded: new Set([...state.loaded, channel]),
    // What the stream brought meanwhile is newer than an answer that was on its way.
    messages: { ...state.messages, [channel]: { ...added, ...state.messages[channel] } },
  };
}

function takeFeed(state: WorkspaceState, item: FeedItem): WorkspaceState {
  switch (item.type) {
    case "message":
      return takeNewMessage(state, item.channel, item.message);
    case "message_changed":
      return withMessage(state, item.channel, { message: readMessage(item.message) });
    case "ephemeral":
      return withMessage(state, item.channel, { message: readMessage(item.message, true) });
    case "message_deleted":
    case "ephemeral_deleted":
      return without(state, item.channel, item.ts);
    case "views":
      return { ...state, views: item.views };
    case "home":
      return { ...state, home: item.view };
    case "status":
      return withStatus(state, `${item.channel} ${item.threadTs}`, item.status);
    case "prompts":
      return { ...state, prompts: { ...state.prompts, [item.channel]: item } };
    case "bot":
      return { ...state, isBotConnected: item.connected };
  }
}

/** What an app says ends what it was said to be doing. */
function takeNewMessage(state: WorkspaceState, channel: string, json: Json): WorkspaceState {
  const message = readMessage(json);
  const shown = withMessage(withLatest(state, channel, json), channel, { message });
  return message.botId === "" ? shown : withStatus(shown, `${channel} ${message.threadTs}`, "");
}

function withStatus(state: WorkspaceState, place: string, status: string): WorkspaceState {
  return { ...state, statuses: { ...state.statuses, [place]: status } };
}

/** Replies do not make a channel unread, as in Slack. */
function withLatest(state: WorkspaceState, channel: string, message: Json): WorkspaceState {
  const ts = str(message["ts"]);
  const thread = str(message["thread_ts"]);
  if (thread !== "" && thread !== ts) return state;
  return { ...state, latest: { ...state.latest, [channel]: ts } };
}

function withMessage(
  state: WorkspaceState,
  channel: string,
  { message }: { readonly message: ShownMessage },
): WorkspaceState {
  const known = { ...state.messages[channel], [message.ts]: message };
  return { ...state, messages: { ...state.messages, [channel]: known } };
}

function without(state: WorkspaceState, channel: string, ts: string): WorkspaceState {
  const { [ts]: _, ...rest } = state.messages[channel] ?? {};
  return { ...state, messages: { ...state.messages, [channel]: rest } };
}

function markRead(state: WorkspaceState, channel: string): WorkspaceState {
  const latest = state.latest[channel] ?? "";
  if (state.lastRead[channel] === latest) return state;
  return { ...state, lastRead: { ...state.lastRead, [channel]: latest } };
}

function sorted(state: WorkspaceState, channel: string): ShownMessage[] {
  return Object.values(state.messages[channel] ?? {}).sort((one, other) =>
    one.ts < other.ts ? -1 : 1,
  );
}
