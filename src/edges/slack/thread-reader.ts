/** What people wrote in a thread, and what they are called. */

import { WebAPIPlatformError, type WebClient } from "@slack/web-api";
import { cut } from "../../block-kit/text.ts";
import type { Talk, ThreadReader } from "../../features/history/timeline.ts";
import { plainWords } from "./message-texts.ts";

/** Pages of a thread that are read, of 100 messages each. */
const PAGES = 5;
/** People whose names are asked; Slack's limit for the call is 100 a minute. */
const MOST_NAMES = 30;

type Reply = NonNullable<
  Awaited<ReturnType<WebClient["conversations"]["replies"]>>["messages"]
>[number];

/** `read` gives the messages, or a sentence why the bot may not read them; it never throws. */
export function createThreadReader(client: WebClient): ThreadReader {
  return {
    async read(channel, threadTs): Promise<Talk> {
      try {
        return {
          kind: "read",
          messages: (await repliesOf(client, channel, threadTs)).flatMap(messageIn),
        };
      } catch (error) {
        return { kind: "refused", error: errorCode(error) };
      }
    },
    async names(ids) {
      const people = ids.filter((id) => /^[UW][A-Z0-9]+$/.test(id)).slice(0, MOST_NAMES);
      const named = await Promise.all(people.map((id) => nameOf(client, id)));
      return new Map(named.flatMap((each) => (each === undefined ? [] : [each])));
    },
  };
}

async function repliesOf(client: WebClient, channel: string, ts: string): Promise<Reply[]> {
  const all: Reply[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const window = { channel, ts, limit: 100 };
    const answer = await client.conversations.replies(
      cursor === undefined ? window : { ...window, cursor },
    );
    all.push(...(answer.messages ?? []));
    cursor = answer.response_metadata?.next_cursor;
    if (!cursor) break;
  }
  return all;
}

/** Only people: what the bot and other apps wrote is in the story already, or is none of it. */
function messageIn({ ts, user, text, bot_id: botId, subtype }: Reply & { subtype?: string }) {
  const words = plainWords(withAddresses(text ?? "")).trim();
  const isPerson = botId === undefined && subtype === undefined;
  if (!isPerson || user === undefined || ts === undefined || words === "") return [];
  return [{ at: Math.round(Number(ts) * 1_000), by: user, text: words }];
}

/** A link with words of its own keeps its address: the story is read outside of Slack. */
function withAddresses(text: string): string {
  return text.replace(/<(https?:[^<>|]+)\|([^<>|]+)>/g, (_, url: string, words: string) =>
    url.replace(/^https?:\/\/|\/$/g, "") === words.replace(/^https?:\/\/|\/$/g, "")
      ? url
      : `${words} (${url})`,
  );
}

/** Undefined when Slack does not tell, as without the scope users:read: the id stands for them. */
async function nameOf(client: WebClient, id: string): Promise<[string, string] | undefined> {
  try {
    const { user } = await client.users.info({ user: id });
    const name = user?.profile?.display_name || user?.real_name || user?.name;
    return name === undefined || name === "" ? undefined : [id, name];
  } catch {
    return undefined;
  }
}

/** Slack's own word for what went wrong, such as missing_scope. */
export function errorCode(error: unknown): string {
  if (error instanceof WebAPIPlatformError) return cut(error.data.error, 100);
  return cut(error instanceof Error ? error.message : String(error), 200);
}
