/**
 * What people do in Slack -> the flow that answers.
 *
 * Slack waits three seconds for an acknowledgement (docs.slack.dev), so everything is acknowledged
 * first and answered when the answer is there, however slow a target is.
 */

import type { App } from "@slack/bolt";
import { listenToClicks } from "./clicks.ts";
import { listenToCommands } from "./commands.ts";
import { listenToOtherApps } from "./external-posts.ts";
import { listenToHome } from "./home.ts";
import { listenToMessagesTab } from "./messages-tab.ts";
import { listenToOptions } from "./options.ts";
import type { ListenerParts } from "./parts.ts";
import { listenToQuestions } from "./questions.ts";
import { listenToShortcuts } from "./shortcuts.ts";
import { listenToSubmissions } from "./submissions.ts";

export function registerListeners(app: App, parts: ListenerParts): void {
  listenToCommands(app, parts);
  listenToClicks(app, parts);
  listenToSubmissions(app, parts);
  listenToOptions(app, parts);
  listenToShortcuts(app, parts);
  listenToQuestions(app, parts);
  listenToMessagesTab(app, parts);
  listenToOtherApps(app, parts);
  listenToHome(app, parts);
  app.error(async (error) => {
    parts.log.error({ err: error }, "a Slack listener failed");
  });
}
