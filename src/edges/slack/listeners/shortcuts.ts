/** Shortcuts in the menu of a message. */

import type { App, MessageShortcut } from "@slack/bolt";
import { messageWords } from "../message-words.ts";
import { guarded, type ListenerParts, react, threadOf } from "./parts.ts";

const ANY = /^/;

/** Acknowledges, then answers whoever chose the shortcut. */
export function listenToShortcuts(app: App, parts: ListenerParts): void {
  app.shortcut<MessageShortcut>(
    { type: "message_action", callback_id: ANY },
    async ({ shortcut, ack, respond, client }) => {
      await ack();
      const handle = parts.flows.interactions.shortcuts[shortcut.callback_id];
      if (handle === undefined) return;
      const { message, channel, user } = shortcut;
      const threadTs: unknown = message["thread_ts"];
      const reaction = await guarded(
        parts,
        () =>
          handle({
            person: { user: user.id, channel: channel.id },
            channel: channel.id,
            ts: shortcut.message_ts,
            ...(typeof threadTs === "string" ? { threadTs } : {}),
            text: messageWords(message),
          }),
        (failure) => ({ kind: "message", message: failure }) as const,
      );
      const ways = { respond, client, triggerId: shortcut.trigger_id, threadTs: threadOf(message) };
      await react(parts, ways, reaction);
    },
  );
}
