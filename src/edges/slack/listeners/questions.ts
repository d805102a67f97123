/** Mentions of the bot, and what people write to it directly. */

import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "@slack/bolt";
import type { Message } from "../../../block-kit/message.ts";
import { withAge } from "../../../features/missed-events/late-answer.ts";
import type { AskedQuestion } from "../../../features/shared/interactions.ts";
import { clock } from "../../clock.ts";
import { plainWords } from "../message-texts.ts";
import { startWork, type Work } from "../shown-work.ts";
import { guarded, type ListenerParts } from "./parts.ts";

/** Each comes once: kept-events knows the copies. */
export function listenToQuestions(app: App, parts: ListenerParts): void {
  app.event("app_mention", async ({ event }) => {
    const { user, channel, ts, thread_ts: threadTs } = event;
    if (user === undefined) return;
    const isBot = "bot_id" in event && event.bot_id !== undefined;
    if (isBot && !(await parts.flows.answersBot({ user, channel }))) return;
    await answer(parts, {
      // The answer is posted where everybody reads it, whatever the person alone may see.
      person: { user, channel, isForChannel: true },
      text: wordsOf(event.text ?? ""),
      ts,
      ...(threadTs === undefined ? {} : { threadTs }),
      isDirect: false,
    });
  });

  app.event("message", async ({ event, client }) => {
    // Only people who write to the bot: no edits, no other bots, no channel talk.
    if (event.channel_type !== "im" || event.subtype !== undefined) return;
    if (event.bot_id !== undefined) return;
    const { user, channel, ts, thread_ts: threadTs } = event;
    const work = startWork(client, parts.log, { channel, threadTs: threadTs ?? ts });
    const asked = {
      person: { user, channel },
      text: wordsOf(event.text ?? ""),
      ts,
      ...(threadTs === undefined ? {} : { threadTs }),
      isDirect: true,
    };
    await answer(parts, asked, work);
  });
}

/** What a person wrote, without the bot's name and without Slack's markup. */
function wordsOf(text: string): string {
  return plainWords(text.replace(/<@[UW][A-Z0-9]+(?:\|[^<>]*)?>/g, " ")).trim();
}

/**
 * In a thread in the thread; otherwise it begins one, which in the messages tab is what Slack shows as
 * one conversation. What was shown of the work becomes the answer where Slack allows it.
 */
async function answer(parts: ListenerParts, asked: AskedQuestion, work?: Work): Promise<void> {
  const startedAt = clock.now();
  const answered = await guarded(
    parts,
    () => parts.flows.question(asked, work?.progress),
    (failure) => failure,
  );
  const message = withAge(answered, asked.ts, startedAt);
  if ((await work?.finish(message)) !== true) {
    const threadTs = asked.threadTs ?? asked.ts;
    await reply(parts, { channel: asked.person.channel, threadTs }, message);
  }
  work?.end();
}

interface Place {
  readonly channel: string;
  readonly threadTs: string;
}

/** Slack's "later" is waited for up to this long; a person has gone elsewhere by then. */
const LONGEST_WAIT_MS = 30_000;

async function reply(parts: ListenerParts, place: Place, message: Message): Promise<void> {
  const { channel, threadTs } = place;
  const post = { channel, message, threadTs };
  let outcome = await parts.messenger.post(post);
  if (outcome.kind === "rate-limited" && outcome.retryAfterMs <= LONGEST_WAIT_MS) {
    await sleep(outcome.retryAfterMs);
    outcome = await parts.messenger.post(post);
  }
  if (outcome.kind !== "posted") {
    parts.log.error({ channel, outcome }, "an answer could not be posted");
  }
}
