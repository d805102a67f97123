/**
 * What Slack offers to agents: a status while they work, prompts to begin with, and answers that
 * grow while they are written (chat.startStream, appendStream, stopStream).
 */

import type { Conversations } from "./conversations.ts";
import type { Feed } from "./feed.ts";
import { type Json, objects, text } from "./json.ts";
import { type Method, type MethodAnswer, refuse } from "./view-methods.ts";
import type { InstalledApp } from "./workspace.ts";

interface AgentMethodsOptions {
  readonly conversations: Conversations;
  readonly feed: Feed;
  readonly bot: Pick<InstalledApp, "token">;
}

/** Characters that one call may add; slack-platform, Streaming. */
const CHUNK_LIMIT = 12_000;

/** Prompts that Slack shows at most; docs.slack.dev, assistant.threads.setSuggestedPrompts. */
const MAX_PROMPTS = 4;

interface Stream {
  readonly written: string;
  readonly tasks: readonly Json[];
}

/**
 * The Web API's methods for agents, by name. An answer grows from its start to its stop: another `ts` is
 * refused as `message_not_in_streaming_state`.
 */
export function createAgentMethods({
  conversations,
  feed,
  bot,
}: AgentMethodsOptions): Record<string, Method> {
  const streams = new Map<string, Stream>();
  const write = (body: Json, ts: string): MethodAnswer => {
    const key = `${text(body, "channel")} ${ts}`;
    const stream = streams.get(key);
    if (stream === undefined) return refuse("message_not_in_streaming_state");
    const next = grown(stream, body);
    if (next.written.length - stream.written.length > CHUNK_LIMIT) return refuse("msg_too_long");
    streams.set(key, next);
    const shown = objects(body, "chunks").flatMap((chunk) => objects(chunk, "blocks"));
    const blocks = [...shown, ...objects(body, "blocks")];
    conversations.redraw(text(body, "channel"), ts, contentOf(next, blocks));
    return { ok: true, channel: text(body, "channel"), ts };
  };
  return {
    "chat.startStream": async (body) => {
      if (text(body, "thread_ts") === "") return refuse("invalid_thread_ts");
      const { channel, thread_ts } = body;
      const posted = await conversations.post({ channel, thread_ts, text: " " }, bot.token);
      if (posted["ok"] !== true) return posted;
      streams.set(`${text(body, "channel")} ${text(posted, "ts")}`, { written: "", tasks: [] });
      return write(body, text(posted, "ts"));
    },
    "chat.appendStream": (body) => write(body, text(body, "ts")),
    "chat.stopStream": (body) => {
      const answer = write(body, text(body, "ts"));
      streams.delete(`${text(body, "channel")} ${text(body, "ts")}`);
      return answer;
    },
    "assistant.threads.setStatus": (body) => {
      const [channel, threadTs] = [text(body, "channel_id"), text(body, "thread_ts")];
      feed.publish({ type: "status", channel, threadTs, status: text(body, "status") });
      return { ok: true };
    },
    "assistant.threads.setSuggestedPrompts": (body) => {
      const prompts = objects(body, "prompts");
      if (prompts.length > MAX_PROMPTS) return refuse("too_many_prompts");
      const [channel, title] = [text(body, "channel_id"), text(body, "title")];
      feed.publish({ type: "prompts", channel, title, prompts });
      return { ok: true };
    },
    "assistant.threads.setTitle": () => ({ ok: true }),
  };
}

function grown(stream: Stream, body: Json): Stream {
  const chunks = objects(body, "chunks");
  const ofType = (type: string) => chunks.filter((chunk) => text(chunk, "type") === type);
  const added = ofType("markdown_text").map((chunk) => text(chunk, "text"));
  return {
    written: stream.written + text(body, "markdown_text") + added.join(""),
    tasks: ofType("task_update").reduce(withTask, stream.tasks),
  };
}

/** A task that is sent again takes its earlier place. */
function withTask(tasks: readonly Json[], update: Json): readonly Json[] {
  const id = text(update, "id");
  const { id: _, ...fields } = update;
  const shown = { ...fields, ...asRichText(fields), type: "task_card", task_id: id };
  const known = tasks.some((each) => text(each, "task_id") === id);
  return known
    ? tasks.map((each) => (text(each, "task_id") === id ? { ...each, ...shown } : each))
    : [...tasks, shown];
}

/** In chunks the details are words, in the block that shows them rich text. */
function asRichText(task: Json): Json {
  const names = ["details", "output"].filter((name) => typeof task[name] === "string");
  return Object.fromEntries(
    names.map((name) => {
      const section = {
        type: "rich_text_section",
        elements: [{ type: "text", text: text(task, name) }],
      };
      return [name, { type: "rich_text", elements: [section] }];
    }),
  );
}

function contentOf({ written, tasks }: Stream, blocks: readonly Json[]): Json {
  const markdown = written === "" ? [] : [{ type: "markdown", text: written }];
  return { text: written, blocks: [...tasks, ...markdown, ...blocks] };
}
