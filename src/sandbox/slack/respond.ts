/**
 * A message that answers a command or a click: from the acknowledgement itself or over a response
 * URL, with Slack's own rules for who sees it and what it takes the place of.
 */

import { checkMessage } from "./check-payload.ts";
import type { Conversations } from "./conversations.ts";
import { decorateBlocks } from "./decorate.ts";
import type { Ephemerals } from "./ephemerals.ts";
import { flag, type Json, text } from "./json.ts";
import type { Occasion } from "./response-urls.ts";
import { type MethodAnswer, refuse } from "./view-methods.ts";
import type { Workspace } from "./workspace.ts";

interface RespondOptions {
  readonly workspace: Workspace;
  readonly conversations: Conversations;
  readonly ephemerals: Ephemerals;
}

export type Respond = (occasion: Occasion, body: Json) => Promise<MethodAnswer>;

/**
 * A function that does what one answer asks: says, replaces or deletes. Its answer is a Web API method's,
 * refusals included.
 */
export function createRespond(options: RespondOptions): Respond {
  return async (occasion, body) => {
    const { source } = occasion;
    if (source !== undefined && flag(body, "delete_original")) return remove(options, occasion);
    if (source !== undefined && flag(body, "replace_original")) {
      return replace(options, occasion, body);
    }
    return say(options, occasion, body);
  };
}

/** Without `response_type: "in_channel"` only the person who asked sees the answer. */
function say({ workspace, conversations }: RespondOptions, occasion: Occasion, body: Json) {
  const { user, channel } = occasion;
  const message = { ...content(body), channel };
  return text(body, "response_type") === "in_channel"
    ? conversations.post(message, workspace.bot.token)
    : conversations.postEphemeral({ ...message, user }, workspace.bot.token);
}

async function replace(
  options: RespondOptions,
  occasion: Occasion,
  body: Json,
): Promise<MethodAnswer> {
  const { user, channel, source } = occasion;
  const ts = source?.ts ?? "";
  if (source?.ephemeral !== true) {
    const message = { ...content(body), channel, ts };
    return options.conversations.update(message, options.workspace.bot.token);
  }
  const refusal = checkMessage(body);
  if (refusal !== undefined) return refuse(refusal.error, refusal.messages);
  const before = options.ephemerals.get(user, ts)?.message;
  if (before === undefined) return refuse("message_not_found");
  const { blocks: _, attachments: __, text: ___, ...kept } = before;
  const next = content(body)["blocks"];
  options.ephemerals.put(user, channel, {
    ...kept,
    ...content(body),
    ...(Array.isArray(next) ? { blocks: decorateBlocks(next) } : {}),
  });
  return { ok: true };
}

async function remove(
  options: RespondOptions,
  { user, channel, source }: Occasion,
): Promise<MethodAnswer> {
  const ts = source?.ts ?? "";
  if (source?.ephemeral !== true) {
    return options.conversations.remove({ channel, ts }, options.workspace.bot.token);
  }
  options.ephemerals.remove(user, ts);
  return { ok: true };
}

function content(body: Json): Json {
  const names = ["text", "blocks", "attachments", "thread_ts", "metadata"];
  return Object.fromEntries(names.filter((name) => name in body).map((name) => [name, body[name]]));
}
