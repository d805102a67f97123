/**
 * An incident as Slack shows it below a link: a work object, or blocks where the app's "Work Object
 * Previews" are off (docs.slack.dev, "Implementing Work Objects", "Unfurling links in messages").
 */

import type { EntityMetadata, IncidentEntityFields, LinkUnfurls } from "@slack/types";
import { WebAPIPlatformError, type WebClient } from "@slack/web-api";
import { fit } from "../../block-kit/fit.ts";
import type { IncidentCard, LinkPreview } from "../../features/shared/link-preview.ts";
import { terminalText } from "../cli/terminal-text.ts";

/** The message with the links. */
interface UnfurlPlace {
  readonly channel: string;
  readonly ts: string;
}

/** Throws what Slack says to blocks; that it takes no work objects is no matter. */
export async function showPreviews(
  client: WebClient,
  place: UnfurlPlace,
  previews: readonly LinkPreview[],
): Promise<void> {
  const entities = previews.map(({ url, card }) => ({
    ...entityOf(card, url),
    app_unfurl_url: url,
  }));
  try {
    await client.chat.unfurl({ ...place, metadata: { entities } });
  } catch (error) {
    if (isFinal(error)) throw error;
    const unfurls: LinkUnfurls = Object.fromEntries(
      previews.map(({ url, message }) => [url, { blocks: [...fit(message).blocks] }]),
    );
    await client.chat.unfurl({ ...place, unfurls });
  }
}

/** Blocks would be refused for the same reason. */
const FINAL: ReadonlySet<string> = new Set([
  "missing_scope",
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_revoked",
  "cannot_find_channel",
  "cannot_find_message",
]);

/** Without an answer of Slack's there is no refusal that blocks would get around. */
function isFinal(error: unknown): boolean {
  return !(error instanceof WebAPIPlatformError) || FINAL.has(error.data.error);
}

/** docs.slack.dev, "Work Objects", the entity slack#/entities/incident; times in seconds. */
export function entityOf(card: IncidentCard, url: string): EntityMetadata {
  return {
    entity_type: "slack#/entities/incident",
    url: card.messageUrl ?? url,
    external_ref: { id: card.id, type: "incident" },
    entity_payload: {
      attributes: {
        title: { text: card.title },
        display_type: "Incident",
        product_name: "Streamline",
        metadata_last_modified: seconds(card.changedAt),
      },
      fields: fieldsOf(card),
      display_order: ["status", "priority", "description", "assigned_to", "service"],
    },
  };
}

const COLOURS: Readonly<Record<IncidentCard["state"], string>> = {
  firing: "red",
  acknowledged: "yellow",
  silenced: "gray",
  resolved: "green",
};

function fieldsOf(card: IncidentCard): IncidentEntityFields {
  const { state, severity, target, summary, acknowledgedBy, openedAt, changedAt } = card;
  return {
    status: { value: state, tag_color: COLOURS[state] },
    priority: { value: severity },
    date_created: { value: seconds(openedAt) },
    date_updated: { value: seconds(changedAt) },
    ...(target === undefined ? {} : { service: { value: target } }),
    ...(summary === undefined
      ? {}
      : { description: { value: terminalText(summary, { isColoured: false, timeZone: "UTC" }) } }),
    ...(acknowledgedBy === undefined
      ? {}
      : { assigned_to: { type: "slack#/types/user", user: { user_id: acknowledgedBy } } }),
  };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}
