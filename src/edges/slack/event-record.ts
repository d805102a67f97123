/** A body that Slack sent -> what must be kept of it: questions to the bot, and posts that it watches. */

import type { SlackEventRecord } from "../../features/missed-events/event-inbox.ts";

export interface SeenMessage {
  readonly channel: string;
  readonly ts: string;
  readonly kind: "mention" | "direct" | "channel";
}

type EventFields = Readonly<Record<string, unknown>>;

/** Undefined for what may be lost: clicks and commands, whose person sees that nothing happened. */
export function recordOf(body: object, watched: ReadonlySet<string>): SlackEventRecord | undefined {
  const event = eventIn(body);
  const message = seenIn(body);
  if (event === undefined || message === undefined) return undefined;
  const { channel, ts, kind } = message;
  const text = JSON.stringify(body);
  // By the message and not by the event: what is read from the history later is the same question.
  if (kind !== "channel") return { id: `asked ${channel} ${ts}`, kind, body: text };
  const { event_id: eventId } = body as EventFields;
  const isPost = event["bot_id"] !== undefined || event["subtype"] === "message_changed";
  return isPost && watched.has(channel) && typeof eventId === "string"
    ? { id: eventId, kind: "post", body: text }
    : undefined;
}

/** The message that an event is about; of a direct message, only what a person wrote. */
export function seenIn(body: object): SeenMessage | undefined {
  const event = eventIn(body);
  if (event === undefined) return undefined;
  const { type, channel, ts, subtype, bot_id: botId, channel_type: place } = event;
  if (typeof channel !== "string" || typeof ts !== "string") return undefined;
  if (type === "app_mention") return { channel, ts, kind: "mention" };
  if (type !== "message") return undefined;
  if (place !== "im") return { channel, ts, kind: "channel" };
  return subtype === undefined && botId === undefined ? { channel, ts, kind: "direct" } : undefined;
}

function eventIn(body: object): EventFields | undefined {
  const { type, event } = body as EventFields;
  return type === "event_callback" && typeof event === "object" && event !== null
    ? (event as EventFields)
    : undefined;
}
