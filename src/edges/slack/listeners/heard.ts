/** Posts of other apps, such as Alertmanager's own, and their edits. */

import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "@slack/bolt";
import type { ForeignPost } from "../../../flows/interactions.ts";
import { foreignPostOf } from "../foreign-post.ts";
import type { ListenerParts } from "./parts.ts";

export function listenToOtherApps(app: App, parts: ListenerParts): void {
  app.event("message", async ({ event, body, context }) => {
    const own = { botId: context.botId, appId: body.api_app_id };
    const post = foreignPostOf(event, own);
    if (post !== undefined) await hear(parts, post);
  });
}

/** Slack was told already that the event arrived: a store that fails for a moment is tried again. */
const RETRY_AFTER_MS = [1_000, 5_000, 30_000];

async function hear({ flows, log }: ListenerParts, post: ForeignPost): Promise<void> {
  for (const waitMs of [...RETRY_AFTER_MS, undefined]) {
    try {
      return await flows.heard(post);
    } catch (error) {
      const { channel, ts } = post;
      log.error({ err: error, channel, ts, retryInMs: waitMs }, "a post could not be heard");
      if (waitMs === undefined) return;
      await sleep(waitMs, undefined, { ref: false });
    }
  }
}
