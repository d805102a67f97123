/** `/streamline …` */

import type { App } from "@slack/bolt";
import { withoutEntities } from "../message-texts.ts";
import { guarded, type ListenerParts, react } from "./parts.ts";

/** Acknowledges, then answers through the command's own address. */
export function listenToCommands(app: App, parts: ListenerParts): void {
  app.command("/streamline", async ({ command, ack, respond, client }) => {
    await ack();
    const person = { user: command.user_id, channel: command.channel_id };
    const reaction = await guarded(
      parts,
      () => parts.flows.command(withoutEntities(command.text), person),
      (message) => ({ kind: "message", message }) as const,
    );
    await react(parts, { respond, client, triggerId: command.trigger_id }, reaction);
  });
}
