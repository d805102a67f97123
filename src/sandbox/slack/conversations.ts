/**
 * Notice something in the workspace: through the emulator, into the log, onto the page, and sent to
 * the bot as an event if the bot is a member there.
 */

import { checkMessage } from "./check-payload.ts";
import { decorateBlocks } from "./decorate.ts";
import type { Ephemerals } from "./ephemerals.ts";
import type { Events } from "./events.ts";
import type { Feed } from "./feed.ts";
import { type Json, text } from "./json.ts";
import type { MessageLog } from "./message-log.ts";
import { sharedLinks } from "./shared-links.ts";
import { type MethodAnswer, refuse } from "./view-methods.ts";
import type { Workspace } from "./workspace.ts";

interface ConversationsOptions {
  readonly workspace: Workspace;
  readonly log: MessageLog;
  readonly ephemerals: Ephemerals;
  readonly feed: Feed;
  readonly events: Events;
  /** Of links in these the bot hears. */
  readonly unfurlDomains: readonly string[];
}

export class Conversations {
  readonly #options: ConversationsOptions;

  constructor(options: ConversationsOptions) {
    this.#options = options;
  }

  /** chat.postMessage as the owner of the token. */
  async post(body: Json, token: string): Promise<MethodAnswer> {
    const refusal = checkMessage(body);
    if (refusal !== undefined) return refuse(refusal.error, refusal.messages);
    const { workspace, log, feed } = this.#options;
    const signed = { ...decorated(body), ...this.#authorOf(token) };
    const answer = await workspace.call("chat.postMessage", signed, token);
    if (answer["ok"] !== true) return answer;
    const channel = text(answer, "channel");
    const message = this.#asSlackStoresIt(answer);
    log.put(channel, message);
    feed.publish({ type: "message", channel, message });
    this.#tellThread(channel, message);
    this.#sendEvent(channel, { ...message, event_ts: text(message, "ts") });
    this.#tellMention(channel, message);
    this.#tellLinks(channel, message);
    return { ...answer, message };
  }

  /** chat.update as the owner of the token. */
  async update(body: Json, token: string): Promise<MethodAnswer> {
    const refusal = checkMessage(body);
    if (refusal !== undefined) return refuse(refusal.error, refusal.messages);
    const answer = await this.#options.workspace.call("chat.update", decorated(body), token);
    if (answer["ok"] !== true) return answer;
    return { ...answer, message: this.#changed(text(answer, "channel"), answer) };
  }

  /** chat.delete as the owner of the token. */
  async remove(body: Json, token: string): Promise<MethodAnswer> {
    const { workspace, log, feed } = this.#options;
    const answer = await workspace.call("chat.delete", body, token);
    if (answer["ok"] !== true) return answer;
    const [channel, ts] = [text(answer, "channel"), text(answer, "ts")];
    const previous = log.remove(channel, ts);
    feed.publish({ type: "message_deleted", channel, ts });
    if (previous !== undefined) this.#tellThread(channel, previous);
    this.#sendEvent(channel, {
      type: "message",
      subtype: "message_deleted",
      hidden: true,
      deleted_ts: ts,
      ts,
      event_ts: ts,
      previous_message: previous,
    });
    return answer;
  }

  /** chat.postEphemeral as the owner of the token; only `body.user` will ever see it. */
  async postEphemeral(body: Json, token: string): Promise<MethodAnswer> {
    const refusal = checkMessage(body);
    if (refusal !== undefined) return refuse(refusal.error, refusal.messages);
    const { workspace, ephemerals } = this.#options;
    const complete = decorated(body);
    const answer = await workspace.call("chat.postEphemeral", complete, token);
    if (answer["ok"] !== true) return answer;
    const { user, channel, token: _, ...content } = complete;
    ephemerals.put(String(user), String(channel), {
      type: "message",
      ...content,
      ...this.#authorOf(token),
      user: workspace.bot.userId,
      ts: text(answer, "message_ts"),
    });
    return answer;
  }

  /** New content for a message that is still being written: no edit, and no event. */
  redraw(channel: string, ts: string, content: Json): void {
    const before = this.#options.log.get(channel, ts);
    if (before !== undefined) this.#show(channel, { ...before, ...decorated(content) });
  }

  /** Takes a message again from the emulator, after a reaction or another change made there. */
  async refresh(channel: string, ts: string): Promise<void> {
    const { workspace } = this.#options;
    const answer = await workspace.call(
      "conversations.replies",
      { channel, ts },
      workspace.bot.token,
    );
    const found = Array.isArray(answer["messages"])
      ? answer["messages"].find((message) => text(message, "ts") === ts)
      : undefined;
    if (found !== undefined) this.#show(channel, this.#asSlackStoresIt({ message: found }));
  }

  #changed(channel: string, answer: Json): Json {
    const message = this.#asSlackStoresIt(answer);
    const previous = this.#show(channel, message);
    const ts = text(message["edited"], "ts") || text(message, "ts");
    this.#sendEvent(channel, {
      type: "message",
      subtype: "message_changed",
      hidden: true,
      ts,
      event_ts: ts,
      message,
      previous_message: previous,
    });
    return message;
  }

  #show(channel: string, message: Json): Json | undefined {
    const { log, feed } = this.#options;
    const previous = log.put(channel, message);
    const current = log.get(channel, text(message, "ts")) ?? message;
    feed.publish({ type: "message_changed", channel, message: current });
    return previous;
  }

  /** The page shows the number of replies at the first message of the thread. */
  #tellThread(channel: string, message: Json): void {
    const { log, feed } = this.#options;
    const thread = text(message, "thread_ts");
    const first = thread === "" ? undefined : log.get(channel, thread);
    if (first === undefined || thread === text(message, "ts")) return;
    feed.publish({ type: "message_changed", channel, message: first });
  }

  #sendEvent(channel: string, event: Json): void {
    const { workspace, events } = this.#options;
    if (!workspace.hasBot(channel)) return;
    const channelType = channel.startsWith("D") ? "im" : "channel";
    events.send({ ...event, channel, channel_type: channelType });
  }

  /** In a direct message there is no app_mention: the message itself comes anyway. */
  #tellMention(channel: string, message: Json): void {
    const { workspace, events } = this.#options;
    const { bot } = workspace;
    const mentioned = text(message, "text").includes(`<@${bot.userId}>`);
    const own = text(message, "bot_id") === bot.botId;
    if (!mentioned || own || channel.startsWith("D") || !workspace.hasBot(channel)) return;
    events.send({ ...message, type: "app_mention", channel, event_ts: text(message, "ts") });
  }

  /** Wherever it was written, but never of what the app wrote itself. */
  #tellLinks(channel: string, message: Json): void {
    const { workspace, events, unfurlDomains } = this.#options;
    const links = sharedLinks(message, unfurlDomains);
    if (links.length === 0 || text(message, "bot_id") !== "") return;
    const [ts, thread] = [text(message, "ts"), text(message, "thread_ts")];
    events.send({
      type: "link_shared",
      user: text(message, "user"),
      channel,
      is_bot_user_member: workspace.hasBot(channel),
      message_ts: ts,
      ...(thread === "" ? {} : { thread_ts: thread }),
      unfurl_id: `${channel}.${ts}`,
      source: "conversations_history",
      links,
      event_ts: ts,
    });
  }

  #authorOf(token: string): Json {
    const { bot, alertmanager } = this.#options.workspace;
    const app = [bot, alertmanager].find((each) => each.token === token);
    return app === undefined ? {} : { bot_id: app.botId, app_id: app.appId };
  }

  /** The emulator leaves out the team, and calls a foreign app's post by no subtype. */
  #asSlackStoresIt(answer: Json): Json {
    const { team, alertmanager } = this.#options.workspace;
    const message = answer["message"];
    const stored = typeof message === "object" && message !== null ? { ...message } : {};
    const foreign = text(stored, "bot_id") === alertmanager.botId;
    return { team: team.id, ...stored, ...(foreign ? { subtype: "bot_message" } : {}) };
  }
}

function decorated(body: Json): Json {
  const blocks = body["blocks"];
  return Array.isArray(blocks) ? { ...body, blocks: decorateBlocks(blocks) } : body;
}
