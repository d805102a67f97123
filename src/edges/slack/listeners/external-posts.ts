/** Posts of other apps, such as Alertmanager's own, and their edits. */

import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "@slack/bolt";
import type { ExternalPost } from "../../../features/shared/interactions.ts";
import { foreignPostOf } from "../external-post.ts";
import type { ListenerParts } from "./parts.ts";

/** Hands over posts that are not the bot's own. */
export function listenToOtherApps(app: App, parts: ListenerParts): void {
  app.event("message", async ({ event, body, context }) => {
    const own = { botId: context.botId, appId: body.api_app_id };
    const post = foreignPostOf(event, own);
    if (post !== undefined) await watch(parts, post);
  });
}

/** The event is acknowledged already: a store that fails for a moment is tried again. */
const RETRY_AFTER_MS = [1_000, 5_000, 30_000];

async function watch({ flows, log }: ListenerParts, post: ExternalPost): Promise<void> {
  for (const waitMs of [...RETRY_AFTER_MS, undefined]) {
    try {
      return await flows.external(post);
    } catch (error) {
      const { channel, ts } = post;
      log.error({ err: error, channel, ts, retryInMs: waitMs }, "a post could not be stored");
      if (waitMs === undefined) return;
      await sleep(waitMs, undefined, { ref: false });
    }
  }
}
