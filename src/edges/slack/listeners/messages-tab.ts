/** A person opens the bot's messages tab: it offers questions to begin with. */

import type { App } from "@slack/bolt";
import type { ListenerParts } from "./parts.ts";

/** Sets the prompts; should Slack refuse them, nobody is told. */
export function listenToMessagesTab(app: App, { flows, log }: ListenerParts): void {
  app.event("app_home_opened", async ({ event, client }) => {
    const { tab, user, channel } = event;
    if (tab !== "messages") return;
    try {
      const { title, prompts } = await flows.prompts({ user, channel });
      const [first, ...others] = prompts;
      if (first === undefined) return;
      // Without a thread they stand where a new one begins.
      await client.assistant.threads.setSuggestedPrompts({
        channel_id: channel,
        title,
        prompts: [{ ...first }, ...others.map((each) => ({ ...each }))],
      });
    } catch (error) {
      // An app without the agent's tab, or without assistant:write, has none.
      log.debug({ err: error }, "no prompts could be suggested");
    }
  });
}
