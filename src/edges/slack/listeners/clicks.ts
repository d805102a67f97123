/** Buttons and menus, in messages, modals and the Home tab. */

import type { App, BlockAction } from "@slack/bolt";
import type { Click, Reaction } from "../../../features/shared/interactions.ts";
import { answerIn, fieldsOf, openViewOf } from "../view-payload.ts";
import { guarded, type ListenerParts, react, tell, threadOf } from "./parts.ts";

const ANY = /^/;

/** Acknowledges, finds the row by the first part of the action's id, and shows what it gives. */
export function listenToClicks(app: App, parts: ListenerParts): void {
  app.action<BlockAction>(ANY, async ({ action, body, ack, respond, client }) => {
    await ack();
    const click = clickOf(action, body);
    if (click === undefined) return;
    const handle = parts.flows.interactions.clicks[click.action];
    if (handle === undefined) {
      parts.log.debug({ action: click.actionId }, "no feature handles this element");
      return;
    }
    const { view } = click;
    const ways = {
      respond,
      client,
      triggerId: body.trigger_id,
      // What one person alone sees comes without its message.
      threadTs: threadOf(body.message ?? body.container),
      // A modal lies on top of another one; over the Home tab it stands alone.
      ...(body.view?.type === "modal" ? { viewId: body.view.id } : {}),
    };
    const reaction = await guarded<Reaction>(
      parts,
      () => handle(click),
      (message) => ({ kind: "message", message }),
    );
    // In a view there is no address to answer to: what is said goes to the person's messages.
    if (view !== undefined && reaction.kind === "message") {
      const { user } = click.person;
      await parts.messenger.post({ channel: user, message: reaction.message });
      return;
    }
    if (reaction.kind === "modal" && body.trigger_id === "") {
      return tell(respond, reaction.modal.instead, { threadTs: ways.threadTs });
    }
    await react(parts, ways, reaction);
  });
}

/** Undefined for a menu in which nothing is chosen. */
function clickOf(action: BlockAction["actions"][number], body: BlockAction): Click | undefined {
  const { message, view } = body;
  const value = answerIn(action) ?? (action.type === "button" ? "" : undefined);
  if (value === undefined) return undefined;
  const threadTs: unknown = message?.["thread_ts"];
  const container: { readonly is_ephemeral?: unknown } | undefined = body.container;
  return {
    person: { user: body.user.id, channel: body.channel?.id ?? "" },
    action: action.action_id.split(":", 1)[0] ?? "",
    actionId: action.action_id,
    value: typeof value === "string" ? value : value.join(","),
    fields: fieldsOf(view?.state.values ?? body.state?.values),
    ...(message === undefined ? {} : { messageTs: message.ts }),
    ...(typeof threadTs === "string" ? { threadTs } : {}),
    ...(container?.is_ephemeral === true ? { isPrivate: true } : {}),
    ...(view === undefined ? {} : { view: openViewOf(view) }),
  };
}
