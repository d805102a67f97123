/** Somebody writes a link of an alert, or opens the card that is shown below it. */

import type { App } from "@slack/bolt";
import { entityOf, showPreviews } from "../link-unfurls.ts";
import { createSeenEvents } from "../seen-events.ts";
import { errorCode } from "../thread-reader.ts";
import type { ListenerParts } from "./parts.ts";

/** An app without links:write is not asked again for each link. */
const PAUSE_MS = 10 * 60_000;

/** Unfurls links where they were posted, not where somebody still writes. */
export function listenToLinks(app: App, { flows, log }: ListenerParts): void {
  const seen = createSeenEvents();
  let pausedUntil = 0;
  app.event("link_shared", async ({ event, body, client }) => {
    if (seen(body.event_id) || Date.now() < pausedUntil) return;
    // What is shown in the composer goes into the message, and nobody knows yet who will read that: people
    // of other organizations perhaps. When it is sent, Slack tells of the link once more, with the place.
    if (event.source === "composer" || event.channel === "") return;
    const { user, channel, message_ts: ts } = event;
    const person = { user, channel };
    try {
      const urls = event.links.map(({ url }) => url);
      const previews = await flows.previews({ person, urls });
      if (previews.length > 0) await showPreviews(client, { channel, ts }, previews);
    } catch (error) {
      // A link without a preview is still the link: nobody is held up for it.
      if (errorCode(error) === "missing_scope") pausedUntil = Date.now() + PAUSE_MS;
      log.warn(
        { err: error, channel: event.channel },
        "a link could not be shown with its incident",
      );
    }
  });
  app.event("entity_details_requested", async ({ event, body, client }) => {
    const id = event.external_ref?.id;
    if (seen(body.event_id) || id === undefined) return;
    try {
      const person = { user: event.user, channel: event.channel ?? "" };
      const card = await flows.card(id, person);
      const answer =
        card === undefined
          ? { error: { status: "restricted" } }
          : { metadata: entityOf(card, event.entity_url) };
      await client.entity.presentDetails({ trigger_id: event.trigger_id, ...answer });
    } catch (error) {
      log.warn({ err: error }, "the card of an incident could not be opened");
    }
  });
}
