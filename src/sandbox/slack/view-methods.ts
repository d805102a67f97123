/** views.open, views.push, views.update and views.publish, with Slack's refusals. */

import { parseJson } from "../../exposition/parse-json.ts";
import { checkView } from "./check-payload.ts";
import { isJson, type Json, text } from "./json.ts";
import type { Triggers } from "./triggers.ts";
import type { Owned, Views } from "./views.ts";

/** What a Web API method answers; with `ok: false` it carries Slack's error code. */
export type MethodAnswer = Json;
export type Method = (body: Json) => MethodAnswer | Promise<MethodAnswer>;

interface ViewMethodsOptions {
  readonly views: Views;
  readonly triggers: Triggers;
  readonly knowsUser: (id: string) => boolean;
}

/** Modals that may lie on each other; docs.slack.dev, modals. */
const MAX_STACK = 3;

/**
 * The methods of views by name. A stack of three, a spent trigger, an old hash and a person who is not
 * there are refused with Slack's errors.
 */
export function createViewMethods({ views, triggers, knowsUser }: ViewMethodsOptions) {
  return {
    "views.open": (body: Json): MethodAnswer => {
      const next = viewOf(body);
      const refused = checkNext(views, next, "modal");
      if (refused !== undefined) return refused;
      const redeemed = triggers.redeem(triggerOf(body));
      if (redeemed.kind === "refused") return refuse(redeemed.error);
      return { ok: true, view: views.open(redeemed.trigger.user, next) };
    },
    "views.push": (body: Json): MethodAnswer => {
      const next = viewOf(body);
      const refused = checkNext(views, next, "modal");
      if (refused !== undefined) return refused;
      const redeemed = triggers.redeem(triggerOf(body));
      if (redeemed.kind === "refused") return refuse(redeemed.error);
      const parent = views.find(redeemed.trigger.viewId ?? "");
      return parent === undefined ? refuse("view_not_found") : pushView(views, parent, next);
    },
    "views.update": (body: Json): MethodAnswer => {
      const external = text(body, "external_id");
      const owned =
        external === "" ? views.find(text(body, "view_id")) : views.findByExternalId(external);
      if (owned === undefined) return refuse("not_found");
      return conflicts(body, owned.view) ?? updateView(views, owned, viewOf(body));
    },
    "views.publish": (body: Json): MethodAnswer => {
      const user = text(body, "user_id");
      if (!knowsUser(user)) return refuse("user_not_found");
      const next = viewOf(body);
      const refused = conflicts(body, views.home(user)) ?? checkNext(views, next, "home");
      return refused ?? { ok: true, view: views.publish(user, next) };
    },
  } satisfies Record<string, Method>;
}

/** Another modal on top of this one; also what `response_action: "push"` asks for. */
export function pushView(views: Views, parent: Owned, next: Json): MethodAnswer {
  if (views.stack(parent.user).length >= MAX_STACK) return refuse("push_limit_reached");
  const refused = checkNext(views, next, "modal");
  return refused ?? { ok: true, view: views.open(parent.user, next, parent.view) };
}

/** New content for a view; also what `response_action: "update"` asks for. */
export function updateView(views: Views, owned: Owned, next: Json): MethodAnswer {
  const type = text(owned.view, "type");
  const refused = checkNext(views, { type, ...next }, type, text(owned.view, "id"));
  return refused ?? { ok: true, view: views.replace(owned, next) };
}

/** A refusal as the Web API words it. */
export function refuse(error: string, messages: readonly string[] = []): MethodAnswer {
  const detail = messages.length > 0 ? { response_metadata: { messages } } : {};
  return { ok: false, error, ...detail };
}

function checkNext(views: Views, next: Json, type: string, id?: string): MethodAnswer | undefined {
  if (text(next, "type") !== type) {
    return refuse("invalid_arguments", [
      `[ERROR] must be a ${type} view [json-pointer:/view/type]`,
    ]);
  }
  const external = text(next, "external_id");
  const twin = external === "" ? undefined : views.findByExternalId(external);
  if (twin !== undefined && text(twin.view, "id") !== id) return refuse("duplicate_external_id");
  const refusal = checkView(next);
  return refusal === undefined ? undefined : refuse(refusal.error, refusal.messages);
}

function conflicts(body: Json, current: Json | undefined): MethodAnswer | undefined {
  const hash = text(body, "hash");
  const stale = hash !== "" && current !== undefined && hash !== text(current, "hash");
  return stale ? refuse("hash_conflict") : undefined;
}

function triggerOf(body: Json): string {
  return text(body, "trigger_id") || text(body, "interactivity_pointer");
}

function viewOf(body: Json): Json {
  const view = body["view"];
  const parsed = typeof view === "string" ? parseJson(view) : view;
  return isJson(parsed) ? parsed : {};
}
