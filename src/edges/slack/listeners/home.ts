/** Somebody opens the app's Home tab. */

import type { App } from "@slack/bolt";
import { createSeenEvents } from "../seen-events.ts";
import { failedView, guarded, type ListenerParts } from "./parts.ts";

/** Publishes the tab; an event that Slack repeats counts once. */
export function listenToHome(app: App, parts: ListenerParts): void {
  const seen = createSeenEvents();
  app.event("app_home_opened", async ({ event, body }) => {
    if (event.tab !== "home" || seen(body.event_id)) return;
    const { user } = event;
    const render = () =>
      guarded(
        parts,
        () => parts.flows.home(user),
        (message) => failedView({ callbackId: "home", title: "Streamline", blocks: [] }, message),
      );
    await parts.homeTabs.publish(user, render, hashOf(event.view));
  });
}

/** Slack sends the view as it is; the types know only what an app gives of it. */
function hashOf(view: object | undefined): string | undefined {
  return view !== undefined && "hash" in view && typeof view.hash === "string"
    ? view.hash
    : undefined;
}
