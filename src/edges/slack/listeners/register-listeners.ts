/**
 * What people do in Slack -> the flow that answers.
 *
 * Slack waits three seconds for an acknowledgement (docs.slack.dev), so everything is acknowledged
 * first and answered when the answer is there, however slow a target is.
 */

import type { AnyMiddlewareArgs, App, Middleware } from "@slack/bolt";
import { redaction } from "../../redaction.ts";
import { listenToClicks } from "./clicks.ts";
import { listenToCommands } from "./commands.ts";
import { listenToOtherApps } from "./external-posts.ts";
import { listenToHome } from "./home.ts";
import { listenToLinks } from "./links.ts";
import { listenToMessagesTab } from "./messages-tab.ts";
import { listenToOptions } from "./options.ts";
import type { ListenerParts } from "./parts.ts";
import { listenToQuestions } from "./questions.ts";
import { listenToShortcuts } from "./shortcuts.ts";
import { listenToSubmissions } from "./submissions.ts";

/** Registers every listener at the app; the handlers that they call come with `parts`. */
export function registerListeners(app: App, parts: ListenerParts): void {
  app.use(withoutSecrets);
  listenToCommands(app, parts);
  listenToClicks(app, parts);
  listenToSubmissions(app, parts);
  listenToOptions(app, parts);
  listenToShortcuts(app, parts);
  listenToQuestions(app, parts);
  listenToMessagesTab(app, parts);
  listenToOtherApps(app, parts);
  listenToHome(app, parts);
  listenToLinks(app, parts);
  app.error(async (error) => {
    parts.log.error({ err: error }, "a Slack listener failed");
  });
}

/** What is said with an acknowledgement takes another way than all else that goes to Slack. */
const withoutSecrets: Middleware<AnyMiddlewareArgs> = async (args) => {
  if ("ack" in args && args.ack !== undefined) {
    const ack = args.ack as (response?: unknown) => Promise<void>;
    Object.assign(args, { ack: (response?: unknown) => ack(redaction.value(response)) });
  }
  await args.next();
};
