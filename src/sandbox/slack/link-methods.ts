/**
 * What the bot shows below links: blocks, or work objects (chat.unfurl), and what a person sees who opens
 * one (entity.presentDetails).
 */

import { checkBlocks } from "./check-blocks.ts";
import { Complaints } from "./complaints.ts";
import type { Conversations } from "./conversations.ts";
import type { Events } from "./events.ts";
import { type Json, object, objects, text } from "./json.ts";
import type { MessageLog } from "./message-log.ts";
import { linksIn, sharedLinks } from "./shared-links.ts";
import type { Triggers } from "./triggers.ts";
import { type Method, type MethodAnswer, refuse } from "./view-methods.ts";

/** What an app has switched in its settings, beside its manifest. */
export interface AppSettings {
  /** "Work Object Previews"; without them links are shown with blocks alone. */
  hasWorkObjects: boolean;
}

interface LinkParts {
  readonly conversations: Pick<Conversations, "redraw">;
  readonly log: MessageLog;
  readonly settings: AppSettings;
}

/** chat.unfurl and entity.presentDetails. A trigger id that is spent or too old is refused with Slack's error. */
export function createLinkMethods(parts: LinkParts, triggers: Triggers): Record<string, Method> {
  return {
    "chat.unfurl": (body) => unfurl(parts, body),
    "entity.presentDetails": (body) => {
      const redeemed = triggers.redeem(text(body, "trigger_id"));
      if (redeemed.kind === "refused") return refuse(redeemed.error);
      const entity = object(body, "metadata");
      if (entity === undefined) {
        return object(body, "error") === undefined ? refuse("missing_metadata") : { ok: true };
      }
      return isEntity(entity) ? { ok: true } : refuse("invalid_metadata_format");
    },
  };
}

function unfurl({ conversations, log, settings }: LinkParts, body: Json): MethodAnswer {
  const [channel, ts] = [text(body, "channel"), text(body, "ts")];
  if (channel === "" || ts === "") {
    return refuse(channel === "" ? "missing_channel" : "missing_ts");
  }
  const message = log.get(channel, ts);
  if (message === undefined) return refuse("cannot_find_message");
  const entities = objects(object(body, "metadata"), "entities");
  const unfurls = Object.entries(object(body, "unfurls") ?? {});
  if (entities.length > 0 && !settings.hasWorkObjects) {
    return refuse("invalid_metadata_format");
  }
  if (!entities.every(isEntity)) return refuse("invalid_metadata_format");
  const shown = [...entities.map(ofEntity), ...unfurls.map(ofUnfurl)];
  if (shown.length === 0) return refuse("missing_unfurls");
  const links = new Set(linksIn(message));
  if (!shown.every((each) => links.has(text(each, "app_unfurl_url")))) {
    return refuse("cannot_unfurl_message");
  }
  const complaints = new Complaints();
  for (const each of shown) {
    checkBlocks(objects(each, "blocks"), "message", { path: "/unfurls", complaints });
  }
  if (complaints.messages.length > 0) return refuse("invalid_blocks", complaints.messages);
  conversations.redraw(channel, ts, { attachments: shown });
  return { ok: true };
}

/** docs.slack.dev, "Implementing Work Objects": what each has. */
function isEntity(entity: Json): boolean {
  const attributes = object(object(entity, "entity_payload"), "attributes");
  return (
    text(entity, "entity_type").startsWith("slack#/entities/") &&
    URL.canParse(text(entity, "url")) &&
    text(object(entity, "external_ref"), "id") !== "" &&
    text(object(attributes, "title"), "text") !== ""
  );
}

/** Shown as an attachment: Slack's own card of it has no form in the API. */
function ofEntity(entity: Json): Json {
  const payload = object(entity, "entity_payload");
  const fields = Object.entries(object(payload, "fields") ?? {}).flatMap(([name, field]) => {
    const value = text(field, "value") || text(object(field, "user"), "user_id");
    return value === "" || name.startsWith("date_") ? [] : [{ title: name, value, short: true }];
  });
  return {
    app_unfurl_url: text(entity, "app_unfurl_url"),
    from_url: text(entity, "app_unfurl_url"),
    title: text(object(object(payload, "attributes"), "title"), "text"),
    title_link: text(entity, "url"),
    fields,
    footer: text(object(payload, "attributes"), "product_name"),
    entity,
  };
}

function ofUnfurl([url, shown]: [string, unknown]): Json {
  return { app_unfurl_url: url, from_url: url, blocks: objects(shown, "blocks") };
}

/** A person writes a link and has not sent it: the bot hears of it, and of no message. */
export function composeLink(
  { events, unfurlDomains }: { readonly events: Events; readonly unfurlDomains: readonly string[] },
  { user, url }: { readonly user: string; readonly url: string },
): void {
  const links = sharedLinks({ text: `<${url}>` }, unfurlDomains);
  if (links.length === 0) throw new Error("The link is not of a domain of the app");
  const now = (Date.now() / 1000).toFixed(6);
  events.send({
    type: "link_shared",
    user,
    channel: "COMPOSER",
    is_bot_user_member: true,
    message_ts: now,
    unfurl_id: `${user}-${now}`,
    source: "composer",
    links,
    event_ts: now,
  });
}

interface CardOpening {
  readonly user: string;
  readonly channel: string;
  readonly message: Json;
}

/** A person opens the first work object below a message; the bot is asked what it is now. */
export function openCard(
  { events, triggers }: { readonly events: Events; readonly triggers: Triggers },
  { user, channel, message }: CardOpening,
): void {
  const [entity] = objects(message, "attachments").flatMap((each) => {
    const below = object(each, "entity");
    return below === undefined ? [] : [below];
  });
  if (entity === undefined) throw new Error("There is no card below this message");
  const url = text(entity, "app_unfurl_url");
  events.send({
    type: "entity_details_requested",
    user,
    channel,
    message_ts: text(message, "ts"),
    trigger_id: triggers.issue({ user }),
    user_locale: "en-US",
    entity_url: text(entity, "url"),
    app_unfurl_url: url,
    external_ref: entity["external_ref"],
    link: { url, domain: new URL(url).hostname },
    event_ts: text(message, "ts"),
  });
}
