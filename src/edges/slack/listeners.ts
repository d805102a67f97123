/**
 * What people do in Slack -> the flow that answers.
 *
 * Slack waits three seconds for an acknowledgement (docs.slack.dev), so everything is acknowledged
 * first and answered when the answer is there, however slow a target is.
 */

import { setTimeout as sleep } from "node:timers/promises";
import type { App, RespondFn } from "@slack/bolt";
import type { Logger } from "pino";
import type { AnswerCommand } from "../../flows/answer-command.ts";
import type { Messenger } from "../../flows/ports.ts";
import { fit } from "../../messages/fit.ts";
import type { Message } from "../../messages/message.ts";
import { RUN_COMMAND } from "../../messages/render-answers.ts";
import { SHOW_SECTION } from "../../messages/render-runbook.ts";
import { createSeenEvents } from "./seen-events.ts";

interface Parts {
  readonly answers: AnswerCommand;
  readonly messenger: Messenger;
  readonly log: Logger;
}

export function registerListeners(app: App, parts: Parts): void {
  const { answers, log } = parts;
  const seen = createSeenEvents();

  app.command("/streamline", async ({ command, ack, respond }) => {
    await ack();
    const person = { user: command.user_id, channel: command.channel_id };
    await send(respond, await answers.answer(command.text, person));
  });

  app.action(new RegExp(`^${RUN_COMMAND}`), async ({ action, body, ack, respond }) => {
    await ack();
    if (action.type !== "button") return;
    await send(respond, await answers.answer(action.value ?? "", personOf(body)));
  });

  app.action(new RegExp(`^${SHOW_SECTION}`), async ({ action, ack, respond }) => {
    await ack();
    if (action.type !== "button") return;
    await send(respond, await answers.showSection(action.value ?? ""));
  });

  app.event("app_mention", async ({ event, body }) => {
    if (event.user === undefined || seen(body.event_id)) return;
    const message = await answers.answer(wordsOf(event.text), {
      user: event.user,
      channel: event.channel,
    });
    await reply(parts, { channel: event.channel, threadTs: event.thread_ts ?? event.ts }, message);
  });

  app.event("message", async ({ event, body }) => {
    // Only people who write to the bot: no edits, no other bots, no channel talk.
    if (event.channel_type !== "im" || event.subtype !== undefined) return;
    if (event.bot_id !== undefined || seen(body.event_id)) return;
    const person = { user: event.user, channel: event.channel };
    const message = await answers.answer(wordsOf(event.text ?? ""), person);
    await reply(parts, { channel: event.channel, threadTs: event.thread_ts }, message);
  });

  app.error(async (error) => {
    log.error({ err: error }, "a Slack listener failed");
  });
}

function personOf(body: { user: { id: string }; channel?: { id: string } }): {
  user: string;
  channel: string;
} {
  return { user: body.user.id, channel: body.channel?.id ?? "" };
}

/** What a person wrote, without the bot's name and without Slack's markup. */
function wordsOf(text: string): string {
  return unescaped(unlinked(text.replace(/<@[UW][A-Z0-9]+(?:\|[^>]*)?>/g, " "))).trim();
}

/** Slack links whatever looks like an address, as in a pasted log line: the words remain. */
function unlinked(text: string): string {
  return text.replace(/<(?:[^<>|]*\|)?([^<>|]*)>/g, "$1");
}

/** In events Slack writes `&`, `<` and `>` as entities (docs.slack.dev, "Formatting message text"). */
function unescaped(text: string): string {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** Visible to the asker alone; the channel need not read along. */
async function send(respond: RespondFn, message: Message): Promise<void> {
  const { text, blocks } = fit(message);
  const answer = { response_type: "ephemeral", replace_original: false } as const;
  try {
    await respond({ ...answer, text, blocks: [...blocks] });
  } catch {
    // Slack refused the blocks, or the address was used up: once more, in words.
    await respond({ ...answer, text });
  }
}

interface Place {
  readonly channel: string;
  readonly threadTs: string | undefined;
}

/** Slack's "later" is waited for up to this long; a person has gone elsewhere by then. */
const LONGEST_WAIT_MS = 30_000;

async function reply(parts: Parts, place: Place, message: Message): Promise<void> {
  const { channel, threadTs } = place;
  const post = { channel, message, ...(threadTs === undefined ? {} : { threadTs }) };
  let outcome = await parts.messenger.post(post);
  if (outcome.kind === "rate-limited" && outcome.retryAfterMs <= LONGEST_WAIT_MS) {
    await sleep(outcome.retryAfterMs);
    outcome = await parts.messenger.post(post);
  }
  if (outcome.kind !== "posted") {
    parts.log.error({ channel, outcome }, "an answer could not be posted");
  }
}
