/** What a late copy of a message says when people have answered it, so that it cannot be deleted. */

import type { Message } from "../../block-kit/message.ts";
import { mrkdwnLink } from "../../block-kit/text.ts";
import { renderWords } from "../../block-kit/words.ts";

/** `url` is the address of the message that is kept up to date; undefined when Slack does not tell. */
export function renderJoined(url: string | undefined): Message {
  const there = url === undefined ? "the other message" : mrkdwnLink(url, "the other message");
  return renderWords(
    `This was posted twice. See ${there}: only that one is kept up to date. Your replies stay here.`,
  );
}
