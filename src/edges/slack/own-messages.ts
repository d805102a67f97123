/** Finds the bot's own messages in Slack's history, by the key in their metadata. */

import type { WebClient } from "@slack/web-api";
import type { FoundMessage, MessagePlace } from "../../features/delivery/messenger.ts";
import type { SlackClock } from "./slack-client.ts";

/** Message metadata in which a post carries its key, so that it can be found again. */
export const METADATA_TYPE = "streamline_incident_bot";

/**
 * The span begins so much earlier than asked for: our clock may have been set meanwhile, and
 * Slack's second is ours only roughly.
 */
const MARGIN_MS = 10 * 60_000;
/** What Slack serves at most (docs.slack.dev, conversations.history); it may be less. */
const PAGE = 200;
/** More pages than this are not read at once: at Slack's pace they take over a minute. */
const MOST_PAGES = 60;

interface Source {
  readonly client: WebClient;
  readonly slackClock: SlackClock;
}

interface HistoryMessage {
  readonly ts?: string;
  readonly reply_count?: number;
}

/**
 * Reads until a page is empty. That Slack names no next page proves nothing when it served fewer
 * messages than asked for, as it does some apps: what is older is then asked for by time. Throws
 * when Slack does not answer, or has more than anybody can read.
 */
export async function ownMessages(
  { client, slackClock }: Source,
  place: MessagePlace,
  sinceMs: number,
): Promise<FoundMessage[]> {
  const oldest = (Math.min(slackClock.of(sinceMs), slackClock.now()) - MARGIN_MS) / 1_000;
  const channel = await conversationOf(client, place.channel);
  const read = place.threadTs === undefined ? readChannel : readThread(place.threadTs);
  const found = new Map<string, FoundMessage>();
  const seen = new Set<string>();
  let next: Next = {};
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { messages = [], response_metadata: metadata } = await read(client, {
      channel,
      oldest: String(oldest),
      include_all_metadata: true,
      limit: PAGE,
      ...next,
    });
    const fresh = messages.filter(({ ts = "" }) => !seen.has(ts));
    if (fresh.length === 0) return [...found.values()];
    for (const message of fresh) {
      seen.add(message.ts ?? "");
      note(found, message);
    }
    const cursor = metadata?.next_cursor;
    next = cursor ? { cursor } : read.beyond([...seen]);
  }
  throw new Error(`the history of ${place.channel} is longer than ${MOST_PAGES} pages`);
}

/** Where the next page begins. */
interface Next {
  readonly cursor?: string;
  readonly latest?: string;
  readonly oldest?: string;
}

interface Request extends Next {
  readonly channel: string;
  readonly oldest: string;
  readonly include_all_metadata: boolean;
  readonly limit: number;
}

interface HistoryPage {
  readonly messages?: readonly HistoryMessage[];
  readonly response_metadata?: { readonly next_cursor?: string };
}

interface Reader {
  (client: WebClient, request: Request): Promise<HistoryPage>;
  /** What lies beyond all that was seen. */
  beyond(seen: readonly string[]): Next;
}

/** A channel's history comes newest first. */
const readChannel: Reader = Object.assign(
  (client: WebClient, request: Request): Promise<HistoryPage> =>
    client.conversations.history(request),
  { beyond: (seen: readonly string[]) => ({ latest: inOrder(seen)[0] ?? "" }) },
);

/** A thread comes oldest first, and its parent with every page. */
function readThread(ts: string): Reader {
  return Object.assign(
    (client: WebClient, request: Request): Promise<HistoryPage> =>
      client.conversations.replies({ ...request, ts }),
    { beyond: (seen: readonly string[]) => ({ oldest: inOrder(seen).at(-1) ?? "" }) },
  );
}

function inOrder(times: readonly string[]): string[] {
  return times.toSorted((a, b) => Number(a) - Number(b));
}

/** A message can be posted to a person, but is found only in the conversation with them. */
async function conversationOf(client: WebClient, channel: string): Promise<string> {
  if (!/^[UW]/.test(channel)) return channel;
  const { channel: opened } = await client.conversations.open({ users: channel });
  return opened?.id ?? channel;
}

/** Messages of ours by their key; other apps have metadata of their own. */
function note(found: Map<string, FoundMessage>, message: HistoryMessage): void {
  const { metadata } = message as {
    metadata?: { event_type?: unknown; event_payload?: { key?: unknown } };
  };
  const key = metadata?.event_type === METADATA_TYPE ? metadata.event_payload?.key : undefined;
  const { ts, reply_count: replies = 0 } = message;
  if (typeof key === "string" && ts !== undefined) found.set(ts, { key, ts, replies });
}
